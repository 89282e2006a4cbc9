"""A little vocabulary and two projectors of the tests' own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from essaim.activity import projection
from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.activity.vocabulary import VOCABULARY, ActivityType, Sentence, Verb
from essaim.communities.models import Community
from essaim.people.models import Member


@dataclass(frozen=True)
class Said:
    words: str
    loud: bool = False


@dataclass(frozen=True)
class Hummed:
    tune: str


SAID = ActivityType(
    "test_said",
    Verb.CREATE,
    Said,
    Sentence("You said “%(words)s” to %(target)s", "%(actor)s said “%(words)s” to %(target)s"),
    erase=("words",),
    weight=2.0,
)
HUMMED = ActivityType(
    "test_hummed", Verb.CHEER, Hummed, Sentence("You hummed %(tune)s", "%(actor)s hummed %(tune)s"), erase=()
)

__all__ = ["HUMMED", "SAID", "ada", "bob", "community", "listening", "member", "village", "vocabulary"]


@pytest.fixture(autouse=True)
def vocabulary() -> Iterator[None]:
    by_slug, by_payload = dict(VOCABULARY._by_slug), dict(VOCABULARY._by_payload)
    VOCABULARY.declare(SAID, HUMMED)
    yield
    VOCABULARY._by_slug, VOCABULARY._by_payload = by_slug, by_payload


@pytest.fixture
def listening() -> Iterator[Callable[[Projector], Projector]]:
    """Only the projectors the test names listen, for as long as it lasts."""
    before = dict(projection._projectors)
    projection._projectors.clear()

    def listen(projector: Projector) -> Projector:
        projection._projectors[projector.slug] = projector
        return projector

    yield listen
    projection._projectors.clear()
    projection._projectors.update(before)


@pytest.fixture
def member(db: None) -> Callable[[str], Member]:
    def make(handle: str) -> Member:
        return Member.objects.create_user(
            email=f"{handle}@example.org", handle=handle, display_name=handle.title(), language="en"
        )

    return make


@pytest.fixture
def ada(member: Callable[[str], Member]) -> Member:
    return member("ada")


@pytest.fixture
def bob(member: Callable[[str], Member]) -> Member:
    return member("bob")


@pytest.fixture
def community(ada: Member) -> Callable[..., Community]:
    def found(slug: str, visibility: str = "open") -> Community:
        return Community.objects.create(
            slug=slug, name=slug.title(), sort_key=slug, summary="", visibility=visibility, created_by=ada
        )

    return found


@pytest.fixture
def village(community: Callable[..., Community]) -> Community:
    return community("village")


def ignore(activity: Activity) -> None:
    """A projector that draws nothing."""

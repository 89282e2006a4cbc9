"""What the desk's tests stand on: a team, a source, and posts taken in as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from essaim.kit import clock
from essaim.listening.desk import rollup
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Source
from essaim.listening.post import Author, Post
from essaim.listening.reading.models import Edition, Reading
from essaim.people import actions as people
from essaim.people.models import HouseRole, Member

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ROLES = ("owner", "manager", "moderator", "designer", "treasurer", "analyst", "none")


@pytest.fixture(autouse=True)
def noon(db: None) -> Iterator[datetime]:
    cache.clear()
    with clock.at(NOON):
        yield NOON


def make_person(name: str, *roles: str) -> Member:
    member = Member.objects.create(
        email=f"{name}@example.org", handle=name, display_name=name.title(), email_confirmed_at=NOON, language="en"
    )
    for role in roles:
        HouseRole.objects.create(member=member, role=role)
    return member


@pytest.fixture
def owner() -> Member:
    return people.create_owner(
        email="olga@example.org", handle="olga", display_name="Olga", password="miel-et-pain-2026"
    )


@pytest.fixture
def carrying(owner: Member) -> Callable[[str], Member]:
    return lambda role: make_person(f"the-{role}", *([] if role == "none" else [role]))


@pytest.fixture
def mona(owner: Member) -> Member:
    return make_person("mona", "moderator")


@pytest.fixture
def marc(owner: Member) -> Member:
    return make_person("marc", "manager")


@pytest.fixture
def source() -> Source:
    return make_source()


def make_source(name: str = "The village board", **fields: Any) -> Source:
    return Source.objects.create(kind="board", name=name, address=f"https://{name.replace(' ', '-')}.test", **fields)


def heard(
    source: Source, text: str, *, by: str = "ada", at: datetime = NOON - DAY, number: str = "", **fields: Any
) -> Mention:
    """A post taken in, as its mention."""
    number = number or f"{by}-{at:%Y%m%d%H%M%S}-{abs(hash(text)) % 10**8}"
    post = Post("board", number, Author(by), text, at, f"https://board.test/{number}", **fields)
    before = set(Mention.objects.values_list("pk", flat=True))
    take_in([post], source=source)
    return Mention.objects.exclude(pk__in=before).get()


def read_as(mention: Mention, polarity: int = 0, kind: str = "opinion", **fields: Any) -> Reading:
    """What was read in it, set by hand; its day is counted again."""
    edition, _new = Edition.objects.get_or_create(readers=[])
    given = {"language": "en", "polarity_confidence": 0.9, "kind_confidence": 0.9, "model": edition, **fields}
    reading, _new = Reading.objects.update_or_create(
        mention_id=mention.pk, defaults={"polarity": polarity, "kind": kind, **given}
    )
    rollup.mark([mention.published_at])
    return reading

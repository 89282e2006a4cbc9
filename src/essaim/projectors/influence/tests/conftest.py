"""People who talk: members under consent, and voices outside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from essaim.activity.record import record
from essaim.activity.vocabulary import VOCABULARY, ActivityType, Sentence, Verb
from essaim.listening.models import Mention, Source, Voice
from essaim.people.actions import give_consent
from essaim.people.models import HouseRole, Member

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Answered:
    words: str = ""


@dataclass(frozen=True)
class Called:
    words: str = ""


ANSWERED = ActivityType("test_answered", Verb.CREATE, Answered, Sentence("a", "b"), erase=(), weight=1.5)
CALLED = ActivityType("test_called", Verb.INVITE, Called, Sentence("a", "b"), erase=(), weight=1.0)


@pytest.fixture(autouse=True)
def vocabulary():
    by_slug, by_payload = dict(VOCABULARY._by_slug), dict(VOCABULARY._by_payload)
    VOCABULARY.declare(ANSWERED, CALLED)
    yield
    VOCABULARY._by_slug, VOCABULARY._by_payload = by_slug, by_payload


@pytest.fixture
def person(db) -> Callable[..., Member]:
    def make(name: str, *roles: str, consents: bool = True) -> Member:
        member = Member.objects.create_user(f"{name}@example.org", name, display_name=name.title(), language="en")
        for role in roles:
            HouseRole.objects.create(member=member, role=role)
        if consents:
            give_consent(actor=member, purpose="influence", language="en")
        return member

    return make


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    """`act(who, whom)` records an answer, `act(who, whom, Called())` a call."""
    from django.db import transaction

    def happen(actor: Member, target: Member, payload: object = None, **context: object) -> None:
        with transaction.atomic():
            record(payload or Answered(), actor=actor, target=target, **context)

    return happen


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(kind="test", name="Forum", address="https://forum.example")


@pytest.fixture
def voice(db) -> Callable[[str], Voice]:
    def make(name: str, at: datetime = BEGIN) -> Voice:
        key = hashlib.blake2b(name.encode(), digest_size=16).digest()
        return Voice.objects.create(platform="forum", key=key, pseudonym=name, first_at=at, last_at=at)

    return make


@pytest.fixture
def say(source) -> Callable[..., Mention]:
    def say(voice: Voice, text: str = "hello", at: datetime = BEGIN, **fields: object) -> Mention:
        fields.setdefault("platform", "forum")
        return Mention.objects.create(
            source=source, voice=voice, text=text, published_at=at, received_at=at, **fields
        )

    return say

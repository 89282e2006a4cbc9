"""Whatever happened, in whatever order it was heard of: drawn as it came or all at once, the ties are the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.activity import outbox
from essaim.kit import clock
from essaim.listening.law.forgetting import delete_mentions, forget_voice
from essaim.listening.models import Claim, Mention, Voice
from essaim.people.actions import give_consent, withdraw_consent
from essaim.people.erasure import erase_member
from essaim.people.models import House
from essaim.people.queries import has_consent
from essaim.projectors.influence import drawing, export
from essaim.projectors.influence.models import Consenting, Tie
from essaim.projectors.influence.tests.conftest import BEGIN, Called

pytestmark = pytest.mark.django_db
KINDS = (
    "act",
    "act",
    "act",
    "say",
    "say",
    "say",
    "consent",
    "claim",
    "part",
    "gone",
    "erase",
    "forget",
    "hear",
    "wait",
)


@pytest.fixture(autouse=True)
def heard(monkeypatch):
    """The projector hears the types of these tests too."""
    from essaim.activity.projection import Projector

    monkeypatch.setattr(Projector, "wants", lambda self, type_: self.slug == "influence")


class Town:
    """Four members and four voices to whom things happen."""

    def __init__(self, person, voice, act, say, seed: int) -> None:
        self.random, self.now = Random(seed), BEGIN
        self.act_, self.say_ = act, say
        self.members = [person(f"mem{n}", consents=n < 3) for n in range(4)]
        self.voices = [voice(f"voice{n}") for n in range(4)]
        self.last: Mention | None = None

    def happen(self, kind: str) -> None:
        with clock.at(self.now):
            getattr(self, kind)()
        self.now += timedelta(hours=self.random.choice((1, 7, 200)))

    def act(self) -> None:
        if len(self.members) > 1:
            actor, target = self.random.sample(self.members, 2)
            self.act_(actor, target, self.random.choice((None, Called())), public=self.random.random() < 0.7)

    def say(self) -> None:
        """A post, an answer whose parent may be known only later, somebody called."""
        others = list(Mention.objects.filter(gone_at=None).order_by("pk"))
        parent = self.random.choice(others) if others and self.random.random() < 0.8 else None
        voice, late = self.random.choice(self.voices), self.random.random() < 0.3
        names = [one.pk for one in self.random.sample(self.voices, self.random.choice((0, 0, 1, 2)))]
        tie = self.random.choice(("reply", "repost", "quote", "like")) if parent else "post"
        at = self.now - timedelta(days=self.random.choice((0, 0, 40)))
        said = self.say_(voice, at=at, tie=tie, names=names, parent_id=parent.pk if parent and not late else None)
        if parent and late:
            if self.random.random() < 0.5:
                drawing.read_mentions()
            Mention.objects.filter(pk=said.pk).update(parent_id=parent.pk)

    def consent(self) -> None:
        member = self.random.choice(self.members)
        if has_consent(member, "influence"):
            withdraw_consent(actor=member, purpose="influence")
        else:
            give_consent(actor=member, purpose="influence")

    def claim(self) -> None:
        voice = self.random.choice(self.voices)
        if not Claim.objects.filter(voice=voice, ended_at=None).exists():
            member = self.random.choice(self.members)
            Claim.objects.create(voice=voice, member=member, proof="code", code="x", proved_at=self.now)

    def part(self) -> None:
        claim = Claim.objects.filter(ended_at=None).order_by("pk").first()
        if claim is not None:
            Claim.objects.filter(pk=claim.pk).update(ended_at=self.now)

    def gone(self) -> None:
        mentions = list(Mention.objects.filter(gone_at=None).order_by("pk"))
        if not mentions:
            return
        one = self.random.choice(mentions)
        if self.random.random() < 0.5:
            Mention.objects.filter(pk=one.pk).update(gone_at=self.now)
        else:
            delete_mentions([one.pk])

    def erase(self) -> None:
        if len(self.members) > 2:
            member = self.members.pop()
            erase_member(actor=member, member=member)

    def forget(self) -> None:
        if len(self.voices) > 2:
            forget_voice(self.voices.pop())

    def hear(self) -> None:
        """What the worker does now and then, in one order or the other."""
        parts: list[Callable[[], object]] = [drawing.read_mentions, lambda: outbox.drain("influence")]
        for part in parts if self.random.random() < 0.5 else parts[::-1]:
            part()

    def wait(self) -> None:
        self.now += timedelta(days=33)


def ties():
    rows = Tie.objects.order_by("source", "target", "month", "told")
    return list(rows.values_list("source", "target", "month", "told", "count", "weight"))


def arrays(now):
    found = export.columns(now, 180)
    return sorted(zip(found.tellers.tolist(), found.hearers.tolist(), found.weights.tolist(), strict=True))


def allowed():
    silent = Claim.objects.filter(proved_at__isnull=False, ended_at=None).exclude(
        member__in=Consenting.objects.values("member")
    )
    voices = Voice.objects.exclude(pk__in=silent.values("voice")).values_list("pk", flat=True)
    return {*Consenting.objects.values_list("member", flat=True), *(-pk for pk in voices)}


@given(st.integers(0, 2**32), st.lists(st.sampled_from(KINDS), min_size=12, max_size=40))
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_drawn_as_it_came_or_all_at_once_is_the_same(person, voice, act, say, seed, kinds):
    with transaction.atomic():
        House.objects.get_or_create(pk=1)
        with clock.at(BEGIN):
            town = Town(person, voice, act, say, seed)
        for kind in kinds:
            town.happen(kind)
        with clock.at(town.now):
            town.hear()
            now = ties(), arrays(town.now)
            assert {node for row in now[0] for node in row[:2]} <= allowed()
            outbox.rebuild("influence")
            outbox.drain("influence")
            assert (ties(), arrays(town.now)) == now
        transaction.set_rollback(True)

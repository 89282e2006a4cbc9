"""Ties are exactly what the activities and mentions of consenting people say, however they arrive."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.communities.models import Community
from essaim.kit import clock
from essaim.listening.models import Claim, Mention
from essaim.people.actions import give_consent, withdraw_consent
from essaim.projectors.influence import domain, drawing
from essaim.projectors.influence.models import Circle, Consenting, Figures, Run, Seat, Tie
from essaim.projectors.influence.tests.conftest import BEGIN, Called

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heard(monkeypatch):
    """The projector hears the types of these tests too."""
    from essaim.activity.projection import Projector

    monkeypatch.setattr(Projector, "wants", lambda self, type_: self.slug == "influence")


def ties():
    rows = Tie.objects.order_by("source", "target", "month", "told")
    return list(rows.values_list("source", "target", "month", "told", "count", "weight"))


def rebuilt():
    outbox.rebuild("influence")
    outbox.drain("influence")
    return ties()


def test_an_act_draws_a_tie_of_its_declared_weight(person, act):
    with clock.at(BEGIN):
        ann, bob = person("ann"), person("bob")
    at = BEGIN + timedelta(days=18)
    with clock.at(at):
        act(ann, bob)
        act(ann, bob)
        act(bob, ann, Called())
    with clock.at(at):
        outbox.drain("influence")
    month = domain.month_of(at)
    assert ties() == [
        (ann.pk, bob.pk, month, False, 2, 2 * domain.kept(1.5, at)),
        (bob.pk, ann.pk, month, True, 1, domain.kept(1.0, at)),
    ]
    assert not Delivery.objects.filter(projector="influence").exists()


def test_only_what_two_consenting_members_did_in_public_after_their_yes(person, act):
    with clock.at(BEGIN):
        ann, bob, cid = person("ann"), person("bob", consents=False), person("cid")
        closed = Community.objects.create(slug="c", name="C", summary="", visibility="hidden", created_by=ann)
        act(ann, bob)
        act(ann, cid, community=closed)
        outbox.drain("influence")
        assert ties() == []
    with clock.at(BEGIN + timedelta(days=1)):
        give_consent(actor=bob, purpose="influence")
        assert rebuilt() == []
        act(bob, ann)
        outbox.drain("influence")
        assert [row[:2] for row in ties()] == [(bob.pk, ann.pk)]


def test_a_no_in_the_middle_empties_at_once_and_a_later_yes_begins_anew(person, act):
    with clock.at(BEGIN):
        ann, bob, cid = person("ann"), person("bob"), person("cid")
        act(ann, bob)
        act(cid, bob)
        outbox.drain("influence")
        run = Run.objects.create(state="done")
        Figures.objects.create(run=run, node=ann.pk)
        circle = Circle.objects.create(run=run, name=1, size=5, members=5, cohesion=1)
        Seat.objects.create(circle=circle, node=ann.pk, ties=1, rank=1)
    with clock.at(BEGIN + timedelta(days=5)):
        withdraw_consent(actor=ann, purpose="influence")
        assert [row[:2] for row in ties()] == [(cid.pk, bob.pk)]
        assert not Figures.objects.exists()
        assert not Seat.objects.exists()
        act(ann, bob)
        outbox.drain("influence")
        assert [row[:2] for row in ties()] == [(cid.pk, bob.pk)] == [row[:2] for row in rebuilt()]
    with clock.at(BEGIN + timedelta(days=9)):
        give_consent(actor=ann, purpose="influence")
        act(ann, cid)
        outbox.drain("influence")
    with clock.at(BEGIN + timedelta(days=10)):
        assert [row[:2] for row in ties()] == [(ann.pk, cid.pk), (cid.pk, bob.pk)]
        now = ties()
        assert rebuilt() == now


def test_who_consents_since_when_is_read_again_from_the_consents(person):
    ann, bob = person("ann"), person("bob")
    withdraw_consent(actor=bob, purpose="influence")
    give_consent(actor=bob, purpose="influence")
    withdraw_consent(actor=person("cid"), purpose="influence")
    before = list(Consenting.objects.order_by("pk").values_list("pk", "since"))
    assert [pk for pk, _ in before] == [ann.pk, bob.pk]
    rebuilt()
    assert list(Consenting.objects.order_by("pk").values_list("pk", "since")) == before


def test_mentions_tie_voices_in_any_order_of_arrival(voice, say):
    ann, bob, cid = voice("ann"), voice("bob"), voice("cid")
    answer = say(bob, at=BEGIN + timedelta(hours=2), tie="reply")
    drawing.read_mentions()
    assert ties() == []
    first = say(ann, names=[cid.pk])
    Mention.objects.filter(pk=answer.pk).update(parent_id=first.pk)
    say(cid, tie="repost", parent_id=first.pk, names=[ann.pk], at=BEGIN + timedelta(days=40))
    drawing.read_mentions()
    month, later = domain.month_of(BEGIN), domain.month_of(BEGIN + timedelta(days=40))
    expected = [
        (-cid.pk, -ann.pk, later, False, 1, domain.kept(2.0, BEGIN + timedelta(days=40))),
        (-bob.pk, -ann.pk, month, False, 1, domain.kept(1.5, BEGIN + timedelta(hours=2))),
        (-ann.pk, -cid.pk, month, True, 1, domain.kept(1.0, BEGIN)),
    ]
    assert ties() == expected
    drawing.read_mentions()
    assert ties() == expected == rebuilt()


def test_what_is_deleted_outside_is_deleted_here(voice, say):
    ann, bob, cid = voice("ann"), voice("bob"), voice("cid")
    first = say(ann)
    say(bob, tie="reply", parent_id=first.pk)
    gone = say(cid, tie="quote", parent_id=first.pk)
    drawing.read_mentions()
    assert [row[0] for row in ties()] == [-cid.pk, -bob.pk]
    Mention.objects.filter(pk=gone.pk).update(gone_at=BEGIN)
    drawing.read_mentions()
    assert [row[0] for row in ties()] == [-bob.pk]
    Mention.objects.filter(pk=first.pk).delete()
    drawing.read_mentions()
    assert ties() == [] == rebuilt()


def test_a_voice_of_a_member_without_consent_is_in_no_tie(person, voice, say):
    ann, bob = voice("ann"), voice("bob")
    dan = person("dan", consents=False)
    first = say(ann)
    say(bob, tie="reply", parent_id=first.pk)
    drawing.read_mentions()
    before = ties()
    claim = Claim.objects.create(voice=ann, member=dan, proof="code", code="x", proved_at=BEGIN)
    drawing.read_mentions()
    assert ties() == [] == rebuilt()
    give_consent(actor=dan, purpose="influence")
    drawing.read_mentions()
    assert ties() == before
    withdraw_consent(actor=dan, purpose="influence")
    assert ties() == []
    Claim.objects.filter(pk=claim.pk).update(ended_at=BEGIN)
    drawing.read_mentions()
    assert ties() == before == rebuilt()


def test_an_erased_voice_leaves_the_runs(voice):
    ann = voice("ann")
    run = Run.objects.create(state="done")
    Figures.objects.create(run=run, node=-ann.pk)
    ann.delete()
    drawing.read_mentions()
    assert not Figures.objects.exists()


def test_months_are_those_of_utc():
    late = datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT influence_month(%s), influence_month(%s)", [late, late + timedelta(seconds=1)])
        assert cursor.fetchone() == (domain.month_of(late), domain.month_of(late) + 1)

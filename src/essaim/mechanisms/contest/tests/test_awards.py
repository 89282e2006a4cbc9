"""Awards paid for votes that were voided: seen by the treasurer, taken back whole or left standing, in public."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from essaim.activity.models import Activity
from essaim.kit.errors import Forbidden
from essaim.ledger.checks import check_books
from essaim.ledger.models import JournalEntry
from essaim.ledger.payouts.actions import request_payout
from essaim.ledger.queries import member_balance
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.doubts import awards_in_doubt
from essaim.mechanisms.contest.models import AwardDecision, RungReached, Vote

DESK = "contest-studio:awards"


@pytest.fixture
def chosen(house):
    """An idea paid 1,500 € by three votes."""
    juror = house.member("jury")
    contest = house.contest(jury=(juror,))
    idea = house.idea(contest, house.member("ana"))
    actions.score_idea(idea=idea, juror=juror, score=80)
    actions.decide_potential(idea=idea, actor=juror)
    for voter in house.members(3):
        actions.cast_vote(idea=idea, voter=voter, value=1)
    return RungReached.objects.get(rung="chosen")


def void(house, reached, count=1):
    votes = list(Vote.objects.filter(idea=reached.idea, voiding=None)[:count])
    actions.void_votes(idea=reached.idea, votes=votes, reason="One person, three accounts", actor=house.manager)


def text(response):
    return unescape(response.content.decode())


def test_award_is_in_doubt_only_while_the_votes_do_not_suffice(house, chosen):
    assert awards_in_doubt() == []
    void(house, chosen)
    (found,) = awards_in_doubt()
    assert (found, found.favour.agree) == (chosen, 2)
    actions.cast_vote(idea=chosen.idea, voter=house.member(), value=1)
    assert awards_in_doubt() == []


def test_award_taken_back_reverses_its_entry_and_the_rung_may_be_reached_again(house, chosen):
    author, contest = chosen.idea.author, chosen.idea.contest
    void(house, chosen)
    held = queries.escrow(contest)

    actions.take_back_award(reached=chosen, actor=house.treasurer, reason="Bought votes")

    assert (member_balance(author), queries.escrow(contest)) == (500_00, held + 1_500_00)
    assert JournalEntry.objects.get(key=f"{chosen.entry_key}:back").reverses.key == chosen.entry_key
    assert [row.rung for row in chosen.idea.rungs.all()] == ["potential"]
    last = Activity.objects.get(type="award.revoke")
    assert (last.actor, last.target, last.public, last.payload) == (
        house.treasurer,
        author,
        True,
        {"rung": "chosen", "rung_name": "Chosen", "amount": 150_000, "unit": "EUR", "reason": "Bought votes"},
    )
    actions.cast_vote(idea=chosen.idea, voter=house.member(), value=1)
    again = RungReached.objects.get(rung="chosen")
    assert (again.attempt, RungReached.ever.filter(rung="chosen").count()) == (2, 2)
    assert (again.entry_key, member_balance(author)) == (f"{chosen.entry_key}:2", 2_000_00)
    assert check_books().sound


def test_award_left_standing_is_in_doubt_no_more(house, chosen):
    void(house, chosen)
    actions.let_award_stand(reached=chosen, actor=house.treasurer, reason="The author knew nothing")
    decision = AwardDecision.objects.get(reached=chosen)
    assert (decision.taken_back, decision.reason, decision.decided_by) == (
        False,
        "The author knew nothing",
        house.treasurer,
    )
    assert (awards_in_doubt(), chosen in chosen.idea.rungs.all()) == ([], True)
    assert Activity.objects.get(type="award.keep").payload["reason"] == "The author knew nothing"
    with pytest.raises(errors.AwardNotInDoubt):
        actions.take_back_award(reached=chosen, actor=house.treasurer, reason="r")


@pytest.mark.parametrize("act", [actions.take_back_award, actions.let_award_stand])
def test_award_that_is_deserved_unexplained_or_anothers_to_judge_is_left_alone(house, chosen, act):
    with pytest.raises(errors.AwardNotInDoubt):
        act(reached=chosen, actor=house.treasurer, reason="r")
    void(house, chosen)
    with pytest.raises(errors.ReasonMissing):
        act(reached=chosen, actor=house.treasurer, reason=" ")
    with pytest.raises(Forbidden):
        act(reached=chosen, actor=house.manager, reason="r")
    assert not AwardDecision.objects.exists()


def test_award_spent_or_climbed_past_is_not_taken_back(house, chosen):
    author = chosen.idea.author
    void(house, chosen)
    iban = "FR14 2004 1010 0505 0001 3M02 606"
    request_payout(
        actor=author, amount=600_00, unit="EUR", destination=iban, key="7d0f1f3e-0000-4000-8000-000000000001"
    )
    with pytest.raises(errors.AwardSpent):
        actions.take_back_award(reached=chosen, actor=house.treasurer, reason="r")
    assert (member_balance(author), chosen.idea.rungs.count()) == (1_400_00, 2)
    assert not Activity.objects.filter(type="award.revoke").exists()
    RungReached.objects.create(idea=chosen.idea, rung="tested", decided_by=house.manager)
    with pytest.raises(errors.ClimbedPast):
        actions.take_back_award(reached=chosen, actor=house.treasurer, reason="r")


def test_treasurer_sees_it_today_and_decides_at_the_desk(house, client, chosen):
    client.cookies["django_language"] = "en"
    void(house, chosen)
    client.force_login(house.treasurer)
    assert "1 award was paid for votes that were voided" in text(client.get(reverse("studio:desk")))
    page = text(client.get(reverse(DESK)))
    assert "paid at 3 votes in favour. 2 stand today, 3 are needed." in page
    refused = client.post(reverse(DESK), {"award": chosen.pk, "act": "back", "reason": ""})
    assert refused.status_code == 422
    client.post(reverse(DESK), {"award": chosen.pk, "act": "back", "reason": "Bought votes"})
    assert not RungReached.objects.filter(pk=chosen.pk).exists()
    assert "No award is in doubt" in text(client.get(reverse(DESK)))


def test_manager_reads_and_does_not_decide(house, client, chosen):
    client.cookies["django_language"] = "en"
    void(house, chosen)
    client.force_login(house.manager)
    page = text(client.get(reverse(DESK)))
    assert ("The treasurer decides." in page, "Take the award back" in page) == (True, False)
    assert client.post(reverse(DESK), {"award": chosen.pk, "act": "back", "reason": "r"}).status_code == 403


@pytest.mark.parametrize(
    "change", ["UPDATE contest_awarddecision SET taken_back = true", "DELETE FROM contest_awarddecision"]
)
def test_database_keeps_what_was_decided(house, chosen, change):
    void(house, chosen)
    actions.let_award_stand(reached=chosen, actor=house.treasurer, reason="r")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_rung_taken_back_is_shown_nowhere(house, client, chosen):
    contest, idea = chosen.idea.contest, chosen.idea
    void(house, chosen)
    assert list(queries.search_ideas(contest, "", rung="chosen")) == [idea]
    actions.take_back_award(reached=chosen, actor=house.treasurer, reason="Bought votes")
    assert list(queries.search_ideas(contest, "", rung="chosen")) == []
    rungs = client.get(f"/api/v1/contest/{contest.slug}/ideas/{idea.number}/").json()["rungs"]
    assert [rung["rung"] for rung in rungs] == ["potential"]
    assert queries.shortfall(contest, queries.rules_of(contest)) == {}

"""Each act: what it writes, what it records, what it pays, what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from essaim.activity.models import Activity
from essaim.initiatives import actions as initiatives
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.ledger.domain import InsufficientFunds
from essaim.ledger.models import JournalEntry
from essaim.ledger.queries import escrow_balance, member_balance
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.domain.presets import FLAVOURS
from essaim.mechanisms.contest.domain.rules import Award, Ballot, Condition, Eligibility, Rules, Rung, Surge
from essaim.mechanisms.contest.domain.tallies import standing
from essaim.mechanisms.contest.models import (
    Authorship,
    BallotLine,
    CoAuthorOffer,
    Funding,
    Idea,
    JuryScore,
    RungReached,
    SurgeAlarm,
    Vote,
)
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, SMALL, House
from essaim.people.models import Member
from essaim.products.models import Product

FREE = Rules(ballot=Ballot.OPINION)


def told(type_: str) -> list[tuple[str | None, dict[str, object]]]:
    """(actor's handle, payload) of the activities of a type."""
    rows = Activity.objects.filter(type=type_).order_by("id")
    return [(row.actor and row.actor.handle, row.payload) for row in rows]


def postings(key: str) -> dict[str, int]:
    entry = JournalEntry.objects.get(key=key)
    return {posting.account.code: posting.amount for posting in entry.postings.select_related("account")}


def scored(house: House, contest: Initiative, idea: Idea, score: int = 80) -> Member:
    juror = queries.jury(contest).first().member
    actions.score_idea(idea=idea, juror=juror, score=score)
    return juror


# Money and opening


def test_fund_contest_moves_house_money_once(house: House) -> None:
    contest = house.contest(FREE, opened=False)
    for _ in range(2):
        funding = actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=70_000, key="form-1")
    assert Funding.objects.get() == funding
    assert postings(funding.key) == {"house:own:EUR": 70_000, f"escrow:{contest.pk}:EUR": -70_000}
    assert told("contest.fund") == [("tresor", {"amount": 70_000, "unit": "EUR", "funding": funding.pk})]


def test_fund_contest_refuses_others_nothing_and_more_than_there_is(house: House) -> None:
    contest = house.contest(FREE, opened=False)
    with pytest.raises(Forbidden):
        actions.fund_contest(contest=contest, treasurer=house.manager, amount=1, key="a")
    with pytest.raises(errors.AwardNotPositive):
        actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=0, key="b")
    with pytest.raises(InsufficientFunds), transaction.atomic():
        actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=10_000_001, key="c")
    assert not Funding.objects.exists()


def test_a_rung_that_pays_cannot_open_unfunded(house: House) -> None:
    rich = replace(SMALL, rungs=(replace(SMALL.rungs[0], reward=Award(4_000_000)), *SMALL.rungs[1:]))
    contest = house.contest(SMALL, opened=False)
    initiatives.change_draft(initiative=contest, actor=house.manager, rules={"rungs": _rungs(rich)})
    with pytest.raises(errors.NotFunded):
        initiatives.open_initiative(initiative=contest, actor=house.manager)
    actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=8_000_000, key="more")
    initiatives.open_initiative(initiative=contest, actor=house.manager)


def _rungs(rules: Rules) -> list[dict[str, object]]:
    from essaim.mechanisms.contest.domain.rules import freeze

    return freeze(rules)["rungs"]


def test_a_contest_with_a_jury_rung_needs_its_jury(house: House) -> None:
    contest = house.contest(SMALL, opened=False)
    juror = queries.jury(contest).get().member
    actions.unseat_juror(contest=contest, member=juror, actor=house.manager)
    with pytest.raises(errors.JuryTooSmall):
        initiatives.open_initiative(initiative=contest, actor=house.manager)


def test_the_jury_freezes_at_opening(house: House) -> None:
    contest = house.contest()
    with pytest.raises(errors.RulesFrozen):
        actions.seat_juror(contest=contest, member=house.member(), actor=house.manager)
    with pytest.raises(errors.RulesFrozen):
        actions.unseat_juror(contest=contest, member=queries.jury(contest).get().member, actor=house.manager)


def test_an_amendment_promises_no_more_than_is_held(house: House) -> None:
    contest = house.contest()
    more = replace(SMALL, rungs=(replace(SMALL.rungs[0], winners=9), *SMALL.rungs[1:]))
    amend = {
        "initiative": contest,
        "rules": {"rungs": _rungs(more)},
        "reason": "So many good ones",
        "actor": house.manager,
    }
    with pytest.raises(errors.NotFunded):
        initiatives.amend_rules(**amend)
    actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=7 * 50_000, key="more")
    assert initiatives.amend_rules(**amend).version == 2


def test_what_was_not_spent_goes_back_when_all_is_over(house: House) -> None:
    contest = house.contest()
    with pytest.raises(errors.VotingRuns):
        actions.return_leftover(contest=contest, treasurer=house.treasurer)
    with clock.at(NOON + 91 * DAY):
        assert actions.return_leftover(contest=contest, treasurer=house.treasurer) == 250_000
        with pytest.raises(errors.NothingLeft):
            actions.return_leftover(contest=contest, treasurer=house.treasurer)
    assert escrow_balance(contest.pk) == 0


# Ideas


def test_submit_idea_from_a_draft(house: House) -> None:
    contest, author = house.contest(), house.member("ana")
    draft = actions.save_draft(contest=contest, author=author, title="", body="Someth")
    assert (draft.number, draft.state, draft.is_draft) == (1, "draft", True)
    assert told("idea.submit") == []
    same = actions.save_draft(contest=contest, author=author, title="Épeautre", body="Something", draft=draft)
    idea = actions.submit_idea(contest=contest, author=author, title="Épeautre", body="Something old", draft=same)
    assert (idea.pk, idea.state, idea.published_at) == (draft.pk, "published", NOON)
    assert (idea.sort_key, idea.search_text) == ("epeautre", "epeautre something old")
    assert queries.shares_of(idea) == {author.pk: 10_000}
    assert told("idea.submit") == [("ana", {})]


def test_submitting_the_same_draft_twice_gives_one_idea(house: House) -> None:
    contest, author = house.contest(), house.member()
    draft = actions.save_draft(contest=contest, author=author, title="T", body="B")
    first = actions.submit_idea(contest=contest, author=author, title="T", body="B", draft=draft)
    assert actions.submit_idea(contest=contest, author=author, title="T", body="B", draft=draft) == first
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(("title", "body"), [("", "story"), ("title", "  "), (" ", "")])
def test_submit_idea_refuses_an_empty_one(house: House, title: str, body: str) -> None:
    with pytest.raises(errors.EmptyIdea):
        house.idea(house.contest(), title=title, body=body)
    assert not Idea.objects.exists()


def test_another_ones_draft_is_not_taken(house: House) -> None:
    contest = house.contest()
    draft = actions.save_draft(contest=contest, author=house.member(), title="Mine", body="")
    other = actions.save_draft(contest=contest, author=house.member(), title="Hers", body="", draft=draft)
    assert other.pk != draft.pk
    assert Idea.objects.get(pk=draft.pk).title == "Mine"


def test_only_the_house_lists_flavours(house: House) -> None:
    contest = house.contest(FLAVOURS, phases=(("vote", 21),), opened=False, preset="flavours")
    listed = actions.submit_idea(contest=contest, author=house.manager, title="Thyme", body="Honey and thyme")
    assert listed.number == 1
    with pytest.raises(Forbidden):
        house.idea(contest)


def test_edit_idea_keeps_what_it_said(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest, title="Rye")
    edited = actions.edit_idea(idea=idea, editor=idea.author, title="Dark rye", body="Slower", categories=["bread"])
    assert (edited.title, edited.search_text, edited.categories) == ("Dark rye", "dark rye slower bread", ["bread"])
    assert [(old.title, old.body) for old in edited.revisions.all()] == [("Rye", "Slow and dark.")]
    with pytest.raises(Forbidden):
        actions.edit_idea(idea=idea, editor=house.member(), title="Mine", body="now")


def test_an_idea_on_a_rung_is_settled(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    with pytest.raises(errors.IdeaSettled):
        actions.edit_idea(idea=idea, editor=idea.author, title="Other", body="Other")
    with pytest.raises(errors.IdeaSettled):
        actions.withdraw_idea(idea=idea, actor=idea.author)


def test_withdraw_idea_gives_the_votes_back(house: House) -> None:
    contest = house.contest(replace(SMALL, votes_each=1))
    idea, other, voter = house.idea(contest), house.idea(contest), house.member()
    actions.cast_vote(idea=idea, voter=voter)
    actions.withdraw_idea(idea=idea, actor=idea.author)
    assert queries.votes_left(contest, voter) == 1
    actions.cast_vote(idea=other, voter=voter)
    with pytest.raises(errors.NotVotable):
        actions.cast_vote(idea=idea, voter=house.member())
    counts = {count.idea: count.agree for count in queries.tally_of(contest).ideas}
    assert counts == {1: 1, 2: 1}
    assert queries.tally_of(contest).winners == (2,)


# Authors


def test_a_co_author_takes_part_of_the_givers_share(house: House) -> None:
    contest, friend = house.contest(), house.member("bea")
    idea = house.idea(contest)
    actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=3_333)
    assert queries.shares_of(idea) == {idea.author_id: 10_000}
    with pytest.raises(errors.AlreadyAuthor):
        actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=1)
    actions.accept_offer(idea=idea, member=friend)
    assert queries.shares_of(idea) == {idea.author_id: 6_667, friend.pk: 3_333}
    with pytest.raises(errors.NothingOffered):
        actions.accept_offer(idea=idea, member=friend)
    assert told("idea.join") == [("bea", {"share": 3_333})]


def test_two_offers_cannot_give_the_same_share_away(house: House) -> None:
    contest, one, two = house.contest(), house.member(), house.member()
    idea = house.idea(contest)
    for member in (one, two):
        actions.invite_co_author(idea=idea, actor=idea.author, member=member, share=6_000)
    actions.accept_offer(idea=idea, member=one)
    with pytest.raises(errors.ShareTooLarge):
        actions.accept_offer(idea=idea, member=two)
    actions.decline_offer(idea=idea, member=two)
    assert [offer.state for offer in CoAuthorOffer.objects.order_by("id")] == ["accepted", "declined"]


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_shares_whole(transactional_db: None) -> None:
    from essaim.mechanisms.contest.tests.conftest import make_house

    with clock.at(NOON):
        house = make_house()
        idea = house.idea(house.contest())
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorship.objects.filter(idea=idea).update(share=9_999)
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorship.objects.create(idea=idea, member=house.manager, share=1)
    assert queries.shares_of(idea) == {idea.author_id: 10_000}


# Votes


def test_cast_vote_writes_a_row_a_line_and_an_activity(house: House) -> None:
    contest, voter = house.contest(FREE), house.member("zoe")
    idea = house.idea(contest, title="Rye")
    vote = actions.cast_vote(idea=idea, voter=voter, value=1)
    assert actions.cast_vote(idea=idea, voter=voter, value=1) == vote
    with clock.at(NOON + DAY):
        actions.cast_vote(idea=idea, voter=voter, value=-1)
    assert Vote.objects.values_list("value", "cast_at").get() == (-1, NOON + DAY)
    assert list(BallotLine.objects.values_list("value", "cause")) == [(1, "cast"), (-1, "cast")]
    assert told("vote.cast") == [("zoe", {"value": 1})]
    assert told("vote.change") == [("zoe", {"value": -1})]
    assert not Activity.objects.get(type="vote.cast").public


def test_withdraw_vote_twice_is_no_mistake(house: House) -> None:
    contest, voter = house.contest(FREE), house.member()
    idea = house.idea(contest)
    actions.cast_vote(idea=idea, voter=voter)
    for _ in range(2):
        actions.withdraw_vote(idea=idea, voter=voter)
    assert not Vote.objects.exists()
    assert list(BallotLine.objects.values_list("value", "cause")) == [(1, "cast"), (None, "withdrawn")]
    assert len(told("vote.withdraw")) == 1


def test_cast_vote_refuses_when_ballot_full(house: House) -> None:
    contest, voter = house.contest(replace(FREE, votes_each=1)), house.member()
    one, two = house.idea(contest), house.idea(contest)
    actions.cast_vote(idea=one, voter=voter)
    with pytest.raises(errors.BallotFull):
        actions.cast_vote(idea=two, voter=voter)
    actions.withdraw_vote(idea=one, voter=voter)
    actions.cast_vote(idea=two, voter=voter)


def test_cast_vote_refuses_who_is_not_on_the_roll(house: House) -> None:
    contest = house.contest(replace(FREE, eligibility=Eligibility(days=7)))
    idea = house.idea(contest)
    with pytest.raises(errors.MailNotConfirmed):
        actions.cast_vote(idea=idea, voter=house.member(email_confirmed_at=None))
    with pytest.raises(errors.JoinedTooLate):
        actions.cast_vote(idea=idea, voter=house.member(joined_at=NOON - 6 * DAY))
    assert not Vote.objects.exists()


def test_cast_vote_refuses_ones_own_idea_drafts_and_wrong_values(house: House) -> None:
    contest, author = house.contest(), house.member()
    idea = house.idea(contest, author)
    with pytest.raises(errors.OwnIdea):
        actions.cast_vote(idea=idea, voter=author)
    with pytest.raises(errors.WrongBallot):
        actions.cast_vote(idea=idea, voter=house.member(), value=-1)
    draft = actions.save_draft(contest=contest, author=author, title="D", body="")
    with pytest.raises(errors.NotVotable):
        actions.cast_vote(idea=draft, voter=house.member())


def test_rows_and_history_say_the_same(house: House) -> None:
    contest = house.contest(FREE)
    ideas, voters = [house.idea(contest) for _ in range(3)], house.members(3)
    for number, voter in enumerate(voters):
        for idea in ideas[: number + 1]:
            actions.cast_vote(idea=idea, voter=voter, value=number - 1)
    actions.withdraw_vote(idea=ideas[0], voter=voters[0])
    actions.merge_ideas(kept=ideas[0], merged=ideas[1], actor=house.manager)
    rows = {key: vote.value for key, vote in standing(queries.cast_votes(contest)).items()}
    history = {key: vote.value for key, vote in standing(queries.replayed_votes(contest)).items()}
    assert rows == history
    assert len(rows) == 3


# Merging


def test_merge_carries_votes_and_authors(house: House) -> None:
    contest = house.contest(FREE)
    both, only = house.member(), house.member()
    kept, merged = house.idea(contest, title="Rye"), house.idea(contest, title="Rye too")
    actions.cast_vote(idea=kept, voter=both, value=1)
    with clock.at(NOON + DAY):
        actions.cast_vote(idea=merged, voter=both, value=-1)
        actions.cast_vote(idea=merged, voter=only, value=1)
        actions.merge_ideas(kept=kept, merged=merged, actor=house.manager)
    votes = dict(Vote.objects.filter(idea=kept).values_list("voter_id", "value"))
    assert votes == {both.pk: -1, only.pk: 1}
    assert not Vote.objects.filter(idea=merged).exists()
    assert queries.shares_of(kept) == {kept.author_id: 5_000, merged.author_id: 5_000}
    merged.refresh_from_db()
    assert (merged.merged_into_id, merged.merged_at) == (kept.pk, NOON + DAY)
    assert told("idea.merge")[0][1] == {
        "into": kept.pk,
        "votes_carried": 1,
    }


def test_a_third_idea_merged_weighs_a_third(house: House) -> None:
    contest = house.contest(FREE)
    ideas = [house.idea(contest) for _ in range(3)]
    actions.merge_ideas(kept=ideas[0], merged=ideas[1], actor=house.manager)
    actions.merge_ideas(kept=ideas[0], merged=ideas[2], actor=house.manager)
    assert sorted(queries.shares_of(ideas[0]).values()) == [3_333, 3_333, 3_334]


def test_merge_refuses(house: House) -> None:
    contest, elsewhere = house.contest(), house.contest(FREE, slug="other")
    one, two, three = (house.idea(contest) for _ in range(3))
    with pytest.raises(errors.CannotMerge):
        actions.merge_ideas(kept=one, merged=one, actor=house.manager)
    with pytest.raises(errors.CannotMerge):
        actions.merge_ideas(kept=one, merged=house.idea(elsewhere), actor=house.manager)
    actions.merge_ideas(kept=one, merged=two, actor=house.manager)
    with pytest.raises(errors.AlreadyMerged):
        actions.merge_ideas(kept=three, merged=two, actor=house.manager)
    actions.decide_potential(idea=three, actor=scored(house, contest, three))
    with pytest.raises(errors.CannotMerge):
        actions.merge_ideas(kept=one, merged=three, actor=house.manager)


# The ladder


def test_the_jury_pays_the_first_rung_to_the_authors(house: House) -> None:
    contest, friend = house.contest(), house.member()
    idea = house.idea(contest, title="Rye")
    actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=3_333)
    actions.accept_offer(idea=idea, member=friend)
    juror = scored(house, contest, idea)
    row = actions.decide_potential(idea=idea, actor=juror)
    assert (row.rung, row.amount, row.unit, row.decided_by) == ("potential", 50_000, "EUR", juror)
    assert postings(row.entry_key) == {
        f"escrow:{contest.pk}:EUR": 50_000,
        f"member:{idea.author_id}:balance:EUR": -33_335,
        f"member:{friend.pk}:balance:EUR": -16_665,
    }
    assert told("rung.climb")[0][1] == {
        "rung": "potential",
        "rung_name": "Potential",
        "amount": 50_000,
        "unit": "EUR",
    }
    with pytest.raises(errors.AlreadyReached):
        actions.decide_potential(idea=idea, actor=juror)
    assert escrow_balance(contest.pk) == 250_000 - 50_000


def test_decide_potential_refuses(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    with pytest.raises(errors.RungNotReached):
        actions.decide_potential(idea=idea, actor=house.manager)
    juror = scored(house, contest, idea, 59)
    with pytest.raises(errors.RungNotReached):
        actions.decide_potential(idea=idea, actor=juror)
    with pytest.raises(Forbidden):
        actions.decide_potential(idea=idea, actor=house.member())
    assert not RungReached.objects.exists()
    assert not JournalEntry.objects.filter(kind="award").exists()


def test_the_budget_sets_how_many_win(house: House) -> None:
    contest = house.contest()
    ideas = [house.idea(contest) for _ in range(3)]
    for idea in ideas[:2]:
        actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    scored(house, contest, ideas[2])
    with pytest.raises(errors.RungFull):
        actions.decide_potential(idea=ideas[2], actor=house.manager)


def test_votes_alone_climb_and_pay_the_second_rung(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    for voter in house.members(2):
        actions.cast_vote(idea=idea, voter=voter)
    assert RungReached.objects.filter(rung="chosen").count() == 0
    for voter in house.members(3):
        actions.cast_vote(idea=idea, voter=voter)
    row = RungReached.objects.get(rung="chosen")
    assert (row.votes, row.amount, row.decided_by) == (3, 150_000, None)
    assert member_balance(idea.author) == 200_000
    assert JournalEntry.objects.filter(kind="award").count() == 2


def test_votes_that_came_first_climb_when_the_jury_has_decided(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    for voter in house.members(3):
        actions.cast_vote(idea=idea, voter=voter)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    assert sorted(RungReached.objects.values_list("rung", flat=True)) == ["chosen", "potential"]


def test_votes_after_the_window_do_not_climb(house: House) -> None:
    short = replace(SMALL.rungs[1], window_days=5)
    contest = house.contest(replace(SMALL, rungs=(SMALL.rungs[0], short, *SMALL.rungs[2:])))
    idea, voters = house.idea(contest), house.members(3)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    for voter in voters[:2]:
        actions.cast_vote(idea=idea, voter=voter)
    with clock.at(NOON + 5 * DAY + timedelta(seconds=1)):
        actions.cast_vote(idea=idea, voter=voters[2])
    assert not RungReached.objects.filter(rung="chosen").exists()


def test_a_surge_holds_the_rung_until_someone_has_looked(house: House) -> None:
    rules = replace(SMALL, surge=Surge(deviations=1, arrivals=2, days=7))
    contest = house.contest(rules)
    idea = house.idea(contest)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    newcomers = [house.member(joined_at=NOON - DAY) for _ in range(3)]
    actions.cast_vote(idea=idea, voter=house.member())
    with clock.at(NOON + 2 * DAY):
        for voter in newcomers:
            actions.cast_vote(idea=idea, voter=voter)
    alarm = SurgeAlarm.objects.get()
    assert (alarm.arrivals, alarm.settled_at) == (2, None)
    assert not RungReached.objects.filter(rung="chosen").exists()
    voiding = actions.void_votes(
        idea=idea,
        votes=Vote.objects.filter(voter=newcomers[0]),
        reason="Three accounts, one hand",
        actor=house.manager,
    )
    assert voiding.votes == 1
    actions.settle_alarm(alarm=alarm, actor=house.manager, note="One of three was false")
    assert RungReached.objects.get(rung="chosen").votes == 3
    with pytest.raises(errors.AlreadySettled):
        actions.settle_alarm(alarm=alarm, actor=house.manager, note="again")
    assert actions.watch_votes(contest=contest) == []


def test_the_hourly_watch_raises_alarms_where_members_vote(house: House) -> None:
    from essaim.mechanisms.contest.jobs import watch

    contest = house.contest(replace(FREE, surge=Surge(deviations=1, arrivals=2, days=7)))
    idea = house.idea(contest)
    for _ in range(3):
        actions.cast_vote(idea=idea, voter=house.member(joined_at=NOON - DAY))
    with clock.at(NOON + 61 * DAY):
        watch(timestamp=0)
    assert not SurgeAlarm.objects.exists()
    for _ in range(2):
        watch(timestamp=0)
    alarm = SurgeAlarm.objects.get()
    assert (alarm.idea_id, alarm.hour, alarm.arrivals) == (idea.pk, NOON, 3)
    assert told("surge.see") == [(None, {"arrivals": 3})]


def test_void_votes_takes_them_out_in_public(house: House) -> None:
    contest, voters = house.contest(FREE), house.members(2)
    idea = house.idea(contest)
    votes = [actions.cast_vote(idea=idea, voter=voter) for voter in voters]
    with pytest.raises(errors.ReasonMissing):
        actions.void_votes(idea=idea, votes=votes, reason=" ", actor=house.manager)
    with pytest.raises(Forbidden):
        actions.void_votes(idea=idea, votes=votes, reason="Because", actor=voters[0])
    actions.void_votes(idea=idea, votes=votes[:1], reason="Bought", actor=house.manager)
    with pytest.raises(errors.NothingToVoid):
        actions.void_votes(idea=idea, votes=votes[:1], reason="Bought", actor=house.manager)
    with pytest.raises(errors.VoteVoided):
        actions.cast_vote(idea=idea, voter=voters[0], value=-1)
    with pytest.raises(errors.VoteVoided):
        actions.withdraw_vote(idea=idea, voter=voters[0])
    assert queries.tally_of(contest).ideas[0].agree == 1
    assert sorted(line["void"] for line in queries.published_ballots(contest)["votes"]) == [False, True]
    assert told("vote.void") == [("marion", {"votes": 1, "reason": "Bought"})]


def test_the_panel_passes_the_third_rung(house: House) -> None:
    quick = replace(SMALL, rungs=(Rung("tested", "Tested", Condition.PANEL, threshold=70, quorum=2), SMALL.rungs[3]))
    contest, panel = house.contest(quick), house.members(3)
    idea = house.idea(contest)
    with pytest.raises(errors.RungNotReached):
        actions.open_test(idea=idea, actor=house.manager, panel=panel[:1])
    with pytest.raises(errors.OwnIdea):
        actions.open_test(idea=idea, actor=house.manager, panel=[*panel, idea.author])
    test = actions.open_test(idea=idea, actor=house.manager, panel=panel)
    assert actions.open_test(idea=idea, actor=house.manager, panel=panel) == test
    with pytest.raises(errors.RungNotReached):
        actions.end_test(test=test, actor=house.manager)
    with pytest.raises(errors.NotOnPanel):
        actions.score_test(test=test, member=house.member(), score=1)
    with pytest.raises(errors.BadScore):
        actions.score_test(test=test, member=panel[0], score=101)
    actions.score_test(test=test, member=panel[0], score=10)
    actions.score_test(test=test, member=panel[0], score=71, comment="Better the second day")
    actions.score_test(test=test, member=panel[1], score=69)
    ended = actions.end_test(test=test, actor=house.manager)
    assert (ended.passed, ended.closed_at) == (True, NOON)
    assert RungReached.objects.get().rung == "tested"
    with pytest.raises(errors.TestClosed):
        actions.score_test(test=test, member=panel[2], score=50)
    with pytest.raises(errors.TestClosed):
        actions.end_test(test=test, actor=house.manager)


def test_a_failed_test_can_be_repeated(house: House) -> None:
    contest, panel = house.contest(replace(SMALL, rungs=(SMALL.rungs[2],))), house.members(5)
    idea = house.idea(contest)
    for score in (69, 70):
        test = actions.open_test(idea=idea, actor=house.manager, panel=panel)
        for member in panel:
            actions.score_test(test=test, member=member, score=score)
        assert actions.end_test(test=test, actor=house.manager).passed is (score == 70)
    assert RungReached.objects.count() == 1


def test_launch_product_gives_the_authors_their_royalties(house: House) -> None:
    contest, friend = house.contest(replace(SMALL, rungs=(SMALL.rungs[3],))), house.member()
    idea = house.idea(contest, title="Rye")
    actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=2_500)
    actions.accept_offer(idea=idea, member=friend)
    row = actions.launch_product(idea=idea, actor=house.manager, name="Miller's rye")
    product = Product.objects.get()
    assert (row.product_id, product.name, product.royalty_rate, product.origin_id) == (
        product.pk,
        "Miller's rye",
        1_000,
        idea.pk,
    )
    shares = {share.holder_id: (share.basis_points, share.starts, share.ends) for share in product.shares.all()}
    starts, ends = NOON.date(), NOON.date().replace(year=2031)
    assert shares == {idea.author_id: (750, starts, ends), friend.pk: (250, starts, ends)}
    with pytest.raises(errors.AlreadyReached):
        actions.launch_product(idea=idea, actor=house.manager)


def test_a_rung_is_reached_in_order(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    with pytest.raises(errors.RungBelowMissing):
        actions.launch_product(idea=idea, actor=house.manager)
    with pytest.raises(errors.RungBelowMissing):
        actions.open_test(idea=idea, actor=house.manager, panel=house.members(5))


# Judging, answering, closing


def test_score_idea_last_one_stands_and_nobody_judges_his_own(house: House) -> None:
    juror = house.member()
    contest = house.contest(jury=(juror,))
    idea = house.idea(contest)
    actions.score_idea(idea=idea, juror=juror, score=10)
    actions.score_idea(idea=idea, juror=juror, score=90, comment="On second thoughts")
    assert JuryScore.objects.get().score == 90
    with pytest.raises(errors.BadScore):
        actions.score_idea(idea=idea, juror=juror, score=-1)
    with pytest.raises(Forbidden):
        actions.score_idea(idea=idea, juror=house.member(), score=10)
    with pytest.raises(errors.OwnIdea):
        actions.score_idea(idea=house.idea(contest, juror), juror=juror, score=100)


def test_answers_are_dated_and_stay(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    actions.answer_officially(idea=idea, author=house.manager, verdict="evaluating", body="We look at it")
    with clock.at(NOON + DAY):
        actions.answer_officially(idea=idea, author=house.manager, verdict="accepted", body="Yes")
    assert list(idea.answers.values_list("verdict", "answered_at")) == [
        ("accepted", NOON + DAY),
        ("evaluating", NOON),
    ]
    with pytest.raises(errors.ReasonMissing):
        actions.answer_officially(idea=idea, author=house.manager, verdict="accepted", body="")
    with pytest.raises(Forbidden):
        actions.answer_officially(idea=idea, author=house.member(), verdict="accepted", body="Yes")


def test_close_seals_what_anyone_can_recount(house: House) -> None:
    contest, voters = house.contest(FREE, phases=(("together", 10), ("decide", 5))), house.members(2)
    idea, other = house.idea(contest), house.idea(contest)
    for voter in voters:
        actions.cast_vote(idea=idea, voter=voter)
    actions.cast_vote(idea=other, voter=voters[0], value=-1)
    receipt = queries.receipt_of(contest, voters[0])
    with pytest.raises(errors.VotingRuns):
        actions.close_contest(contest=contest, actor=house.manager)
    with clock.at(NOON + 11 * DAY):
        box = actions.close_contest(contest=contest, actor=house.manager)
        with pytest.raises(errors.AlreadyClosed):
            actions.close_contest(contest=contest, actor=house.manager)
        with pytest.raises(errors.AlreadyClosed):
            actions.void_votes(idea=idea, votes=Vote.objects.all(), reason="Late", actor=house.manager)
    assert box.seal == queries.recount_hash(contest) == queries.told_tally(contest)["hash"]
    assert box.count["winners"] == [1]
    published = queries.published_ballots(contest)["votes"]
    assert [line["value"] for line in published if line["voter"] == receipt.code] == [1, -1]
    box.seal = "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        box.save()


def test_close_refuses_rows_the_history_does_not_give(house: House) -> None:
    contest = house.contest(FREE, phases=(("together", 10), ("decide", 5)))
    actions.cast_vote(idea=house.idea(contest), voter=house.member())
    Vote.objects.update(value=-1)
    with clock.at(NOON + 11 * DAY), pytest.raises(errors.NotTrue):
        actions.close_contest(contest=contest, actor=house.manager)


def test_the_clock_closes_what_nobody_closed(house: House) -> None:
    contest = house.contest(FREE, phases=(("together", 10),))
    with clock.at(NOON + 11 * DAY):
        initiatives.turn_phases()
    assert queries.box_of(contest).sealed_at == NOON + 11 * DAY


@pytest.mark.django_db
def test_history_is_append_only(house: House) -> None:
    contest = house.contest(FREE)
    actions.cast_vote(idea=house.idea(contest), voter=house.member())
    for change in (lambda: BallotLine.objects.update(value=-1), lambda: BallotLine.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_halted_contest_takes_no_vote(house: House) -> None:
    contest = house.contest(FREE)
    idea = house.idea(contest)
    initiatives.halt(initiative=contest, reason="Something is wrong", actor=house.manager)
    with pytest.raises(Forbidden):
        actions.cast_vote(idea=idea, voter=house.member())

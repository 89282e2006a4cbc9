"""Ideas and their authors: drafted, submitted, edited, shared, merged, withdrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.ledger.models import JournalEntry
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.domain.presets import FLAVOURS
from essaim.mechanisms.contest.models import (
    Authorship,
    CoAuthorOffer,
    Idea,
    Vote,
)
from essaim.mechanisms.contest.tests.acting import FREE, postings, scored, told
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, SMALL, House
from essaim.people.erasure import erase_member


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


def test_who_leaves_leaves_his_part_and_the_idea_to_those_who_stay(house: House) -> None:
    contest, author = house.contest(), house.member("ana")
    idea, alone = house.idea(contest, author), house.idea(contest, author, "Barley")
    one, two = house.members(2)
    for member, share in ((one, 3_000), (two, 2_000)):
        actions.invite_co_author(idea=idea, actor=author, member=member, share=share)
        actions.accept_offer(idea=idea, member=member)
    actions.cast_vote(idea=alone, voter=one)
    erase_member(actor=author, member=author)
    idea.refresh_from_db()
    alone.refresh_from_db()
    assert (idea.author, idea.title, idea.body, idea.state) == (
        one,
        "Rye from the mill",
        "Slow and dark.",
        "published",
    )
    assert queries.shares_of(idea) == {one.pk: 6_000, two.pk: 4_000}
    assert told("idea.inherit") == [(None, {})]
    assert (alone.author, alone.title, alone.state) == (author, "", "erased")
    assert queries.listed_numbers(contest) == ([1, 2], [2])
    assert queries.ballot_of(contest, one) == {}
    with pytest.raises(errors.NotVotable):
        actions.cast_vote(idea=alone, voter=two)


def test_an_award_after_a_co_author_left_goes_to_those_who_stay(house: House) -> None:
    contest, author, friend = house.contest(), house.member(), house.member()
    idea = house.idea(contest, author)
    actions.invite_co_author(idea=idea, actor=author, member=friend, share=3_333)
    actions.accept_offer(idea=idea, member=friend)
    scored(house, contest, idea)
    erase_member(actor=friend, member=friend)
    reached = actions.decide_potential(idea=idea, actor=house.manager)
    entry = JournalEntry.objects.get(key=reached.entry_key)
    assert postings(entry.key) == {
        f"escrow:{contest.pk}:EUR": 50_000,
        f"member:{author.pk}:balance:EUR": -50_000,
    }
    assert entry.memo == "Our daily bread – Potentiel – idée n°\u00a01"  # no title: it may be hidden one day
    assert entry.evidence == idea.get_absolute_url()


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

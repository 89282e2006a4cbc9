"""The contest's public pages: what a visitor and a member read, bring and vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain.rules import Ballot, Rules
from essaim.mechanisms.contest.models import Idea, Vote
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, SMALL

HTMX = {"HX-Request": "true"}


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def at(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def text(response):
    return unescape(response.content.decode())


def test_contest_shows_brief_ladder_and_ideas(house, english):
    contest = house.contest()
    idea = house.idea(contest)
    page = text(english.get(contest.get_absolute_url()))
    assert "What each rung pays" in page
    assert "€500" in page
    assert "10% of net sales for 5 years" in page
    assert idea.title in page


@pytest.mark.parametrize("name", ["initiative", "rules", "results", "recount"])
def test_pages_of_a_contest_answer(house, english, name):
    contest = house.contest()
    house.idea(contest)
    assert english.get(at(name, contest)).status_code == 200


@pytest.mark.parametrize("signed_in", [False, True])
def test_query_count_does_not_grow_with_ideas(house, client, signed_in):
    contest = house.contest()
    if signed_in:
        client.force_login(house.member("reader"))
    house.idea(contest)
    client.get(contest.get_absolute_url())
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(contest.get_absolute_url())
        counts.append(len(seen))
        house.idea(contest, title="Oat")
        house.idea(contest, title="Spelt")
    assert counts[0] == counts[1]


def test_draft_contest_is_seen_by_those_who_run_it_only(house, client):
    contest = house.contest(opened=False)
    assert client.get(contest.get_absolute_url()).status_code == 404
    client.force_login(house.manager)
    assert client.get(contest.get_absolute_url()).status_code == 200


def test_contest_of_a_closed_community_does_not_exist_for_others(house, client):
    contest = house.contest()
    type(house.community).objects.filter(pk=house.community.pk).update(visibility="hidden")
    assert client.get(contest.get_absolute_url()).status_code == 404
    client.force_login(house.member("inside"))
    assert client.get(contest.get_absolute_url()).status_code == 200


def test_filter_answers_with_the_list_only(house, english):
    contest = house.contest()
    house.idea(contest, title="Rye loaf")
    house.idea(contest, title="Oat biscuit")
    page = text(english.get(contest.get_absolute_url() + "?q=rye", headers={**HTMX, "HX-Target": "div#ideas"}))
    assert page.lstrip().startswith('<div id="ideas"')
    assert "Rye loaf" in page
    assert "Oat biscuit" not in page


def test_filter_by_answer(house, english):
    contest = house.contest()
    answered, _waiting = house.idea(contest, title="Rye loaf"), house.idea(contest, title="Oat biscuit")
    actions.answer_officially(idea=answered, author=house.manager, verdict="accepted", body="Yes.")
    assert "Oat biscuit" not in text(english.get(contest.get_absolute_url() + "?answer=accepted"))
    assert "Rye loaf" not in text(english.get(contest.get_absolute_url() + "?answer=none"))


def test_order_is_the_viewers_own_and_lasts(house, client):
    contest = house.contest()
    titles = [house.idea(contest, title=f"Idea {letter}").title for letter in "ABCDEFGH"]

    def seen():
        page = text(client.get(contest.get_absolute_url()))
        return sorted(titles, key=page.index)

    client.force_login(house.member("first"))
    first = seen()
    assert seen() == first
    client.force_login(house.member("second"))
    assert seen() != first


def test_counts_are_hidden_from_everyone_until_voting_closes(house, english):
    contest = house.contest()
    idea = house.idea(contest)
    actions.cast_vote(idea=idea, voter=house.member("voter"))
    for viewer in (house.member("reader"), house.manager):
        english.force_login(viewer)
        assert "Nobody sees it before voting closes" in text(english.get(at("results", contest)))
        assert english.get(at("ballots", contest))["Content-Type"].startswith("text/html")
        assert english.get(contest.get_absolute_url()).context["cards"][0].count is None
    with clock.at(NOON + 61 * DAY):
        assert english.get(contest.get_absolute_url()).context["cards"][0].count == 1
        assert english.get(at("ballots", contest)).json()["ideas"] == [idea.number]


def test_recount_agrees_with_the_seal(house, english):
    contest = house.contest()
    idea = house.idea(contest)
    actions.cast_vote(idea=idea, voter=house.member("voter"))
    with clock.at(NOON + 61 * DAY):
        box = actions.close_contest(contest=contest, actor=house.manager)
        page = english.get(at("recount", contest))
        assert page.context["agrees"] is True
        assert page.context["recounted"] == box.seal
        assert "They are the same." in text(page)
        assert "winner" in text(english.get(at("results", contest)))


def test_vote_without_script_then_taken_back(house, client):
    contest = house.contest()
    idea, voter = house.idea(contest), house.member("voter")
    client.force_login(voter)
    answer = client.post(at("vote", contest, idea.number), {"vote": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, idea.get_absolute_url())
    assert list(Vote.objects.values_list("voter", "value")) == [(voter.pk, 1)]
    client.post(at("vote", contest, idea.number), {"vote": "no"})
    assert not Vote.objects.exists()


def test_vote_with_htmx_swaps_the_control(house, english):
    contest = house.contest()
    idea = house.idea(contest)
    english.force_login(house.member("voter"))
    page = text(english.post(at("vote", contest, idea.number), {"vote": "yes"}, headers=HTMX))
    assert "<html" not in page
    assert 'aria-pressed="true"' in page


def test_vote_refused_in_place(house, english):
    contest = house.contest()
    author = house.member("author")
    idea = house.idea(contest, author)
    english.force_login(author)
    page = text(english.post(at("vote", contest, idea.number), {"vote": "yes", "back": "list"}, headers=HTMX))
    assert "Nobody judges an idea of his own." in page
    assert not Vote.objects.exists()


def test_same_stance_again_takes_it_back(house, client):
    contest = house.contest(replace(SMALL, ballot=Ballot.OPINION))
    idea = house.idea(contest)
    client.force_login(house.member("voter"))
    for stance, held in (("disagree", [-1]), ("pass", [0]), ("pass", []), ("agree", [1])):
        client.post(at("vote", contest, idea.number), {"stance": stance})
        assert list(Vote.objects.values_list("value", flat=True)) == held


def test_signed_out_voter_signs_in_and_comes_back(house, client):
    contest = house.contest()
    idea = house.idea(contest)
    answer = client.post(at("vote", contest, idea.number), {"vote": "yes"})
    assert answer["Location"] == f"{reverse('account_login')}?next={idea.get_absolute_url()}"
    answer = client.post(at("vote", contest, idea.number), {"vote": "yes"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"].split("?")[0]) == (204, reverse("account_login"))


def test_receipt_finds_the_ballot(house, english):
    contest = house.contest()
    idea, voter = house.idea(contest), house.member("voter")
    actions.cast_vote(idea=idea, voter=voter)
    english.force_login(voter)
    page = text(english.get(at("receipt", contest)))
    assert queries.receipt_of(contest, voter).code in page
    assert idea.title in page


def test_idea_page_shows_story_ladder_answer_and_shares(house, english):
    contest = house.contest()
    idea = house.idea(contest, body="Slow **and** dark.")
    actions.answer_officially(idea=idea, author=house.manager, verdict="evaluating", body="We bake one on Monday.")
    page = text(english.get(idea.get_absolute_url()))
    for words in ("<strong>and</strong>", "Its ladder", "The house answers", "We bake one on Monday.", "100\xa0%"):
        assert words in page


@pytest.mark.parametrize(("state", "words"), [("withdrawn", "withdrew"), ("hidden", "hid"), ("erased", "erased")])
def test_idea_that_is_gone_says_why(house, english, state, words):
    contest = house.contest()
    idea = house.idea(contest)
    Idea.objects.filter(pk=idea.pk).update(state=state)
    answer = english.get(idea.get_absolute_url())
    assert answer.status_code == 410
    assert words in text(answer)
    assert "Slow and dark." not in text(answer)


def test_merged_idea_leads_to_the_one_it_went_into(house, english):
    contest = house.contest()
    kept, merged = house.idea(contest, title="Rye loaf"), house.idea(contest, title="Rye bread")
    actions.merge_ideas(kept=kept, merged=merged, actor=house.manager)
    page = text(english.get(merged.get_absolute_url()))
    assert "This idea was merged" in page
    assert kept.get_absolute_url() in page
    assert 'class="vote"' not in page


def test_halted_contest_says_so(house, english):
    contest = house.contest()
    initiatives.halt(initiative=contest, reason="A bot came by.", actor=house.manager)
    assert "A bot came by." in text(english.get(contest.get_absolute_url()))


def test_jury_sees_others_scores_after_its_own(house, english):
    jurors = house.member("ana"), house.member("bob")
    contest = house.contest(jury=jurors)
    idea = house.idea(contest)
    actions.score_idea(idea=idea, juror=jurors[1], score=70)
    english.force_login(jurors[0])
    assert english.get(at("jury", contest)).context["lines"][0]["mean"] is None
    english.post(at("score", contest, idea.number), {"score": "80", "comment": "Warm."})
    assert english.get(at("jury", contest)).context["lines"][0]["mean"] == 75


def test_jury_page_is_for_the_jury(house, english):
    contest = house.contest()
    english.force_login(house.member("other"))
    answer = english.get(at("jury", contest))
    assert answer.status_code == 403
    assert "Only the jury of this contest decides this." in text(answer)


def test_score_out_of_range_keeps_what_was_typed(house, english):
    juror = house.member("ana")
    contest = house.contest(jury=(juror,))
    idea = house.idea(contest)
    english.force_login(juror)
    answer = english.post(at("score", contest, idea.number), {"score": "120", "comment": "Far too good"})
    assert answer.status_code == 422
    assert "Far too good" in text(answer)


def test_panel_member_gives_a_result(house, client):
    rules = replace(SMALL, rungs=(replace(SMALL.rungs[2], quorum=1),))
    contest, tester = house.contest(rules), house.member("tester")
    test = actions.open_test(idea=house.idea(contest), actor=house.manager, panel=[tester])
    client.force_login(tester)
    client.post(at("panel", contest, test.pk), {"score": "90", "comment": "Good crust."})
    assert list(test.seats.values_list("score", "comment")) == [(90, "Good crust.")]
    client.force_login(house.member("other"))
    assert client.get(at("panel", contest, test.pk)).status_code == 403


def test_open_box_has_no_ladder_and_says_so(house, english):
    contest = house.contest(Rules(ballot=Ballot.OPINION, results_hidden=False), preset="open-box")
    assert "No rung, no money" in text(english.get(at("rules", contest)))


def test_index_separates_open_from_closed(house, client):
    contest = house.contest()
    assert [sheet.contest for sheet in client.get(reverse("contest:index")).context["open_ones"]] == [contest]
    with clock.at(NOON + timedelta(days=100)):
        page = client.get(reverse("contest:index"))
    assert page.context["open_ones"] == []
    assert [sheet.contest for sheet in page.context["closed_ones"]] == [contest]

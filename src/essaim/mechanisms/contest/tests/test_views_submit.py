"""Bringing an idea: two steps, similar ideas beside, and nothing typed is ever lost."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from essaim.kit import clock
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.models import Authorship, CoAuthorOffer, Idea
from essaim.mechanisms.contest.tests.conftest import DAY, NOON
from essaim.people.models import Acceptance

RYE = {"title": "A rye loaf that keeps", "body": "My grandmother kept it a week in linen."}


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def at(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def text(response):
    return unescape(response.content.decode())


def test_two_steps_publish_with_the_rights_kept_as_evidence(house, english):
    contest, author = house.contest(), house.member("author")
    english.force_login(author)
    step = english.post(at("new", contest), {**RYE, "next": "1"})
    draft = Idea.objects.get()
    assert (draft.state, draft.title, step["Location"]) == ("draft", RYE["title"], at("check", contest, draft.number))
    page = text(english.get(step["Location"]))
    assert "make and sell the product" in page
    done = english.post(step["Location"], {"agreed": "on"})
    draft.refresh_from_db()
    assert (draft.state, done["Location"]) == ("published", draft.get_absolute_url())
    kept = Acceptance.objects.get(member=author).evidence
    assert kept.kind == f"contest-rights-{contest.pk}"
    assert "make and sell the product" in kept.text


def test_rights_not_granted_publish_nothing(house, english):
    contest, author = house.contest(), house.member("author")
    draft = actions.save_draft(contest=contest, author=author, **RYE)
    english.force_login(author)
    answer = english.post(at("check", contest, draft.number))
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (422, "draft")
    assert "Tick the box" in text(answer)


def test_similar_ideas_appear_while_typing(house, english):
    contest = house.contest()
    other = house.idea(contest, title="A rye loaf that keeps a week")
    english.force_login(house.member("author"))
    page = text(english.post(at("similar", contest), RYE, headers={"HX-Request": "true"}))
    assert other.get_absolute_url() in page
    assert "<html" not in page
    assert "Nothing like it so far" in text(english.post(at("similar", contest), {"title": "zzz qqq", "body": ""}))


def test_similar_ideas_stand_in_step_two_without_script(house, english):
    contest, author = house.contest(), house.member("author")
    other = house.idea(contest, title="A rye loaf that keeps a week")
    draft = actions.save_draft(contest=contest, author=author, **RYE)
    english.force_login(author)
    assert other.get_absolute_url() in text(english.get(at("check", contest, draft.number)))


def test_draft_may_be_half_written(house, english):
    contest, author = house.contest(), house.member("author")
    english.force_login(author)
    english.post(at("new", contest), {"title": "", "body": "Only a beginning", "later": "1"})
    draft = Idea.objects.get()
    assert (draft.state, draft.body) == ("draft", "Only a beginning")
    assert "Only a beginning" in text(english.get(at("draft", contest, draft.number)))


def test_draft_is_its_authors_alone(house, client):
    contest = house.contest()
    draft = actions.save_draft(contest=contest, author=house.member("author"), **RYE)
    client.force_login(house.member("other"))
    for name in ("draft", "check", "idea"):
        assert client.get(at(name, contest, draft.number)).status_code == 404


def test_refused_form_keeps_what_was_typed(house, english):
    contest = house.contest()
    english.force_login(house.member("author"))
    answer = english.post(at("new", contest), {"title": "", "body": RYE["body"], "next": "1"})
    assert answer.status_code == 422
    assert RYE["body"] in text(answer)


def test_expired_session_keeps_what_was_typed(house, english):
    contest, author = house.contest(), house.member("author")
    away = english.post(at("new", contest), {**RYE, "next": "1"})
    assert away["Location"] == f"{reverse('account_login')}?next={at('new', contest)}"
    english.force_login(author)
    page = text(english.get(at("new", contest)))
    assert RYE["title"] in page
    assert RYE["body"] in page


def test_closing_time_passed_keeps_the_draft_and_says_when(house, english):
    contest, author = house.contest(), house.member("author")
    english.force_login(author)
    with clock.at(NOON + 61 * DAY):
        step = english.post(at("new", contest), {**RYE, "next": "1"})
        draft = Idea.objects.get()
        answer = english.post(step["Location"], {"agreed": "on"})
    draft.refresh_from_db()
    assert (answer.status_code, draft.state, draft.body) == (422, "draft", RYE["body"])
    assert RYE["body"] in text(answer)


def test_stranger_to_the_community_is_told_to_join(house, english):
    contest, stranger = house.contest(), house.member("stranger")
    house.community.memberships.filter(member=stranger).update(state="left")
    english.force_login(stranger)
    assert "Join the community first" in text(english.get(at("new", contest)))
    answer = english.post(at("new", contest), {**RYE, "next": "1"})
    assert answer.status_code == 422
    assert RYE["body"] in text(answer)
    assert not Idea.objects.exists()


def test_edit_keeps_the_version_before(house, english):
    contest, author = house.contest(), house.member("author")
    idea = house.idea(contest, author, title="Rye", body="Slow and dark.")
    english.force_login(author)
    english.post(at("edit", contest, idea.number), RYE)
    page = text(english.get(at("history", contest, idea.number)))
    assert "Slow and dark." in page
    assert RYE["body"] in page


def test_another_member_edits_nothing(house, client):
    contest = house.contest()
    idea = house.idea(contest)
    client.force_login(house.member("other"))
    assert client.post(at("edit", contest, idea.number), RYE).status_code == 422
    idea.refresh_from_db()
    assert idea.body == "Slow and dark."


def test_withdraw(house, client):
    contest, author = house.contest(), house.member("author")
    idea = house.idea(contest, author)
    client.force_login(author)
    client.post(at("withdraw", contest, idea.number))
    idea.refresh_from_db()
    assert idea.state == "withdrawn"


def test_co_author_invited_by_handle_accepts(house, english):
    contest, author, friend = house.contest(), house.member("author"), house.member("friend")
    idea = house.idea(contest, author)
    english.force_login(author)
    assert english.post(at("authors", contest, idea.number), {"handle": "nobody1", "share": "30"}).status_code == 422
    english.post(at("authors", contest, idea.number), {"handle": "@friend", "share": "30"})
    assert CoAuthorOffer.objects.get().share == 3_000
    english.force_login(friend)
    assert "invites you to co-author" in text(english.get(idea.get_absolute_url()))
    english.post(at("offer", contest, idea.number), {"answer": "accept"})
    shares = dict(Authorship.objects.filter(idea=idea).values_list("member__handle", "share"))
    assert shares == {"author": 7_000, "friend": 3_000}

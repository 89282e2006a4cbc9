"""What is refused says why and what to do, and loses nothing; what is sent twice counts once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from playwright.sync_api import expect

from essaim.initiatives.actions import close_phase_early
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.models import Idea, Vote
from tests.journeys.house import PASSWORD, account, contest_in, open_house, settle, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "Trois jours de levain, et les drêches de la brasserie voisine."


@pytest.fixture
def place():
    """Ada's house with a contest of one vote each, two ideas by Noé, and Zoé who comes to vote."""
    ada = open_house("fr")
    noe, zoe = account("noe", "fr"), account("zoe", "fr")
    contest = contest_in(settle(ada, noe, zoe), ada, votes_each=1)
    ideas = [
        actions.submit_idea(contest=contest, author=noe, title=title, body=STORY, language="fr")
        for title in ("Un pain aux drêches", "Une brioche au miel")
    ]
    work()
    return SimpleNamespace(ada=ada, noe=noe, zoe=zoe, contest=contest, ideas=ideas)


@pytest.fixture
def zoe(walk, place):
    walker = walk("fr")
    walker.sign_in("zoe@example.org", PASSWORD)
    return walker


def test_a_full_ballot_says_how_to_free_a_vote(zoe, place) -> None:
    zoe.go(place.ideas[0].get_absolute_url())
    zoe.press("Support this idea")
    zoe.page.locator("#vote button[aria-pressed=true]").wait_for()
    zoe.go(place.ideas[1].get_absolute_url())
    zoe.page.locator("#vote form button").click(force=True)
    zoe.sees("Take one back to give it to this idea.", "#vote .errors")
    zoe.shot("refusal-ballot-full")
    zoe.accessible()
    assert list(Vote.objects.values_list("idea", flat=True)) == [place.ideas[0].pk]


def test_an_idea_sent_after_closing_is_kept_as_a_draft(zoe, place) -> None:
    zoe.go(f"{place.contest.get_absolute_url()}new/")
    zoe.type(title="Le pain du marché", body=STORY)
    zoe.press("Go on: check it")
    close_phase_early(phase=place.contest.phases.first(), reason="Assez d’idées.", actor=place.ada)
    zoe.press("Publish my idea") if not zoe.page.locator("[name=agreed]").count() else _grant_and_publish(zoe)
    zoe.reads("Le pain du marché")
    expect(zoe.page.locator("main .error-summary")).to_be_visible()
    zoe.shot("refusal-too-late")
    assert Idea.objects.get(title="Le pain du marché").body == STORY
    zoe.go(place.contest.get_absolute_url())
    zoe.link("Le pain du marché", raw=True)
    assert zoe.page.locator("[name=body]").input_value() == STORY


def _grant_and_publish(walker) -> None:
    walker.type(agreed=True)
    walker.press("Publish my idea")


def test_what_was_typed_outlives_the_end_of_a_session(zoe, place) -> None:
    zoe.go(f"{place.contest.get_absolute_url()}new/")
    zoe.type(title="Le pain du marché", body=STORY)
    zoe.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    zoe.press("Go on: check it")
    zoe.type(login="zoe@example.org", password=PASSWORD)
    zoe.press("Sign in", exact=True)
    assert zoe.page.locator("[name=title]").input_value() == "Le pain du marché"
    assert zoe.page.locator("[name=body]").input_value() == STORY


def test_an_idea_published_in_two_tabs_is_one_idea(zoe, place) -> None:
    zoe.go(f"{place.contest.get_absolute_url()}new/")
    zoe.type(title="Le pain du marché", body=STORY)
    zoe.press("Go on: check it")
    second = zoe.page.context.new_page()
    second.goto(zoe.page.url)
    for page in (zoe.page, second):
        page.locator("[name=agreed]").check()
        page.get_by_role("button", name=zoe.say("Publish my idea")).click()
        page.wait_for_load_state()
    expect(second.locator("h1")).to_contain_text("Le pain du marché")
    assert second.url == zoe.page.url
    assert Idea.objects.filter(title="Le pain du marché").count() == 1


def test_a_button_pressed_twice_publishes_once(zoe, place) -> None:
    zoe.go(f"{place.contest.get_absolute_url()}new/")
    zoe.type(title="Le pain du marché", body=STORY)
    zoe.page.get_by_role("button", name=zoe.say("Go on: check it")).dblclick()
    zoe.title("Check and publish")
    zoe.type(agreed=True)
    zoe.page.get_by_role("button", name=zoe.say("Publish my idea")).dblclick()
    zoe.title("Le pain du marché")
    assert Idea.objects.filter(title="Le pain du marché", state=Idea.State.PUBLISHED).count() == 1


def test_two_tabs_cast_one_vote(zoe, place) -> None:
    zoe.go(place.ideas[0].get_absolute_url())
    second = zoe.page.context.new_page()
    second.goto(zoe.page.url)
    for page in (zoe.page, second):
        page.get_by_role("button", name=zoe.say("Support this idea")).click()
        page.locator("#vote button[aria-pressed=true]").wait_for()
    assert Vote.objects.filter(idea=place.ideas[0]).count() == 1


@pytest.mark.parametrize(
    "page", ["", "roles/", "house/", "contest/", "books/journal/", "royalties/", "sales/", "webhooks/"]
)
def test_the_studio_is_closed_to_members(zoe, page: str) -> None:
    zoe.go(f"/studio/{page}", status=403)
    assert zoe.page.locator("main h1").count() == 1
    assert zoe.page.locator("main p").count() >= 1
    assert zoe.page.locator("main a, main button").count() >= 1  # the way out
    assert zoe.page.locator(".rail, .desk").count() == 0


def test_too_many_wrong_passwords_get_a_page_that_says_when_to_come_back(walk, place) -> None:
    thief = walk("fr")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        thief.sign_in("zoe@example.org", "sesame-ouvre-toi")
    thief.sees("Too many sign-ins failed for this account from here.")
    thief.reads("15 minutes")
    thief.shot("refusal-locked-out")
    thief.accessible()
    thief.sign_in("zoe@example.org", PASSWORD)
    thief.sees("Too many sign-ins failed for this account from here.")

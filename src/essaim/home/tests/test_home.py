"""The front door and one's own place: signed out, signed in, empty."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.communities import actions as communities
from essaim.home import queries
from essaim.initiatives.models import Initiative
from essaim.kit import clock, passing
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.tests.acting import FREE
from essaim.mechanisms.contest.tests.conftest import house, noon  # noqa: F401
from essaim.people.models import HouseRole, Member


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def text(response):
    return unescape(response.content.decode())


@pytest.mark.django_db
def test_empty_house_says_what_comes_next(english):
    owner = Member.objects.create(email="o@example.org", handle="opener", display_name="O")
    HouseRole.objects.create(member=owner, role=HouseRole.Role.OWNER)
    assert "This house has just been built" in text(english.get("/"))
    english.force_login(owner)
    page = text(english.get("/"))
    assert "Found the first community" in page
    assert reverse("communities:found") in page


def test_visitor_sees_what_is_open_with_its_living_figure(house, english):  # noqa: F811
    contest = house.contest()
    house.idea(contest)
    answer = english.get("/")
    card = answer.context["open_cards"][0]
    assert (card.initiative, [(figure.value, figure.label) for figure in card.figures]) == (contest, [(1, "ideas")])
    page = text(answer)
    assert "No tracker, your data, your share." in page
    assert reverse("account_signup") in page


def test_at_most_three_cards(house, client):  # noqa: F811
    for n in range(4):
        house.contest(slug=f"bread-{n}")
    assert len(client.get("/").context["open_cards"]) == 3


def test_what_is_over_but_for_latecomers_is_not_called_open(house, client):  # noqa: F811
    campaign = house.contest(FREE, opened=False)
    campaign.phases.update(kind="round")
    Initiative.objects.filter(pk=campaign.pk).update(mechanism="crowdfunding", rules={}, opened_at=clock.now())
    assert [len(queries.open_now(None)), campaign.phases.update(kind="after"), queries.open_now(None)] == [1, 2, []]


def test_hidden_community_is_not_told_to_strangers(house, english):  # noqa: F811
    contest = house.contest()
    type(house.community).objects.filter(pk=house.community.pk).update(visibility="hidden")
    assert contest.title not in text(english.get("/"))
    english.force_login(house.member("inside"))
    assert contest.title in text(english.get("/"))


def test_query_count_does_not_grow_with_cards(house, client):  # noqa: F811
    house.contest(slug="bread-0")
    client.get("/")
    counts = []
    for n in (1, 2):
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        counts.append(len(seen))
        house.contest(slug=f"bread-{n}")
    # Each of at most three cards reads its own two figures.
    assert counts[1] - counts[0] == 2


def test_signed_in_greeting_shows_what_waits(house, english):  # noqa: F811
    house.contest()
    english.force_login(house.member("reader"))
    page = text(english.get("/"))
    assert "Hello, Reader" in page
    assert "One thing waits for you." in page
    assert "Vote in “Our daily bread”" in page


def test_my_place_is_for_members(client, db):
    assert client.get(reverse("my"))["Location"] == f"{reverse('account_login')}?next=/my/"


def test_my_place_gathers_what_waits_what_is_mine_and_what_i_agreed_to(house, english):  # noqa: F811
    contest, author = house.contest(), house.member("author")
    idea = house.idea(contest, author)
    actions.save_draft(contest=contest, author=author, title="Half an idea", body="")
    communities.publish_charter(
        actor=Member.objects.get(handle="theowner"), community=house.community, text="Be kind, and bake."
    )
    english.force_login(author)
    page = text(english.get(reverse("my")))
    for words in (idea.title, "Half an idea", "The charter of “Bakers” changed", "Write to me personally", "Bakers"):
        assert words in page


def test_co_author_invitation_waits_in_my_place(house, english):  # noqa: F811
    contest, author, friend = house.contest(), house.member("author"), house.member("friend")
    actions.invite_co_author(idea=house.idea(contest, author), actor=author, member=friend, share=1_000)
    english.force_login(friend)
    assert "Author invites you to co-author" in text(english.get(reverse("my")))


def test_the_front_door_is_computed_once_for_all_who_pass_by(house, settings, django_assert_num_queries):  # noqa: F811
    settings.KEEP_PAGES = 10.0
    passing.SHELF.clear()
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    first.get("/")
    with django_assert_num_queries(0):
        page = second.get("/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    wanted = {"scheme": "dark", "next": "/", "csrfmiddlewaretoken": token}
    assert second.post("/scheme/", wanted).status_code == 302
    assert first.post("/scheme/", wanted).status_code == 403
    assert 'data-scheme="dark"' in second.get("/").content.decode()
    passing.SHELF.clear()


def test_a_community_shows_what_is_open_there_and_what_was_done(house, english):  # noqa: F811
    contest = house.contest()
    house.idea(contest)
    here = contest.community.get_absolute_url()
    page = text(english.get(here))
    assert re.search(rf'<h3><a href="{contest.get_absolute_url()}">{contest.title}</a></h3>', page)
    assert "Nothing is open at the moment" not in page
    assert "Done here" not in page
    contest.phases.update(starts_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=2))
    passing.SHELF.clear()
    page = text(english.get(here))
    assert "Nothing is open at the moment" in page
    assert re.search(rf'Done here.*<a href="{contest.get_absolute_url()}">{contest.title}</a>', page, re.DOTALL)

"""From a mention into a contest: who is credited, who is asked, and what is told."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from essaim.activity.models import Activity
from essaim.connectors.webhooks.models import Endpoint, Message
from essaim.connectors.webhooks.projector import PROJECTOR as webhooks
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.listening.desk import acts
from essaim.listening.desk.tests.conftest import heard, make_source
from essaim.listening.desk.verbs import BurstSeen
from essaim.listening.models import Claim, Mention
from essaim.mechanisms.contest.models import Idea
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, House
from essaim.people.models import HouseRole, Member
from essaim.projectors.notices.models import Notice
from essaim.projectors.notices.projector import PROJECTOR as notices
from essaim.studio.listen import actions, errors
from essaim.studio.listen.models import Proposal
from essaim.studio.queue import waiting_for


@pytest.fixture
def contest(house: House, noon: Any) -> Initiative:
    return house.contest()


@pytest.fixture
def mention(house: House, noon: Any) -> Mention:
    return heard(make_source(), "You should sell the flour too.", number="s1", at=NOON - DAY)


@pytest.fixture
def marie(house: House, mention: Mention) -> Member:
    member = house.member("marie")
    Claim.objects.create(voice=mention.voice, member=member, proof="code", code="x", proved_at=NOON)
    return member


def propose(mention: Mention, contest: Initiative, actor: Member, title: str = "Flour") -> Proposal:
    return actions.propose_suggestion(
        mention_id=mention.pk, initiative=contest, actor=actor, title=title, text="Sell it by the kilo."
    )


def page(response: Any) -> str:
    return unescape(response.content.decode())


def test_an_outside_voice_is_credited_by_pseudonym(
    mention: Mention,
    contest: Initiative,
    house: House,
    client: Client,
) -> None:
    made = propose(mention, contest, house.manager)
    idea = Idea.objects.get()
    assert mention.voice is not None
    assert (made.state, made.contribution_id, idea.author.display_name) == ("taken", idea.pk, mention.voice.pseudonym)
    shown = page(client.get(idea.get_absolute_url()))
    assert mention.voice.pseudonym in shown
    assert reverse("studio_listen:heard", args=[mention.pk]) in shown
    assert client.get(reverse("studio_listen:heard", args=[mention.pk]))["Location"] == mention.url
    Mention.objects.filter(pk=mention.pk).update(gone_at=NOON)
    assert client.get(reverse("studio_listen:heard", args=[mention.pk])).status_code == 410
    with pytest.raises(errors.ProposedAlready):
        propose(mention, contest, house.manager)


def test_nobody_is_led_to_what_became_nothing(mention: Mention, client: Client) -> None:
    assert client.get(reverse("studio_listen:heard", args=[mention.pk])).status_code == 404


@pytest.mark.parametrize(
    ("answer", "state", "author"), [("name", "taken", "Marie"), ("pseudonym", "taken", ""), ("no", "declined", None)]
)
def test_a_member_is_asked_first(
    mention: Mention,
    marie: Member,
    contest: Initiative,
    house: House,
    client: Client,
    answer: str,
    state: str,
    author: str | None,
) -> None:
    made = propose(mention, contest, house.manager)
    assert (made.state, Idea.objects.count()) == ("asked", 0)
    asked = Activity.objects.get(type="suggestion.propose")
    assert (asked.target, asked.public) == (marie, False)
    client.force_login(marie)
    assert "Sell it by the kilo." in page(client.get(made.get_absolute_url()))
    assert client.post(made.get_absolute_url(), {"answer": answer}).status_code == 302
    made.refresh_from_db()
    assert made.state == state
    expected = [] if author is None else [author or mention.voice.pseudonym]  # type: ignore[union-attr]
    assert list(Idea.objects.values_list("author__display_name", flat=True)) == expected
    assert client.post(made.get_absolute_url(), {"answer": answer}).status_code == 409


def test_only_the_author_answers(
    mention: Mention,
    marie: Member,
    contest: Initiative,
    house: House,
    client: Client,
) -> None:
    made = propose(mention, contest, house.manager)
    with pytest.raises(errors.NotAsked):
        actions.answer_proposal(proposal=made, member=house.manager, agreed=True)
    client.force_login(house.member())
    assert client.get(made.get_absolute_url()).status_code == 404


def test_who_may_and_where(mention: Mention, house: House, noon: Any) -> None:
    voting = house.contest(phases=(("vote", 10), ("decide", 10)), slug="voting")
    with pytest.raises(errors.TakesNone):
        propose(mention, voting, house.manager)
    with pytest.raises(Forbidden):
        propose(mention, voting, house.member())


def test_from_the_mention_to_the_idea_by_its_pages(
    mention: Mention,
    contest: Initiative,
    house: House,
    client: Client,
) -> None:
    client.force_login(house.manager)
    client.cookies["django_language"] = "en"
    desk, here = (
        reverse("listening_desk:mention", args=[mention.pk]),
        reverse("studio_listen:idea", args=[mention.pk]),
    )
    assert here in page(client.get(desk))
    form = client.get(here)
    assert "You should sell the flour too." in page(form)
    refused = client.post(here, {"initiative": contest.pk, "title": "Flour", "text": ""})
    assert refused.status_code == 422
    given = {"initiative": contest.pk, "title": "Flour", "text": "By the kilo"}
    assert client.post(here, given)["Location"] == desk
    assert Idea.objects.get().contribution_ptr.get_absolute_url() in page(client.get(desk))
    again = client.post(here, given)
    assert again.status_code == 409
    assert "By the kilo" in page(again)


def test_what_waits_at_the_desk_is_in_the_queue(mention: Mention, house: House) -> None:
    acts.assign(mention_id=mention.pk, actor=house.manager, assignee=house.manager)
    acts.promise(mention_id=mention.pk, actor=house.manager, text="Better", due_on=NOON.date())
    with clock.at(NOON + 2 * DAY):
        waiting = {one.duty.slug: one.count for one in waiting_for(house.manager)}
    assert (waiting["promises-overdue"], waiting["mentions-mine"]) == (1, 1)


def test_a_burst_is_told_to_the_team_and_to_systems_that_asked_by_name(house: House, noon: Any) -> None:
    from django.db import transaction

    from essaim.activity.record import record

    asked = Endpoint.objects.create(url="https://ops.test/hook", owner=house.manager, events=["mention.burst"])
    Endpoint.objects.create(url="https://news.test/hook", owner=house.manager)
    moderator = house.member("mona")
    HouseRole.objects.create(member=moderator, role="moderator")
    house.member("tom")
    with transaction.atomic():
        told = record(BurstSeen("Levain", "2026-03-02", 50, 4), actor=None)
    webhooks.project(told)
    assert list(Message.objects.values_list("endpoint", flat=True)) == [asked.pk]
    notices.project(told)
    team = HouseRole.objects.filter(role__in=("owner", "manager", "moderator"))
    assert set(Notice.objects.values_list("member", flat=True)) == set(team.values_list("member", flat=True))

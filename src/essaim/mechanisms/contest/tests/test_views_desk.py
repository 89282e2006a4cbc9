"""The desk: who enters, and what is prepared, opened, answered, decided and voided there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from essaim.communities.models import Membership
from essaim.initiatives.calendar_forms import Moves
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain.rules import RoyaltyShare, thaw
from essaim.mechanisms.contest.forms.rules import rules_forms
from essaim.mechanisms.contest.models import Idea, OfficialAnswer, RungReached, SurgeAlarm, Vote
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, SMALL
from essaim.people.models import HouseRole

STAFF = ("owner", "manager", "moderator", "designer", "treasurer", "analyst")
PAGES = ("contest", "text", "rules", "calendar", "jury", "money", "ideas")
LISTS = ("desk", "unanswered", "alarms", "tests")


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def at(name, *more):
    return reverse(f"contest-studio:{name}", args=more)


def text(response):
    return unescape(response.content.decode())


def carrying(house, role):
    """A member with this role: of the house, of the community, or none."""
    person = house.member(f"the-{role}")
    if role in STAFF:
        HouseRole.objects.create(member=person, role=role)
    elif role == "host":
        Membership.objects.filter(member=person).update(role="host")
    return person


@pytest.mark.parametrize("role", [*STAFF, "host", "member"])
def test_who_reads_which_page(house, client, role):
    contest = house.contest()
    idea = house.idea(contest)
    client.force_login(carrying(house, role))
    expected = 403 if role == "member" else 200
    addresses = [at(name) for name in LISTS] + [at(name, contest.slug) for name in PAGES]
    addresses += [at("idea", contest.slug, idea.number), at("votes", contest.slug, idea.number)]
    assert {client.get(address).status_code for address in addresses} == {expected}


ACTS = {
    "halt": lambda contest, idea: (at("contest", contest.slug), {"act": "halt", "reason": "Fire"}),
    "answer": lambda contest, idea: (
        at("idea", contest.slug, idea.number), {"act": "answer", "verdict": "accepted", "body": "Yes"},
    ),
    "fund": lambda contest, idea: (at("money", contest.slug), {"amount": "10", "key": "k"}),
}  # fmt: skip
MAY = {
    "halt": {"owner", "manager", "host"},
    "answer": {"owner", "manager", "designer", "host"},
    "fund": {"owner", "treasurer"},
}


@pytest.mark.parametrize("role", [*STAFF, "host", "member"])
@pytest.mark.parametrize("act", ACTS)
def test_who_does_which_act(house, client, act, role):
    contest = house.contest()
    idea = house.idea(contest)
    before = queries.escrow(contest)
    client.force_login(carrying(house, role))
    address, data = ACTS[act](contest, idea)
    answer = client.post(address, data)
    contest.refresh_from_db()
    done = {
        "halt": contest.halted_at is not None,
        "answer": OfficialAnswer.objects.exists(),
        "fund": queries.escrow(contest) == before + 1_000,
    }[act]
    allowed = role in MAY[act]
    assert (done, answer.status_code) == (allowed, 302 if allowed else 403)


def test_visitor_signs_in_first(house, client):
    assert client.get(at("desk"))["Location"].startswith(reverse("account_login"))


def test_new_contest_from_a_preset_has_rules_and_dates(house, english):
    english.force_login(house.manager)
    data = {"preset": "ladder", "community": house.community.pk, "title": "The bread of tomorrow", "brief": "Invent."}
    answer = english.post(at("new"), data)
    contest = Initiative.objects.get(title="The bread of tomorrow")
    assert answer["Location"] == at("contest", contest.slug)
    assert [phase.kind for phase in contest.phases.all()] == ["open", "vote", "decide"]
    assert [rung.slug for rung in thaw(contest.rules).rungs] == ["potential", "chosen", "tested", "product"]
    assert [line["ok"] for line in english.get(answer["Location"]).context["checklist"]] == [True, True, False, False]


def as_typed(frozen):
    """What a browser would send of the rules' form, untouched."""
    forms, data = rules_forms(None, frozen), {}
    lists = (forms.rungs, forms.rights)
    for form in [forms.settings, *forms.rungs, *forms.rights, *(one.management_form for one in lists)]:
        for field in form:
            value = field.value()
            if value not in (None, False):
                data[field.html_name] = "on" if value is True else value
    return data


def test_rules_travel_through_the_form_unchanged(house, client):
    contest = house.contest(opened=False)
    before = thaw(contest.rules)
    client.force_login(house.manager)
    assert client.post(at("rules", contest.slug), as_typed(contest.rules)).status_code == 302
    contest.refresh_from_db()
    assert thaw(contest.rules) == before


def test_every_figure_of_the_ladder_can_be_typed(house, client):
    contest = house.contest(opened=False)
    client.force_login(house.manager)
    data = as_typed(contest.rules) | {
        "rungs-0-amount": "650,50", "rungs-1-threshold": "42", "rungs-3-share": "7,5", "rungs-3-term_months": "36",
    }  # fmt: skip
    assert client.post(at("rules", contest.slug), data).status_code == 302
    contest.refresh_from_db()
    rungs = thaw(contest.rules).rungs
    assert (rungs[0].reward.amount, rungs[1].threshold, rungs[3].reward) == (65_050, 42, RoyaltyShare(750, 36))


def test_rung_taken_out(house, client):
    contest = house.contest(opened=False)
    client.force_login(house.manager)
    client.post(at("rules", contest.slug), as_typed(contest.rules) | {"rungs-2-DELETE": "on"})
    contest.refresh_from_db()
    assert [rung.slug for rung in thaw(contest.rules).rungs] == ["potential", "chosen", "product"]


def test_rules_that_cannot_stand_are_told_in_place(house, english):
    contest = house.contest(opened=False)
    english.force_login(house.manager)
    answer = english.post(at("rules", contest.slug), as_typed(contest.rules) | {"rungs-0-amount": ""})
    assert answer.status_code == 422
    assert "Type the sum this rung pays." in text(answer)


def test_after_opening_rules_change_by_amendment_only(house, client):
    contest = house.contest()
    client.force_login(house.manager)
    data = as_typed(contest.rules) | {"rungs-1-threshold": "4"}
    assert client.post(at("rules", contest.slug), data).status_code == 422
    contest.refresh_from_db()
    assert thaw(contest.rules).rungs[1].threshold == 3
    assert client.post(at("rules", contest.slug), data | {"reason": "More people came."}).status_code == 302
    contest.refresh_from_db()
    assert (thaw(contest.rules).rungs[1].threshold, contest.amendments.get().reason) == (4, "More people came.")


def test_unfunded_contest_does_not_open_and_says_why(house, english):
    contest = house.contest(replace(SMALL, rungs=()), opened=False)
    Initiative.objects.filter(pk=contest.pk).update(rules=contest.rules | {"rungs": house_rungs()})
    english.force_login(house.manager)
    page = text(english.post(at("contest", contest.slug), {"act": "open"}, follow=True))
    contest.refresh_from_db()
    assert contest.opened_at is None
    assert "The rungs can cost up to" in page


def house_rungs():
    from essaim.mechanisms.contest.domain.rules import freeze

    return freeze(SMALL)["rungs"]


def test_opening_freezes_the_text(house, english):
    contest = house.contest(opened=False)
    english.force_login(house.manager)
    english.post(at("contest", contest.slug), {"act": "open"})
    answer = english.post(at("text", contest.slug), {"title": "Another", "summary": "", "brief": ""})
    contest.refresh_from_db()
    assert (answer.status_code, contest.title) == (422, "Our daily bread")
    assert contest.opened_at == NOON


def test_phase_extended_and_closed_early_with_a_reason(house, client):
    contest = house.contest()
    first, last = contest.phases.all()
    client.force_login(house.manager)
    longer = timezone.localtime(last.ends_at + DAY).strftime("%Y-%m-%dT%H:%M")
    extended = {"phase": last.pk, "act": "extend", "ends_at": longer, "reason": "Snow"}
    client.post(at("calendar", contest.slug), extended)
    last.refresh_from_db()
    assert (last.ends_at, last.change_reason) == (NOON + 91 * DAY, "Snow")
    with clock.at(NOON + DAY):
        client.post(
            at("calendar", contest.slug),
            {"phase": first.pk, "act": "close", "next_phase": "now", "reason": "All is said"},
        )
    first.refresh_from_db()
    last.refresh_from_db()
    assert (first.ends_at, first.change_reason) == (NOON + DAY, "All is said")
    assert (last.starts_at, last.ends_at, last.planned_start) == (NOON + DAY, NOON + 91 * DAY, NOON + 60 * DAY)
    assert client.post(at("calendar", contest.slug), {"phase": last.pk, "act": "close"}).status_code == 422


def test_phase_closed_early_may_leave_the_next_its_day(house, english):
    contest = house.contest()
    first, last = contest.phases.all()
    english.force_login(house.manager)
    with clock.at(NOON + DAY):
        page = text(english.get(at("calendar", contest.slug)))
        assert "opens at once, and ends on 31 May 2026, 14:00 as planned" in page
        assert "opens on its planned day, 1 May 2026, 14:00" in page
        kept = {"phase": first.pk, "act": "close", "next_phase": "planned", "reason": "All is said"}
        assert english.post(at("calendar", contest.slug), kept).status_code == 302
        last.refresh_from_db()
        assert (last.starts_at, last.planned_start) == (NOON + 60 * DAY, None)


def test_extending_a_phase_that_the_next_follows_directly_offers_to_move_it(house, english):
    contest = house.contest()
    first, last = contest.phases.all()
    english.force_login(house.manager)
    longer = timezone.localtime(first.ends_at + DAY).strftime("%Y-%m-%dT%H:%M")
    asked = {"phase": first.pk, "act": "extend", "ends_at": longer, "reason": "Snow"}
    kept = english.post(at("calendar", contest.slug), {**asked, "following": "keep"})
    assert kept.status_code == 422
    assert "or move the phases that follow by as much" in text(kept)
    assert f'value="{longer}"' in kept.content.decode()
    assert english.post(at("calendar", contest.slug), {**asked, "following": "move"}).status_code == 302
    first.refresh_from_db()
    last.refresh_from_db()
    assert (first.ends_at, last.starts_at, last.ends_at) == (NOON + 61 * DAY, NOON + 61 * DAY, NOON + 91 * DAY)
    page = strip_tags(text(english.get(reverse("initiatives:amendments", args=[contest.slug]))))
    assert "First planned from 1 May 2026, 14:00. First planned until 31 May 2026, 14:00. Moved because: Snow" in page


@pytest.mark.parametrize(("gap", "checked"), [(0, "move"), (1, "keep")])
def test_what_follows_moves_by_default_where_it_must(house, gap, checked):
    first, last = house.contest().phases.all()
    last.starts_at += gap * DAY
    assert Moves(first, [first, last], None).extend["following"].initial == checked
    assert "following" not in Moves(last, [first, last], None).extend.fields


def test_moved_phases_tell_their_first_dates(house, english):
    contest = house.contest()
    english.force_login(house.manager)
    with clock.at(NOON + DAY):
        first = contest.phases.first()
        close = {"phase": first.pk, "act": "close", "next_phase": "now", "reason": "All is said"}
        english.post(at("calendar", contest.slug), close)
        for address in (
            at("calendar", contest.slug),
            reverse("contest:rules", args=[contest.slug]),
            reverse("initiatives:amendments", args=[contest.slug]),
        ):
            page = strip_tags(text(english.get(address)))
            assert "First planned until 1 May 2026, 14:00. Moved because: All is said" in page
            assert "First planned from 1 May 2026, 14:00. Moved because: All is said" in page


def test_same_funding_form_sent_twice_funds_once(house, client):
    contest = house.contest()
    before = queries.escrow(contest)
    client.force_login(house.treasurer)
    for _ in range(2):
        client.post(at("money", contest.slug), {"amount": "25", "key": "one-form"})
    assert queries.escrow(contest) == before + 2_500


def test_idea_climbs_to_a_product_from_the_desk(house, client):
    juror, testers = house.member("juror"), house.members(5)
    contest = house.contest(jury=(juror,))
    idea = house.idea(contest)
    actions.score_idea(idea=idea, juror=juror, score=80)
    client.force_login(house.manager)
    desk = at("idea", contest.slug, idea.number)
    client.post(desk, {"act": "decide", "rung": "potential"})
    for voter in house.members(3):
        actions.cast_vote(idea=idea, voter=voter)
    client.post(desk, {"act": "test", "panel": ", ".join(f"@{tester.handle}" for tester in testers)})
    test = idea.tests.get()
    for tester in testers:
        actions.score_test(test=test, member=tester, score=75)
    assert client.get(at("tests")).context["lines"][0]["passes"] is True
    client.post(desk, {"act": "end_test", "test": test.pk})
    client.post(desk, {"act": "launch", "name": "Rye of the mill"})
    reached = RungReached.objects.filter(idea=idea).values_list("rung", "amount")
    assert list(reached) == [("potential", 50_000), ("chosen", 150_000), ("tested", 0), ("product", 0)]


def test_merge_from_the_desk(house, client):
    contest = house.contest()
    kept, merged = house.idea(contest, title="Rye loaf"), house.idea(contest, title="Rye bread")
    client.force_login(house.manager)
    client.post(at("idea", contest.slug, merged.number), {"act": "merge", "kept": kept.pk, "carried": "25"})
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert sorted(kept.authorships.values_list("share", flat=True)) == [2_500, 7_500]


def test_votes_voided_with_a_reason_only(house, english):
    contest = house.contest()
    idea = house.idea(contest)
    vote = actions.cast_vote(idea=idea, voter=house.member("voter"))
    english.force_login(house.manager)
    page = at("votes", contest.slug, idea.number)
    refused = english.post(page, {"vote": vote.pk, "reason": ""})
    assert refused.status_code == 422
    assert refused.context["chosen"] == {str(vote.pk)}
    english.post(page, {"vote": vote.pk, "reason": "Bought accounts."})
    assert Vote.objects.get().voiding.reason == "Bought accounts."


def test_alarm_settled_with_what_was_found(house, client):
    contest = house.contest()
    alarm = SurgeAlarm.objects.create(idea=house.idea(contest), hour=NOON, arrivals=12, usual=0, deviations=8)
    client.force_login(house.manager)
    assert client.post(at("alarms"), {"alarm": alarm.pk, "note": ""}).status_code == 200
    client.post(at("alarms"), {"alarm": alarm.pk, "note": "A school class."})
    alarm.refresh_from_db()
    assert (alarm.note, alarm.settled_by) == ("A school class.", house.manager)


def test_count_sealed_once_voting_is_over(house, client):
    contest = house.contest()
    client.force_login(house.manager)
    client.post(at("contest", contest.slug), {"act": "seal"})
    assert queries.box_of(contest).sealed_at is None
    with clock.at(NOON + timedelta(days=61)):
        client.post(at("contest", contest.slug), {"act": "seal"})
    assert queries.box_of(contest).sealed_at == NOON + timedelta(days=61)


@pytest.mark.parametrize("name", ["ideas", "unanswered"])
def test_query_count_does_not_grow_with_ideas(house, client, name):
    contest = house.contest()
    client.force_login(house.manager)
    address = at(name, contest.slug) if name == "ideas" else at(name)
    house.idea(contest)
    client.get(address)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
        house.idea(contest, title="Oat")
        house.idea(contest, title="Spelt")
    assert counts[0] == counts[1]
    assert Idea.objects.count() == 5


@pytest.mark.parametrize(
    ("role", "answers", "merges"),
    [("manager", True, True), ("designer", True, False), ("treasurer", False, False), ("analyst", False, False)],
)
def test_desk_offers_what_the_role_may_do(house, english, role, answers, merges):
    contest = house.contest()
    idea, _other = house.idea(contest), house.idea(contest)
    person = house.member("somebody")
    HouseRole.objects.create(member=person, role=role)
    english.force_login(person)

    page = text(english.get(at("idea", contest.slug, idea.number)))

    assert ("Publish the answer" in page, "Put it into another idea" in page) == (answers, merges)
    assert ("The house has not answered yet." in page) is not answers
    sent = {"act": "answer", "verdict": "accepted", "body": "Yes."}
    status = english.post(at("idea", contest.slug, idea.number), sent).status_code
    assert status == (302 if answers else 403)

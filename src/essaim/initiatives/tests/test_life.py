"""Drafted, scheduled, opened, amended, halted, resumed: who may, what is written, what is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from essaim.communities.models import Community
from essaim.initiatives import actions, domain, queries
from essaim.initiatives.domain import PlannedPhase, Stage
from essaim.initiatives.models import Amendment, Initiative
from essaim.initiatives.tests.conftest import DAY, NOON, People, plan
from essaim.initiatives.tests.parley import say
from essaim.initiatives.tests.told import last
from essaim.kit import clock
from essaim.kit.errors import Refusal


def test_draft_lays_rules_over_the_preset(people: People, village: Community, noon: datetime) -> None:
    made = actions.draft_initiative(
        actor=people.manager,
        community=village,
        mechanism_slug="parley",
        preset_slug="short",
        title="  About bread ",
        rules={"topic": "rye"},
    )
    assert (made.slug, made.title, made.rules) == ("about-bread", "About bread", {"words": 10, "topic": "rye"})
    assert (made.opened_at, made.frozen_at, made.rules_version) == (None, None, 1)
    assert last() == {
        "type": "initiative.draft",
        "verb": "Create",
        "actor": people.manager.pk,
        "object_id": made.pk,
        "payload": {"mechanism": "parley", "preset": "short"},
        "public": False,
    }


def test_draft_finds_a_free_address_but_refuses_a_taken_one(people: People, draft: Initiative) -> None:
    again = actions.draft_initiative(
        actor=people.host, community=draft.community, mechanism_slug="parley", title="About bread", rules={"words": 3}
    )
    assert again.slug == "about-bread-2"
    with pytest.raises(domain.SlugTaken):
        actions.draft_initiative(
            actor=people.host,
            community=draft.community,
            mechanism_slug="parley",
            title="Other",
            slug="about-bread",
            rules={"words": 3},
        )


def test_draft_refuses_rules_the_form_does_not_accept(people: People, village: Community) -> None:
    with pytest.raises(domain.RulesNotValid, match="words"):
        actions.draft_initiative(
            actor=people.host, community=village, mechanism_slug="parley", title="X", rules={"words": 0}
        )
    assert Initiative.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "may"),
    [("host", True), ("manager", True), ("ada", False), ("designer", False), ("passer", False)],
)
def test_only_hosts_and_managers_run_it(people: People, draft: Initiative, role: str, may: bool) -> None:
    actor = getattr(people, role)
    if may:
        actions.change_draft(initiative=draft, actor=actor, title="About rye")
        draft.refresh_from_db()
        assert draft.title == "About rye"
    else:
        with pytest.raises(domain.NotRunningHere):
            actions.change_draft(initiative=draft, actor=actor, title="About rye")


@pytest.mark.parametrize(
    ("phases", "refusal"),
    [
        ([], domain.NoPhase),
        ([PlannedPhase("dance", NOON, NOON + DAY)], domain.UnknownPhase),
        ([PlannedPhase("talk", NOON, NOON)], domain.PhasesOverlap),
        ([PlannedPhase("talk", NOON, NOON + DAY), PlannedPhase("think", NOON, NOON + DAY)], domain.PhasesOverlap),
    ],
)
def test_schedule_refuses(
    people: People, draft: Initiative, phases: list[PlannedPhase], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        actions.schedule(initiative=draft, phases=phases, actor=people.host)
    assert draft.phases.count() == 0


def test_schedule_replaces_the_calendar(people: People, draft: Initiative) -> None:
    actions.schedule(initiative=draft, phases=plan(), actor=people.host)
    actions.schedule(initiative=draft, phases=plan(NOON + DAY)[:1], actor=people.host)
    rows = draft.phases.values_list("kind", "position", "starts_at", "ends_at")
    assert list(rows) == [("talk", 0, NOON + DAY, NOON + 8 * DAY)]


def test_opening_freezes(people: People, opened: Initiative) -> None:
    assert (opened.opened_at, opened.frozen_at) == (NOON, NOON)
    assert last() == {
        "type": "initiative.open",
        "verb": "Announce",
        "actor": people.host.pk,
        "object_id": opened.pk,
        "payload": {"mechanism": "parley", "rules_version": 1},
        "public": True,
    }
    for act in (
        lambda: actions.open_initiative(initiative=opened, actor=people.host),
        lambda: actions.schedule(initiative=opened, phases=plan(), actor=people.host),
        lambda: actions.change_draft(initiative=opened, actor=people.host, title="Else"),
    ):
        with pytest.raises(domain.AlreadyOpen):
            act()


def test_opening_needs_a_calendar_not_over(people: People, draft: Initiative, noon: datetime) -> None:
    with pytest.raises(domain.NoPhase):
        actions.open_initiative(initiative=draft, actor=people.host)
    actions.schedule(initiative=draft, phases=plan(NOON - 30 * DAY), actor=people.host)
    with pytest.raises(domain.ScheduleOver):
        actions.open_initiative(initiative=draft, actor=people.host)


@pytest.mark.parametrize(
    ("days", "stage", "kind"),
    [
        (-1, Stage.ANNOUNCED, None),
        (0, Stage.RUNNING, "talk"),
        (6.999, Stage.RUNNING, "talk"),
        (7, Stage.BETWEEN, None),
        (8, Stage.RUNNING, "think"),
        (14, Stage.CLOSED, None),
    ],
)
def test_the_stage_is_read_from_the_dates(opened: Initiative, days: float, stage: Stage, kind: str | None) -> None:
    with clock.at(NOON + days * DAY):
        phase = queries.open_phase(opened)
        assert (queries.stage(opened), phase and phase.kind) == (stage, kind)


def test_a_draft_has_no_open_phase(people: People, draft: Initiative, noon: datetime) -> None:
    actions.schedule(initiative=draft, phases=plan(), actor=people.host)
    assert (queries.stage(draft), queries.open_phase(draft)) == (Stage.DRAFT, None)


def test_amending_is_public_and_keeps_both_versions(people: People, opened: Initiative) -> None:
    amendment = actions.amend_rules(
        initiative=opened, rules={"words": 20}, reason=" Ten was too few. ", actor=people.host
    )
    opened.refresh_from_db()
    assert (opened.rules, opened.rules_version) == ({"words": 20, "topic": ""}, 2)
    assert queries.changes(amendment) == [("words", 10, 20)]
    assert last() == {
        "type": "rules.amend",
        "verb": "Update",
        "actor": people.host.pk,
        "object_id": opened.pk,
        "payload": {"version": 2, "reason": "Ten was too few."},
        "public": True,
    }


@pytest.mark.parametrize(
    ("rules", "reason", "refusal"),
    [
        ({"words": 10}, "why not", domain.NothingAmended),
        ({"words": 20}, "  ", domain.ReasonMissing),
        ({"words": 0}, "why not", domain.RulesNotValid),
    ],
)
def test_amending_refuses(
    people: People, opened: Initiative, rules: dict[str, Any], reason: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        actions.amend_rules(initiative=opened, rules=rules, reason=reason, actor=people.host)
    assert Amendment.objects.count() == 0


@pytest.mark.parametrize(
    "change", [{"rules": {"words": 99}}, {"rules_version": 2}, {"frozen_at": None}, {"opened_at": None}], ids=str
)
def test_the_database_keeps_frozen_rules(opened: Initiative, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=r"frozen|is open"), transaction.atomic():
        Initiative.objects.filter(pk=opened.pk).update(**change)


def test_the_database_wants_the_amendment_that_says_so(people: People, opened: Initiative) -> None:
    Amendment.objects.create(
        initiative=opened,
        version=2,
        reason="a lie",
        rules_before=opened.rules,
        rules_after={"words": 11, "topic": ""},
        author=people.host,
    )
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Initiative.objects.filter(pk=opened.pk).update(rules={"words": 99}, rules_version=2)


def test_amendments_are_never_rewritten(people: People, opened: Initiative) -> None:
    actions.amend_rules(initiative=opened, rules={"words": 20}, reason="r", actor=people.host)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Amendment.objects.update(reason="nicer")


def test_halting_stops_every_act_until_it_resumes(people: People, opened: Initiative) -> None:
    with pytest.raises(domain.ReasonMissing):
        actions.halt(initiative=opened, reason="", actor=people.manager)
    actions.halt(initiative=opened, reason="A flood of votes.", actor=people.manager)
    assert (last()["type"], last()["payload"], last()["public"]) == (
        "initiative.halt",
        {"reason": "A flood of votes."},
        True,
    )
    with pytest.raises(domain.InitiativeHalted):
        say(initiative=opened, author=people.ada, title="Hello")
    with pytest.raises(domain.AlreadyHalted):
        actions.halt(initiative=opened, reason="again", actor=people.manager)
    actions.resume(initiative=opened, reason="Checked.", actor=people.manager)
    say(initiative=opened, author=people.ada, title="Hello")
    with pytest.raises(domain.NotHalted):
        actions.resume(initiative=opened, reason="again", actor=people.manager)

"""An open calendar: phases extended, put off, closed early; the clock takes note of each once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from essaim.communities.models import Community
from essaim.initiatives import actions, domain, queries
from essaim.initiatives.models import Initiative
from essaim.initiatives.tests.conftest import DAY, NOON, People, plan
from essaim.initiatives.tests.parley import TURNED, say
from essaim.initiatives.tests.told import activities, last
from essaim.kit import clock


def test_extending_is_public_and_remembers_the_plan(people: People, opened: Initiative) -> None:
    talk = opened.phases.get(kind="talk")
    longer = actions.extend_phase(phase=talk, ends_at=NOON + 7.5 * DAY, reason="Holidays.", actor=people.host)
    assert (longer.ends_at, longer.planned_end, longer.change_reason, longer.changed_by) == (
        NOON + 7.5 * DAY,
        NOON + 7 * DAY,
        "Holidays.",
        people.host,
    )
    assert (last()["type"], last()["payload"]["reason"]) == ("phase.extend", "Holidays.")
    with pytest.raises(domain.NotExtended):
        actions.extend_phase(phase=talk, ends_at=NOON + 7 * DAY, reason="r", actor=people.host)
    with pytest.raises(domain.NextPhaseInTheWay):
        actions.extend_phase(phase=talk, ends_at=NOON + 9 * DAY, reason="r", actor=people.host)
    with clock.at(NOON + 8 * DAY), pytest.raises(domain.PhaseOver):
        actions.extend_phase(phase=talk, ends_at=NOON + 9 * DAY, reason="r", actor=people.host)


def test_extending_may_put_off_what_follows_by_as_much(people: People, opened: Initiative) -> None:
    talk, think = opened.phases.all()
    written = len(activities())
    actions.extend_phase(
        phase=talk, ends_at=NOON + 10 * DAY, reason="Holidays.", actor=people.host, move_following=True
    )
    talk.refresh_from_db()
    think.refresh_from_db()
    assert (talk.starts_at, talk.ends_at, talk.planned_end) == (NOON, NOON + 10 * DAY, NOON + 7 * DAY)
    assert (think.starts_at, think.ends_at) == (NOON + 11 * DAY, NOON + 17 * DAY)
    assert (think.planned_start, think.planned_end) == (NOON + 8 * DAY, NOON + 14 * DAY)
    assert (think.change_reason, think.changed_by) == ("Holidays.", people.host)
    assert activities()[written:] == ["phase.extend", "phase.move"]
    assert (last()["payload"], last()["public"]) == (
        {
            "phase": "think",
            "phase_name": "Think",
            "planned_start": (NOON + 8 * DAY).isoformat(),
            "starts_at": (NOON + 11 * DAY).isoformat(),
            "reason": "Holidays.",
        },
        True,
    )


def test_what_was_put_off_twice_still_tells_its_first_dates(people: People, opened: Initiative) -> None:
    talk, think = opened.phases.all()
    for days in (10, 11):
        actions.extend_phase(
            phase=talk, ends_at=NOON + days * DAY, reason="Snow.", actor=people.host, move_following=True
        )
    think.refresh_from_db()
    assert (think.starts_at, think.planned_start) == (NOON + 12 * DAY, NOON + 8 * DAY)
    assert (think.ends_at, think.planned_end) == (NOON + 18 * DAY, NOON + 14 * DAY)


def test_closing_early_ends_the_phase_now(people: People, opened: Initiative) -> None:
    talk, think = opened.phases.all()
    with clock.at(NOON + 2 * DAY):
        actions.close_phase_early(phase=talk, reason="Everyone spoke.", actor=people.host, open_next=False)
        assert queries.open_phase(opened) is None
        with pytest.raises(domain.PhaseShut):
            say(initiative=opened, author=people.ada, title="Too late")
        with pytest.raises(domain.PhaseOver):
            actions.close_phase_early(phase=talk, reason="again", actor=people.host)
        with pytest.raises(domain.PhaseNotBegun):
            actions.close_phase_early(phase=think, reason="r", actor=people.host)
    talk.refresh_from_db()
    think.refresh_from_db()
    assert (talk.ends_at, talk.planned_end) == (NOON + 2 * DAY, NOON + 7 * DAY)
    assert (think.starts_at, think.planned_start, think.change_reason) == (NOON + 8 * DAY, None, "")


def test_closing_early_opens_the_next_phase_at_once_in_public(people: People, opened: Initiative) -> None:
    talk, think = opened.phases.all()
    actions.turn_phases()
    written = len(activities())
    with clock.at(NOON + 2 * DAY):
        actions.close_phase_early(phase=talk, reason="Everyone spoke.", actor=people.host)
        assert queries.open_phase(opened) == think
        assert (last()["type"], last()["payload"]) == (
            "phase.advance",
            {
                "phase": "think",
                "phase_name": "Think",
                "planned_start": (NOON + 8 * DAY).isoformat(),
                "reason": "Everyone spoke.",
            },
        )
        assert [actions.turn_phases(), actions.turn_phases()] == [2, 0]
    think.refresh_from_db()
    assert (think.starts_at, think.ends_at, think.planned_start, think.planned_end) == (
        NOON + 2 * DAY,
        NOON + 14 * DAY,
        NOON + 8 * DAY,
        None,
    )
    assert (think.change_reason, think.changed_by) == ("Everyone spoke.", people.host)
    assert activities()[written:] == ["phase.close", "phase.advance", "phase.end", "phase.begin"]


def test_closing_the_last_phase_early_opens_nothing(people: People, opened: Initiative) -> None:
    think = opened.phases.get(kind="think")
    with clock.at(NOON + 9 * DAY):
        actions.close_phase_early(phase=think, reason="All is thought.", actor=people.host)
    assert last()["type"] == "phase.close"


def test_the_clock_takes_note_once_of_each_turn(opened: Initiative) -> None:
    written = len(activities())
    assert [actions.turn_phases(), actions.turn_phases()] == [1, 0]
    with clock.at(NOON + 9 * DAY):
        assert [actions.turn_phases(), actions.turn_phases()] == [2, 0]
    with clock.at(NOON + 20 * DAY):
        assert [actions.turn_phases(), actions.turn_phases()] == [1, 0]
    assert TURNED == [("start", "talk"), ("end", "talk"), ("start", "think"), ("end", "think")]
    turns = ["phase.begin", "phase.end", "phase.begin", "phase.end", "initiative.close"]
    assert activities()[written:] == turns
    opened.refresh_from_db()
    assert opened.closed_at == NOON + 20 * DAY


def test_a_halted_initiative_does_not_turn(people: People, opened: Initiative) -> None:
    actions.halt(initiative=opened, reason="r", actor=people.host)
    with clock.at(NOON + 9 * DAY):
        assert actions.turn_phases() == 0
        actions.resume(initiative=opened, reason="r", actor=people.host)
        assert actions.turn_phases() == 3


def test_a_hook_that_fails_is_tried_again_and_stops_no_other(
    people: People, village: Community, opened: Initiative, caplog: pytest.LogCaptureFixture
) -> None:
    other = actions.draft_initiative(
        actor=people.host, community=village, mechanism_slug="parley", title="A stumble", rules={"words": 3}
    )
    actions.schedule(initiative=other, phases=plan(), actor=people.host)
    actions.open_initiative(initiative=other, actor=people.host)
    with clock.at(NOON + 7 * DAY):
        assert actions.turn_phases() == 2
        assert "could not turn" in caplog.text
        assert list(other.phases.values_list("begun_at", "ended_at")) == [(None, None), (None, None)]
        Initiative.objects.filter(pk=other.pk).update(title="Steady")
        assert actions.turn_phases() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clocks_turn_a_phase_once(opened: Initiative) -> None:
    barrier = threading.Barrier(2)

    def turn() -> None:
        with clock.at(NOON + 20 * DAY):
            barrier.wait()
            actions.turn_phases()
        connection.close()

    threads = [threading.Thread(target=turn) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(TURNED) == [("end", "talk"), ("end", "think"), ("start", "talk"), ("start", "think")]
    assert activities().count("phase.end") == 2
    assert activities().count("initiative.close") == 1

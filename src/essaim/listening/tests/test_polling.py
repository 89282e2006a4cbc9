"""Visits: what they store, what they do after a failure, and that one cut short goes on from where it stood."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.listening import jobs, kinds, polling
from essaim.listening.kinds import Asked, Batch, SourceKind
from essaim.listening.models import Mention, Run, Source
from essaim.listening.post import Author, Post, Refused
from essaim.listening.sources import refusals
from essaim.listening.sources.refusals import AskedTooOften, PageGone, PageMissing
from essaim.people.models import Member

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
Read = Callable[[Asked], Iterator[Batch]]


def make_post(number: int) -> Post:
    return Post("test", f"{number}", Author("ada"), f"Post {number}", NOON - timedelta(minutes=number))


def shelf(asked: Asked, most: int = 10) -> Iterator[Batch]:
    """Two posts at a time, from the cursor on."""
    for start in range(asked.cursor.get("next", 0), most, 2):
        posts = [make_post(start), make_post(start + 1)]
        yield Batch(posts, {"next": start + 2}, [Refused(f"entry {start}", "no date")], total=most)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[Read], None]:
    """Put a connector of the test's own in its place."""

    def put(read: Read) -> None:
        kind = SourceKind("test", "Test", "", "feed", "Address", "", "", "", 3_600_000, read)
        monkeypatch.setitem(kinds._sources, "test", kind)

    return put


@pytest.fixture
def source(db: None) -> Source:
    owner = Member.objects.create_user(email="o@example.org", handle="olga", display_name="Olga", language="en")
    return Source.objects.create(kind="test", name="Shelf", address="shelf", created_by=owner, next_run_at=NOON)


def fails(refusal: BaseException) -> Read:
    def read(asked: Asked) -> Iterator[Batch]:
        raise refusal
        yield

    return read


def test_a_visit_stores_and_counts(source: Source, reading: Any) -> None:
    reading(shelf)
    with clock.at(NOON):
        run = polling.visit(source)
    assert run is not None
    source.refresh_from_db()
    assert (run.read, run.added, run.refusals, run.total, run.error) == (10, 10, 5, 10, None)
    assert run.refused[0] == ["entry 0", "no date"]
    assert (source.cursor, source.mentions, source.failures) == ({"next": 10}, 10, 0)
    assert (source.last_run_at, source.last_success_at) == (NOON, NOON)
    assert timedelta(minutes=54) <= source.next_run_at - NOON <= timedelta(minutes=66)
    with clock.at(NOON + timedelta(hours=2)):
        again = polling.visit(source)
    assert again is not None
    assert (again.read, Mention.objects.count()) == (0, 10)


def test_failures_wait_longer_and_longer_and_one_success_forgets_them(source: Source, reading: Any) -> None:
    reading(fails(PageMissing(host="example.org", status=404)))
    now, pauses = NOON, []
    for _ in range(6):
        with clock.at(now):
            polling.visit(source)
        source.refresh_from_db()
        pauses.append((source.next_run_at - now) / timedelta(hours=1))
        now = source.next_run_at
    assert [round(pause / 2**step, 0) for step, pause in enumerate(pauses[:5])] == [1] * 5
    assert 21 < pauses[5] <= 26.5
    assert (source.failures, source.failing_since, source.state) == (6, NOON, "active")
    told = polling.told(source.last_error)
    assert isinstance(told, Exception)
    assert "404" in str(told.cause)
    reading(shelf)
    with clock.at(now):
        polling.visit(source)
    source.refresh_from_db()
    assert (source.failures, source.failing_since, source.last_error) == (0, None, None)


def test_the_same_failure_waits_the_same_time_each_time(source: Source) -> None:
    source.failures = 3
    assert polling.pause_after(source) == polling.pause_after(source)
    assert polling.usual_pause(source) == polling.usual_pause(source)


def test_after_two_weeks_of_failures_it_is_dead_since_the_first(source: Source, reading: Any) -> None:
    reading(fails(PageMissing(host="example.org", status=404)))
    now = NOON
    while now < NOON + timedelta(days=20) and source.state == "active":
        with clock.at(now):
            polling.visit(source)
        source.refresh_from_db()
        now = source.next_run_at or now
    assert (source.state, source.failing_since, source.next_run_at) == ("dead", NOON, None)
    assert timedelta(days=14) <= source.last_run_at - NOON < timedelta(days=15, hours=12)
    told = Activity.objects.get(type="source.die")
    assert (told.public, told.target, told.actor) == (False, source.created_by, None)
    assert polling.visit(source) is None


def test_what_is_gone_for_good_is_dead_at_once(source: Source, reading: Any) -> None:
    reading(fails(PageGone(host="example.org", status=410)))
    with clock.at(NOON):
        polling.visit(source)
    source.refresh_from_db()
    assert (source.state, source.failing_since) == ("dead", NOON)


def test_to_be_asked_to_wait_is_no_failure(source: Source, reading: Any) -> None:
    wait = AskedTooOften(host="example.org", status=429, minutes=120)
    wait.until = NOON + timedelta(hours=2)
    reading(fails(wait))
    with clock.at(NOON):
        run = polling.visit(source)
    source.refresh_from_db()
    assert (source.failures, source.last_error, source.state) == (0, None, "active")
    assert timedelta(0) <= source.next_run_at - wait.until <= timedelta(seconds=30)
    assert run is not None
    assert "429" in str(polling.told(run.error))


def test_a_connector_at_fault_stays_with_its_source(source: Source, reading: Any) -> None:
    reading(fails(ZeroDivisionError("secret detail")))
    with clock.at(NOON):
        run = polling.visit(source)
    assert run is not None
    assert run.error["figures"] == {"fault": "ZeroDivisionError"}
    assert run.ended_at == NOON


def test_a_kind_that_was_taken_out_of_the_house(source: Source) -> None:
    polling.visit(source)
    source.refresh_from_db()
    assert (source.failures, source.last_error["figures"]) == (1, {"kind": "test"})


def test_a_visit_cut_short_keeps_what_it_stored_and_goes_on(source: Source, reading: Any) -> None:
    def breaks(asked: Asked) -> Iterator[Batch]:
        for batch in shelf(asked):
            if batch.cursor["next"] > 4 and not asked.cursor:
                raise KeyboardInterrupt
            yield batch

    reading(breaks)
    with pytest.raises(KeyboardInterrupt), clock.at(NOON):
        polling.visit(source)
    source.refresh_from_db()
    assert (source.cursor, source.mentions, source.next_run_at) == ({"next": 4}, 4, NOON + polling.LEASE)
    with clock.at(NOON + polling.LEASE):
        run = polling.visit(source)
    assert run is not None
    assert (run.read, run.added, Mention.objects.count()) == (6, 6, 10)
    first = source.runs.last()
    assert (first.read, first.ended_at, first.error["key"]) == (4, run.started_at, refusals.CutShort.cause)


KILLED = """
import django, sys
django.setup()
from essaim.listening import kinds, polling
from essaim.listening.models import Source
from essaim.listening.tests.test_polling import shelf
from essaim.listening.kinds import SourceKind

def read(asked):
    for batch in shelf(asked):
        if batch.cursor["next"] > 6:
            print("here", flush=True)
            sys.stdin.read()
        yield batch

kinds._sources["test"] = SourceKind("test", "Test", "", "feed", "Address", "", "", "", 1000, read)
polling.visit(Source.objects.get())
"""


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(source: Source, reading: Any) -> None:
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    environment = {
        **os.environ,
        "DATABASE_URL": url if not database["PASSWORD"] else url.replace("@", f":{database['PASSWORD']}@", 1),
        "DJANGO_SETTINGS_MODULE": "essaim.config.settings",
        "PYTHONPATH": "src",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdout is not None
    assert worker.stdin is not None
    assert worker.stdout.readline() == b"here\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    worker.stdin.close()
    source.refresh_from_db()
    assert (source.cursor, Mention.objects.count()) == ({"next": 6}, 6)
    reading(shelf)
    run = polling.visit(source)
    assert run is not None
    assert (run.read, run.added, Mention.objects.count()) == (4, 4, 10)
    assert list(Run.objects.filter(ended_at=None)) == []


def test_a_pause_ends_the_visit_with_the_part_under_way(source: Source, reading: Any) -> None:
    def paused(asked: Asked) -> Iterator[Batch]:
        for batch in shelf(asked):
            Source.objects.update(state="paused", next_run_at=None)
            yield batch

    reading(paused)
    run = polling.visit(source)
    source.refresh_from_db()
    assert run is not None
    assert (run.read, source.cursor, source.state, source.next_run_at) == (2, {"next": 2}, "paused", None)


def test_a_backfill_has_its_own_cursor_and_goes_on_after_a_rest(source: Source, reading: Any) -> None:
    asked_for: list[tuple[Any, Any]] = []

    def rests(asked: Asked) -> Iterator[Batch]:
        asked_for.append((dict(asked.cursor), asked.since))
        for batch in shelf(asked):
            rest = 60.0 if batch.cursor["next"] == 4 else None
            yield Batch(batch.posts, batch.cursor, batch.refused, batch.total, rest)

    reading(rests)
    since = NOON - timedelta(days=9)
    source.cursor = {"next": 8}
    source.backfill = {"since": since.isoformat(), "cursor": {}}
    source.save()
    with clock.at(NOON):
        polling.visit(source, backfill=True)
        source.refresh_from_db()
        assert source.backfill["at"] == (NOON + timedelta(seconds=60)).isoformat()
        jobs.call_due(NOON)
        assert waiting_jobs() == [{"pk": source.pk, "backfill": False}]
    with clock.at(NOON + timedelta(seconds=61)):
        run = polling.visit(source, backfill=True)
    source.refresh_from_db()
    assert asked_for == [({}, since), ({"next": 4}, since)]
    assert run is not None
    assert (run.purpose, run.read, source.backfill, source.cursor) == ("backfill", 6, None, {"next": 8})
    assert polling.visit(source, backfill=True) is None


def waiting_jobs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'listening.visit' ORDER BY id")
        return [json.loads(args) if isinstance(args, str) else args for (args,) in cursor.fetchall()]


def test_each_source_that_is_due_gets_one_job(source: Source) -> None:
    Source.objects.create(kind="test", name="Later", address="b", next_run_at=NOON + timedelta(hours=1))
    Source.objects.create(kind="test", name="Paused", address="c", next_run_at=NOON, state="paused")
    Source.objects.create(kind="test", name="Removed", address="d", next_run_at=NOON, removed_at=NOON)
    Source.objects.create(kind="test", name="Told", address="e", next_run_at=None)
    assert jobs.call_due(NOON) == 1
    jobs.call_due(NOON)
    assert waiting_jobs() == [{"pk": source.pk, "backfill": False}]

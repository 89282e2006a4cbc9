"""Deliveries: each exactly once, in order, failures kept and tried again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import AbortReason
from procrastinate.jobs import Job

from essaim.activity import jobs, outbox
from essaim.activity.models import Activity, Delivery
from essaim.activity.outbox import NotReplayable, drain, drain_all, rebuild, retry_delay, retry_now
from essaim.activity.projection import Projector
from essaim.activity.record import prepared, record, record_all
from essaim.activity.tests.fixtures import HUMMED, Hummed, Said, ignore
from essaim.kit import clock
from essaim.people.models import Member

Listen = Callable[[Projector], Projector]


def hum(member: Member, *tunes: str) -> list[Activity]:
    return record_all([prepared(Hummed(tune), actor=member) for tune in tunes])


class Heard:
    """A projector that remembers what it was given, in order."""

    def __init__(self) -> None:
        self.tunes: list[str] = []

    def project(self, activity: Activity) -> None:
        self.tunes.append(activity.payload["tune"])
        if activity.payload["tune"] == "false":
            raise ValueError("out of tune")

    @property
    def projector(self) -> Projector:
        return Projector("heard", self.project, self.tunes.clear, listens=frozenset({HUMMED.slug}))


def test_drain_delivers_in_order_and_forgets(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    hum(ada, *map(str, range(outbox.BATCH + 5)))
    seen: list[int] = []
    assert drain("heard", on_progress=seen.append) == outbox.BATCH + 5
    assert heard.tunes == [str(n) for n in range(outbox.BATCH + 5)]
    assert seen == [outbox.BATCH, 5]
    assert (Delivery.objects.count(), drain("heard")) == (0, 0)


def test_order_is_that_of_the_stream_even_when_clocks_differ(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    record_all(
        [
            prepared(Hummed("first"), actor=ada, at=clock.now()),
            prepared(Hummed("second"), actor=ada, at=clock.now() - timedelta(days=1)),
        ]
    )
    drain("heard")
    assert heard.tunes == ["first", "second"]


def test_a_failure_is_kept_on_its_row_and_stops_nothing_else(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    hum(ada, "do", "false", "mi")
    with clock.at(clock.now()):
        assert drain("heard") == 2
        due = clock.now() + outbox.FIRST_RETRY
    assert heard.tunes == ["do", "false", "mi"]
    kept = Delivery.objects.get()
    assert (kept.attempts, kept.error, kept.due_at) == (1, "ValueError: out of tune", due)
    assert outbox.failures() == [kept]
    assert drain("heard") == 0
    assert heard.tunes == ["do", "false", "mi"]


def test_a_batch_is_handed_over_at_once_and_one_by_one_when_something_in_it_fails(
    ada: Member, listening: Listen
) -> None:
    alone, batches = Heard(), []

    def many(activities: Sequence[Activity]) -> None:
        tunes = [activity.payload["tune"] for activity in activities]
        batches.append(tunes)
        Member.objects.filter(pk=ada.pk).update(bio="half done")
        if "false" in tunes:
            raise ValueError("out of tune")

    listening(replace(alone.projector, project_many=many))
    hum(ada, "do", "re")
    assert (drain("heard"), batches, alone.tunes) == (2, [["do", "re"]], [])
    Member.objects.filter(pk=ada.pk).update(bio="")
    hum(ada, "mi", "false")
    assert (drain("heard"), alone.tunes) == (1, ["mi", "false"])
    ada.refresh_from_db()
    assert (ada.bio, Delivery.objects.get().error) == ("", "ValueError: out of tune")


def test_what_a_failing_projector_wrote_is_undone(ada: Member, listening: Listen) -> None:
    def write_then_fail(activity: Activity) -> None:
        Member.objects.filter(pk=activity.actor_id).update(bio="half done")
        raise ValueError

    listening(Projector("half", write_then_fail, lambda: None))
    hum(ada, "do")
    drain("half")
    ada.refresh_from_db()
    assert ada.bio == ""


def test_a_failure_is_tried_again_later_and_later(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    hum(ada, "false")
    moment = clock.now()
    for attempt in range(1, 4):
        with clock.at(moment):
            drain("heard")
        kept = Delivery.objects.get()
        assert (kept.attempts, kept.due_at - moment) == (attempt, retry_delay(attempt))
        moment = kept.due_at
    assert [retry_delay(n).total_seconds() for n in (1, 2, 3, 12, 99)] == [10, 20, 40, 20480, 21600]


def test_retry_now_makes_failures_due(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    hum(ada, "false")
    drain("heard")
    assert retry_now("heard") == 1
    drain("heard")
    assert heard.tunes == ["false", "false"]


def test_drain_all_serves_every_projector(ada: Member, listening: Listen) -> None:
    listening(Projector("one", ignore, lambda: None))
    listening(Projector("two", ignore, lambda: None))
    hum(ada, "do", "re")
    assert drain_all() == 4


def test_rebuild_sends_the_whole_stream_again(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    record(Said("not listened to"), actor=ada)
    hum(ada, "do", "re")
    drain("heard")
    hum(ada, "mi")
    assert rebuild("heard") == 3
    assert heard.tunes == []
    assert drain("heard") == 3
    assert heard.tunes == ["do", "re", "mi"]


def test_rebuild_refuses_what_acts_outside(db: None, listening: Listen) -> None:
    listening(Projector("mail", ignore, lambda: None, replayable=False))
    with pytest.raises(NotReplayable, match="mail"):
        rebuild("mail")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_deliver_the_same(ada: Member, listening: Listen) -> None:
    barrier = threading.Barrier(2)

    def count(activity: Activity) -> None:
        Member.objects.filter(pk=ada.pk).update(birth_year=F("birth_year") + 1)
        seen.append((threading.get_ident(), activity.pk))

    seen: list[tuple[int, int]] = []
    Member.objects.filter(pk=ada.pk).update(birth_year=0)
    listening(Projector("count", count, lambda: None))
    with transaction.atomic():
        activities = hum(ada, *map(str, range(1_000)))

    def work() -> None:
        barrier.wait()
        try:
            drain("count")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(pk for _, pk in seen) == [activity.pk for activity in activities]
    assert len({ident for ident, _ in seen}) == 2
    ada.refresh_from_db()
    assert (ada.birth_year, Delivery.objects.count()) == (1_000, 0)


@contextmanager
def reading() -> Iterator[list[str]]:
    """The statements sent meanwhile, to the job tables included."""
    statements: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


@pytest.mark.django_db(transaction=True)
def test_the_bell_defers_one_job_and_then_costs_one_read() -> None:
    outbox.ring()
    waiting = ProcrastinateJob.objects.order_by("id").values_list("task_name", "queueing_lock", "lock", "args")
    expected = [("activity.deliver", "activity.deliver", "activity.deliver", {})]
    assert list(waiting) == expected
    with reading() as statements:
        outbox.ring()
    assert len(statements) == 1
    assert list(waiting) == expected


@pytest.mark.django_db(transaction=True)
def test_a_bell_that_comes_second_is_swallowed() -> None:
    jobs.defer_delivery()
    jobs.defer_delivery()
    assert ProcrastinateJob.objects.count() == 1


def test_projectors_take_turns_batch_by_batch(ada: Member, listening: Listen) -> None:
    turns: list[tuple[str, int]] = []
    for name in ("one", "two"):
        note = lambda batch, name=name: turns.append((name, len(batch)))  # noqa: E731
        listening(Projector(name, ignore, lambda: None, project_many=note))
    hum(ada, *map(str, range(outbox.BATCH + 5)))
    assert outbox.deliver() == 2 * (outbox.BATCH + 5)
    assert turns == [("one", outbox.BATCH), ("two", outbox.BATCH), ("one", 5), ("two", 5)]
    assert Delivery.objects.count() == 0


def test_a_projector_that_breaks_altogether_does_not_stop_the_others(ada: Member, listening: Listen) -> None:
    listening(Projector("broken", ignore, lambda: None, reads=("nothing",)))
    heard = Heard()
    listening(heard.projector)
    hum(ada, "do")
    with pytest.raises(ExceptionGroup) as told:
        outbox.deliver()
    assert [type(error) for error in told.value.exceptions] == [AttributeError]
    assert (heard.tunes, Delivery.objects.get().projector) == (["do"], "broken")


@pytest.mark.django_db(transaction=True)
def test_committing_an_act_rings_and_the_worker_delivers(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    with transaction.atomic():
        hum(ada, "do")
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert heard.tunes == ["do"]
    assert Delivery.objects.count() == 0


def test_the_job_goes_on_until_a_moment_was_quiet(
    ada: Member, listening: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard()
    listening(heard.projector)
    hum(ada, "do")
    later = iter(("re", None))

    def meanwhile(seconds: float) -> None:
        assert seconds == jobs.BREATH
        if tune := next(later):
            hum(ada, tune)

    monkeypatch.setattr(jobs, "sleep", meanwhile)
    jobs.deliver(context(stops=False))
    assert (heard.tunes, list(later)) == (["do", "re"], [])


def test_a_worker_that_stops_does_not_wait_until_people_rest(
    ada: Member, listening: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard()
    listening(heard.projector)
    hum(ada, "do")
    monkeypatch.setattr(jobs, "sleep", lambda seconds: pytest.fail("it waits for more"))
    jobs.deliver(context(stops=True))
    assert heard.tunes == ["do"]


def context(*, stops: bool) -> JobContext:
    """A job as a worker gives it, told to stop or not."""
    job = Job(id=1, queue="project", lock=None, queueing_lock=None, task_name=jobs.BELL)
    reason = AbortReason.SHUTDOWN if stops else None
    return JobContext(start_timestamp=0.0, app=app, job=job, worker_name="here", abort_reason=lambda: reason)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_rings_for_what_was_left(ada: Member, listening: Listen) -> None:
    heard = Heard()
    listening(heard.projector)
    with transaction.atomic():
        hum(ada, "do")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    jobs.sweep(timestamp=0)
    assert list(ProcrastinateJob.objects.values_list("task_name", flat=True)) == ["activity.deliver"]
    drain("heard")
    ProcrastinateJob.objects.all()._raw_delete("default")
    jobs.sweep(timestamp=1)
    assert not ProcrastinateJob.objects.exists()

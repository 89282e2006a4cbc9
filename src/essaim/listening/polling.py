"""One visit to one source: what it brings is stored part by part, and what goes wrong stays with this source."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.listening.intake.taking import folded, take_folded
from essaim.listening.kinds import Asked, SourceKind, source_kind
from essaim.listening.models import Run, Source
from essaim.listening.sources.refusals import ConnectorAtFault, CutShort, HostWaits, KindMissing
from essaim.listening.sources.verbs import SourceDied
from essaim.listening.web import Polite

LEASE = timedelta(minutes=30)
"""A visit whose worker was killed is due again after this."""
LONGEST_PAUSE = timedelta(days=1)
DEAD_AFTER, DEAD_TRIES = timedelta(days=14), 5
BATCH = 1000
Purpose = Run.Purpose
logger = logging.getLogger(__name__)


def visit(source: Source, *, now: datetime | None = None, backfill: bool = False) -> Run | None:
    """Ask a source what is new, or go on with what lies before. Nothing is raised: the run says how it went.

    Each part is stored in one transaction with the cursor that leads to the next, so a visit cut short goes on from
    there. None when there is nothing to do: it was paused or removed meanwhile.
    """
    now = now or clock.now()
    run = _begin(source.pk, now, backfill)
    if run is None:
        return None
    try:
        whole = _read(run, now, backfill)
    except HostWaits as wait:
        _postpone(run, wait)
    except Refusal as refusal:
        _fail(run, refusal)
    except Exception as error:  # whatever a connector does wrong stays with its source
        logger.exception("The connector of source %s failed", run.source_id)
        _fail(run, ConnectorAtFault(fault=type(error).__name__))
    else:
        _succeed(run, whole)
    return run


@transaction.atomic
def _begin(pk: int, now: datetime, backfill: bool) -> Run | None:
    """Open the run. One that is still open was cut short: visits of a source never overlap."""
    source = Source.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if source is None or not is_listened(source) or (backfill and source.backfill is None):
        return None
    source.runs.filter(ended_at=None).exclude(purpose=Purpose.IMPORT).update(ended_at=now, error=written(CutShort()))
    if backfill:
        source.backfill = {key: value for key, value in (source.backfill or {}).items() if key != "at"}
    else:
        source.next_run_at, source.last_run_at = now + LEASE, now
    source.save(update_fields=["backfill", "next_run_at", "last_run_at"])
    purpose = Purpose.BACKFILL if backfill else Purpose.VISIT
    return Run.objects.create(source=source, purpose=purpose, started_at=now)


def is_listened(source: Source) -> bool:
    return source.state == Source.State.ACTIVE and source.removed_at is None


def _read(run: Run, now: datetime, backfill: bool) -> bool:
    """Whether all was read; else it was paused, or the platform asks for a rest."""
    source = run.source
    try:
        kind = source_kind(source.kind)
    except KeyError as error:
        raise KindMissing(kind=source.kind) from error
    for batch in kind.read(asked(kind, source, now=now, backfill=backfill)):
        if not _store(run, batch, backfill):
            return False
        if batch.wait is not None and backfill:
            _rest(source, batch.wait)
            return False
    return True


def asked(kind: SourceKind, source: Source, *, now: datetime, backfill: bool = False, client: Any = None) -> Asked:
    """What the connector is told. A backfill has a cursor of its own: visits go on beside it."""
    under_way = source.backfill or {}
    since = datetime.fromisoformat(under_way["since"]) if backfill and under_way.get("since") else None
    return Asked(
        source.address,
        source.options,
        under_way.get("cursor", {}) if backfill else source.cursor,
        client or Polite(per_hour=kind.per_hour, heed_robots=kind.heed_robots),
        now,
        since,
        backfill,
    )


def _store(run: Run, batch: Any, backfill: bool) -> bool:
    """Store a part; the cursor moves with its last posts. False when the source was paused meanwhile."""
    parts = folded(chain(batch.posts, batch.refused), BATCH)
    part, following = next(parts, None), next(parts, None)
    while part is not None and following is not None:
        take_folded([part], source=run.source, run=run)
        part, following = following, next(parts, None)

    def move() -> None:
        if batch.total is not None:
            run.total = batch.total
            run.save(update_fields=["total"])
        _move_cursor(run.source, batch.cursor, backfill)

    if part is not None:
        take_folded([part], source=run.source, run=run, on_batch=move)
    else:
        with transaction.atomic():
            move()
    run.source.refresh_from_db(fields=["state", "removed_at", "backfill"])
    return is_listened(run.source) and (not backfill or run.source.backfill is not None)


def _move_cursor(source: Source, cursor: Any, backfill: bool) -> None:
    locked = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if not backfill:
        locked.cursor = source.cursor = dict(cursor)
        locked.save(update_fields=["cursor"])
    elif locked.backfill is not None:
        locked.backfill = source.backfill = {**locked.backfill, "cursor": dict(cursor)}
        locked.save(update_fields=["backfill"])


@transaction.atomic
def _rest(source: Source, seconds: float) -> None:
    """The platform asks for a pause in the middle of a backfill."""
    locked = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if locked.backfill is not None:
        locked.backfill = {**locked.backfill, "at": (clock.now() + timedelta(seconds=seconds)).isoformat()}
        locked.save(update_fields=["backfill"])
    source.backfill = locked.backfill


@transaction.atomic
def _succeed(run: Run, whole: bool) -> None:
    now = clock.now()
    source = _locked(run)
    if run.purpose == Purpose.VISIT and is_listened(source):
        source.next_run_at = now + usual_pause(source)
    elif run.purpose == Purpose.BACKFILL and whole:
        source.backfill = None
    source.failures, source.failing_since, source.last_error = 0, None, None
    source.last_success_at = now
    source.save()
    _end(run, now)


@transaction.atomic
def _postpone(run: Run, wait: HostWaits) -> None:
    """The host is left alone for now: no failure, only later."""
    now = clock.now()
    source = _locked(run)
    later = max(wait.until or now, now + timedelta(seconds=5))
    if run.purpose == Purpose.BACKFILL and source.backfill is not None:
        source.backfill = {**source.backfill, "at": later.isoformat()}
    elif run.purpose == Purpose.VISIT:
        source.next_run_at = later + timedelta(seconds=Random(f"{run.pk}").uniform(0, 30))
    source.save()
    _end(run, now, wait)


@transaction.atomic
def _fail(run: Run, refusal: Refusal) -> None:
    """Note why, and when to try again: each time twice as long, up to a day; dead after two weeks of it."""
    now = clock.now()
    source = _locked(run)
    source.failures = min(source.failures + 1, 30_000)
    source.failing_since = source.failing_since or run.started_at
    source.last_error = written(refusal)
    later = max(now + pause_after(source), getattr(refusal, "until", None) or now)
    if run.purpose == Purpose.BACKFILL and source.backfill is not None:
        source.backfill = {**source.backfill, "at": later.isoformat()}
    else:
        source.next_run_at = later
    if is_hopeless(source, refusal, now):
        source.state, source.next_run_at, source.backfill = Source.State.DEAD, None, None
        record(SourceDied(source.name), actor=None, object=source, target=source.created_by)
    source.save()
    _end(run, now, refusal)


def is_hopeless(source: Source, refusal: Refusal, now: datetime) -> bool:
    """Gone for good, or nothing but failures for two weeks."""
    if getattr(refusal, "forever", False):
        return True
    begun = source.failing_since
    return begun is not None and now - begun >= DEAD_AFTER and source.failures >= DEAD_TRIES


def usual_pause(source: Source) -> timedelta:
    """A tenth more or less than wished, always the same for one source and moment, so that not all come at once."""
    spread = Random(f"{source.pk}:{source.last_run_at}").uniform(0.9, 1.1)
    return timedelta(minutes=source.every_minutes) * spread


def pause_after(source: Source) -> timedelta:
    """How long to wait after the n-th failure in a row (n ≥ 1)."""
    usual = timedelta(minutes=max(source.every_minutes, 1))
    doubled: timedelta = min(usual * 2 ** min(source.failures - 1, 20), max(LONGEST_PAUSE, usual))
    return doubled * Random(f"{source.pk}:{source.failures}").uniform(0.9, 1.1)


def _locked(run: Run) -> Source:
    run.source = Source.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=run.source_id)
    return run.source


def _end(run: Run, now: datetime, refusal: Refusal | None = None) -> None:
    run.ended_at, run.error = now, written(refusal) if refusal else None
    run.save(update_fields=["ended_at", "error"])


def written(refusal: Refusal) -> dict[str, Any]:
    """A refusal as kept in a row: told later, in the language of whoever reads it."""
    figures = {key: value if isinstance(value, int | float) else str(value) for key, value in refusal.facts.items()}
    return {"key": str(refusal.cause.message), "remedy": str(refusal.remedy.message), "figures": figures}


def told(error: dict[str, Any] | None) -> Refusal | None:
    """The refusal back: `.cause` and `.remedy` in the reader's language."""
    if not error:
        return None
    if "text" in error:
        return Refusal(error["text"].replace("%", "%%"), "")
    return Refusal(error["key"], error.get("remedy") or " ", **error.get("figures", {}))

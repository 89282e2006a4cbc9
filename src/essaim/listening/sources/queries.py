"""What the desk shows of sources: how each is doing, in words, and what one would bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.listening import polling
from essaim.listening.kinds import Asked, SourceKind, source_kind
from essaim.listening.models import Run, Source
from essaim.listening.post import Post, Refused
from essaim.listening.web import Polite

State = Source.State
PREVIEWED = 5


@dataclass(frozen=True)
class Health:
    """`word` is one of new, listening, told, failing, dead, paused, done; `since` when it began to be so."""

    word: str
    tone: str
    since: datetime | None = None
    error: Refusal | None = None


@dataclass(frozen=True)
class Preview:
    """What a visit would bring: its first posts, newest as they came."""

    posts: list[Post]
    refused: list[Refused]
    total: int


def listed(wanted: str = "") -> QuerySet[Source]:
    """Sources that are not removed; those in trouble first. `wanted` is a state, or `failing`."""
    found = Source.objects.filter(removed_at=None).exclude(state=State.DONE).select_related("community")
    if wanted == "failing":
        found = found.filter(state=State.ACTIVE, failures__gt=0)
    elif wanted in State.values:
        found = found.filter(state=wanted)
    trouble = Case(
        When(state=State.DEAD, then=Value(0)),
        When(failures__gt=0, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(trouble, "name", "pk")


def count_by_state() -> dict[str, int]:
    """How many are in each state, and how many of those listened to are failing."""
    rows = list(Source.objects.filter(removed_at=None).exclude(state=State.DONE).values_list("state", "failures"))
    counts = {state: sum(1 for found, _ in rows if found == state) for state in State.values}
    counts["failing"] = sum(1 for found, failures in rows if found == State.ACTIVE and failures)
    return counts | {"all": len(rows)}


def health(source: Source) -> Health:
    error = polling.told(source.last_error)
    if source.state == State.DEAD:
        return Health("dead", "bad", source.failing_since, error)
    if source.state == State.PAUSED:
        return Health("paused", "", source.last_run_at, error)
    if source.state == State.DONE:
        return Health("done", "", source.last_run_at)
    if source.failures:
        return Health("failing", "warn", source.failing_since, error)
    kind = kind_of(source)
    if kind is not None and kind.pushed:
        return Health("told", "good", source.last_success_at)
    if source.last_success_at is None:
        return Health("new", "", source.created_at)
    return Health("listening", "good", source.last_success_at)


def kind_of(source: Source) -> SourceKind | None:
    """None when its connector was taken out of the house."""
    try:
        return source_kind(source.kind)
    except KeyError:
        return None


def running(source: Source) -> Run | None:
    """The visit or backfill under way; else the last of a backfill that rests between two parts."""
    under_way = Q(ended_at=None)
    if source.backfill is not None:
        under_way |= Q(purpose=Run.Purpose.BACKFILL)
    return source.runs.filter(under_way).first()


def preview(kind: SourceKind, address: str, options: dict[str, Any]) -> Preview:
    """The first posts of a first visit, nothing stored. Raises a Refusal when it would fail."""
    client = Polite(kind.per_hour, patience=8.0, deadline=15.0, heed_robots=kind.heed_robots)
    batch = next(iter(kind.read(Asked(address, options, {}, client, clock.now()))), None)
    if batch is None:
        return Preview([], [], 0)
    posts = list(islice(batch.posts, 1000))
    return Preview(posts[:PREVIEWED], list(islice(batch.refused, PREVIEWED)), batch.total or len(posts))

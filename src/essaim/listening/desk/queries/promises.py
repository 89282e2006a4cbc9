"""Promises that wait, and how the house keeps its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from essaim.kit import clock
from essaim.listening.desk import domain
from essaim.listening.desk.models import Promise


def overdue() -> QuerySet[Promise]:
    """Their day has passed and nothing was told of them."""
    return Promise.objects.filter(outcome="", due_on__lt=timezone.localdate(clock.now()))


def due(within: timedelta) -> QuerySet[Promise]:
    """Nothing was told of them, and their day has passed or comes within that time."""
    return Promise.objects.filter(outcome="", due_on__lte=timezone.localdate(clock.now() + within))


@dataclass(frozen=True)
class Record:
    """How many promises had which outcome. `in_time` is the share kept in time of all that came to their end:
    told of, or overdue."""

    open: int
    overdue: int
    kept: int
    late: int
    broken: int
    in_time: domain.Share | None


def record_of() -> Record:
    today = timezone.localdate(clock.now())
    told = {name: Count("pk", filter=Q(outcome=name)) for name in ("kept", "late", "broken")}
    counts = Promise.objects.order_by().aggregate(
        open=Count("pk", filter=Q(outcome="", due_on__gte=today)),
        overdue=Count("pk", filter=Q(outcome="", due_on__lt=today)),
        **told,
    )
    ended = sum(counts[name] for name in ("overdue", "kept", "late", "broken"))
    return Record(**counts, in_time=domain.share(counts["kept"], ended))

"""What is done about royalties: choose the schedule, close a period, announce statements, release what is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from essaim.activity.record import record
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.ledger import entries
from essaim.ledger.post import post
from essaim.people.models import Member
from essaim.products.models import Product
from essaim.projectors.royalties import domain, queries, verbs
from essaim.projectors.royalties.domain import PeriodStillRuns
from essaim.projectors.royalties.models import Schedule, Step
from essaim.projectors.royalties.policy import decides_royalties
from essaim.projectors.royalties.projector import one_at_a_time


@transaction.atomic
def choose_schedule(*, months: int, hold_days: int, valid_from: date, actor: Member) -> Schedule:
    """Set how often royalties are stated (1 or 3 months) and held, from the first day of a quarter to come."""
    one_at_a_time()
    allow(decides_royalties, actor)
    chosen = domain.Schedule(valid_from, months, hold_days)
    domain.check_schedule(chosen, timezone.localdate(clock.now()))
    schedule, _new = Schedule.objects.get_or_create(
        valid_from=valid_from, defaults={"months": months, "hold_days": hold_days, "decided_by": actor}
    )
    if (schedule.months, schedule.hold_days) != (months, hold_days):
        raise domain.ScheduleStartsBadly(day=valid_from)
    record(verbs.ScheduleChosen(months, hold_days, valid_from.isoformat()), actor=actor)
    return schedule


@transaction.atomic
def close_period(*, product: Product, period: domain.Period, actor: Member | None = None) -> None:
    """Have the ended period stated on the sales known by now. Later arrivals state what they change.

    Without an actor it is the house's own calendar that closes it.
    """
    product = Product.objects.select_for_update(no_key=True, of=("self",)).get(pk=product.pk)
    if actor is not None:
        allow(decides_royalties, actor)
    if timezone.localdate(clock.now()) <= period.last:
        raise PeriodStillRuns(period=period.label, last=period.last)
    if (product, period) not in queries.unstated_periods(timezone.localdate(clock.now())):
        return
    closed = verbs.PeriodClosed(product.name, period.label, period.first.isoformat(), period.last.isoformat())
    record(closed, actor=actor, object=product, community=product.community)


def close_ended_periods() -> int:
    """Close every ended period that has sales nothing has stated; how many there were."""
    ended = queries.unstated_periods(timezone.localdate(clock.now()))
    for product, period in ended:
        close_period(product=product, period=period)
    return len(ended)


def keep_calendar() -> None:
    """Close what has ended, tell what is stated, release what is due; each is done once however often it runs."""
    close_ended_periods()
    announce_statements()
    release_due()


@transaction.atomic
def announce_statements() -> int:
    """Tell each holder once of each statement; how many were told."""
    one_at_a_time()
    waiting = list(queries.undone(Step.Kind.ANNOUNCED).select_related("product", "holder").order_by("pk"))
    for statement in waiting:
        Step.objects.create(statement_key=statement.key, kind=Step.Kind.ANNOUNCED)
        told = verbs.StatementIssued(
            statement.product.name, statement.label, statement.key, statement.owed, statement.unit
        )
        record(told, actor=None, object=statement.product, target=statement.holder)
    return len(waiting)


def release_due() -> int:
    """Move what is due from held to the holders' balances; how many statements were released."""
    products = Product.objects.filter(pk__in=queries.releasable(clock.now()).values("product")).order_by("pk")
    return sum(_release_product(product) for product in products)


@transaction.atomic
def _release_product(product: Product) -> int:
    """Release what is due of one product, unless something that came before the due date is still to be drawn.

    Under the product's lock nothing older can be recorded any more, so a correction that was in time is
    always drawn before the money it takes leaves what is held.
    """
    product = Product.objects.select_for_update(no_key=True, of=("self",)).get(pk=product.pk)
    one_at_a_time()
    now = clock.now()
    if queries.awaits_points(product, now):
        return 0
    due = queries.with_left(queries.releasable(now).filter(product=product))
    released = list(due.select_related("product", "holder").order_by("pk"))
    for statement in released:
        _release(statement)
    return len(released)


def _release(statement: Any) -> None:
    gone = statement.holder.erased_at is not None  # what was held for him was given up when he left
    amount: int = 0 if gone else statement.left
    Step.objects.create(statement_key=statement.key, kind=Step.Kind.RELEASED, amount=amount)
    if amount == 0:
        return
    memo = _("Royalties of “%(product)s” for %(period)s, released") % {
        "product": statement.product.name,
        "period": statement.label,
    }
    entry = entries.release(
        statement.holder_id,
        key=f"{statement.key}:release",
        amount=amount,
        unit=statement.unit,
        memo=memo[:300],
        evidence=statement.product.get_absolute_url(),
    )
    told = verbs.RoyaltiesReleased(statement.product.name, statement.label, statement.key, amount, statement.unit)
    activity = record(told, actor=None, object=statement.product, target=statement.holder)
    post(entry, activity)

"""The two sides of a reconciliation, from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from essaim.ledger.models import Payout, Posting, ProviderEvent, ProviderLine
from essaim.ledger.providers import provider
from essaim.ledger.reconciliation.domain import Line, Report, reconcile
from essaim.ledger.reconciliation.entries import FEE, TRANSFER

MARGIN = timedelta(days=5)
"""A movement and its entry may fall on different days; pairs are looked for this far outside the period."""


def report(*, slug: str, unit: str, since: date, until: date) -> Report:
    """The provider's statement beside the books, from `since` to before `until`, by days of the house's time zone."""
    start, end = day_start(since) - MARGIN, day_start(until) + MARGIN
    return reconcile(told(slug, unit, start, end), written(slug, unit, start, end), since, until)


def told(slug: str, unit: str, start: datetime, end: datetime) -> Iterator[Line]:
    """What the provider's statement says, fees apart from what they were taken of."""
    rows = ProviderLine.objects.filter(provider=slug, unit=unit, at__gte=start, at__lt=end)
    for row in rows.order_by("at", "id").iterator(5_000):
        day = timezone.localdate(row.at)
        cost = row.fee - (row.amount if row.kind == "fee" else 0)
        if row.kind == "transfer":
            yield Line(day, row.line_id, TRANSFER, row.amount)
        elif row.kind != "fee":
            yield Line(day, row.reference, row.kind, row.amount)
        if cost:
            yield Line(day, row.line_id, FEE, -cost)


def written(slug: str, unit: str, start: datetime, end: datetime) -> Iterator[Line]:
    """What the books hold of the provider's word, on the day on which it happened there."""
    account = f"house:{provider(slug).account}:{unit}"
    happened = _keys(slug, start, end)
    for keys in _chunks(list(happened), 5_000):
        postings = Posting.objects.filter(account__code=account, entry__key__in=keys)
        columns = ("entry__key", "entry__kind", "entry__evidence", "amount")
        for key, kind, evidence, amount in postings.order_by("id").values_list(*columns):
            at, reference = happened[key]
            yield Line(timezone.localdate(at), reference or evidence.removeprefix(f"{slug} "), kind, amount)


Happened = dict[str, tuple[datetime, str]]
"""By the entry's key: when what it tells happened there, and which reference it bears (empty: its evidence says)."""


def _keys(slug: str, start: datetime, end: datetime) -> Happened:
    """The keys under which entries of that time stand."""
    events = ProviderEvent.objects.filter(provider=slug, occurred_at__gte=start, occurred_at__lt=end)
    rows = list(events.values_list("id", "event_id", "type", "reference", "occurred_at"))
    keys: Happened = {f"{slug}:{name}": (at, "") for _pk, name, _type, _reference, at in rows}
    lines = ProviderLine.objects.filter(provider=slug, at__gte=start, at__lt=end)
    for name, at in lines.values_list("line_id", "at"):
        keys |= {f"{slug}:fee:{name}": (at, ""), f"{slug}:transfer:{name}": (at, "")}
    return keys | _payout_keys(
        slug, [(pk, of, at) for pk, _name, type_, of, at in rows if type_.startswith("payout.")]
    )


def _payout_keys(slug: str, told: list[tuple[int, str, datetime]]) -> Happened:
    """Payouts stand under keys of their own; what was told against an earlier word bears the number of that event."""
    references = {reference for _pk, reference, _at in told}
    payouts = Payout.objects.filter(provider=slug, reference__in=references)
    keys: Happened = {}
    for payout in payouts:
        name, ref = f"payout:{payout.pk}", payout.reference or ""
        for step, at in (("settled", payout.settled_at), ("returned", payout.failed_at)):
            if at is not None:
                keys[f"{name}:{step}"] = (at, ref)
        for pk, reference, at in told:
            if reference == ref:
                keys |= {f"{name}:settled-{pk}": (at, ref), f"{name}:returned-{pk}": (at, ref)}
    return keys


def _chunks(keys: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def day_start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

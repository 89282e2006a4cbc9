"""The two sides of a reconciliation, from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from essaim.ledger.models import Posting, ProviderEvent, ProviderLine
from essaim.ledger.providers import provider
from essaim.ledger.reconciliation.domain import Line, Report, reconcile
from essaim.ledger.reconciliation.entries import FEE, TRANSFER

MARGIN = timedelta(days=5)
"""A movement and its entry may fall on different days; pairs are looked for this far outside the period."""


def report(*, slug: str, unit: str, since: date, until: date) -> Report:
    """The provider's statement beside the books, from `since` to before `until`, by days of the house's time zone."""
    start, end = _moment(since) - MARGIN, _moment(until) + MARGIN
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
    """What the books hold of the provider's word: by the day on which it happened there."""
    source = provider(slug)
    postings = _postings(slug, f"house:{source.account}:{unit}", start, end)
    happened = _moments(slug, postings)
    for key, kind, evidence, at, amount in postings:
        day = timezone.localdate(happened.get(key.removeprefix(f"{slug}:"), at))
        yield Line(day, evidence.removeprefix(f"{slug} "), kind, amount)


Written = tuple[str, str, str, datetime, int]


def _postings(slug: str, account: str, start: datetime, end: datetime) -> list[Written]:
    found: QuerySet[Posting] = Posting.objects.filter(
        account__code=account, entry__key__startswith=f"{slug}:", entry__at__gte=start, entry__at__lt=end
    )
    columns = ("entry__key", "entry__kind", "entry__evidence", "entry__at", "amount")
    return list(found.order_by("id").values_list(*columns))


def _moments(slug: str, postings: list[Written]) -> dict[str, datetime]:
    """When the events behind these entries happened, or the lines behind fees and transfers."""
    names = [key.removeprefix(f"{slug}:") for key, *_rest in postings]
    events = ProviderEvent.objects.filter(provider=slug, event_id__in=names)
    moments = dict(events.values_list("event_id", "occurred_at"))
    lines = {name.split(":", 1)[1]: name for name in names if name.startswith(("fee:", "transfer:"))}
    rows = ProviderLine.objects.filter(provider=slug, line_id__in=list(lines))
    for line_id, at in rows.values_list("line_id", "at"):
        moments |= {f"fee:{line_id}": at, f"transfer:{line_id}": at}
    return moments


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

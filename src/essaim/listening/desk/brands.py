"""Brands found in what was heard: at intake, and again from the start when their words change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from re import Pattern
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from essaim.listening.desk import domain, rollup
from essaim.listening.desk.models import Brand, BrandMention
from essaim.listening.models import Mention

AT_ONCE = 5_000
COLUMNS = ("pk", "published_at", "source_id", "voice_id", "title", "text", "tags")
Row = tuple[Any, ...]


def match_new(numbers: Sequence[int]) -> None:
    """Look for every brand in mentions that have just come in, and mark their days. Twice is once."""
    if not numbers:
        return
    mentions = Mention.objects.filter(**_numbered(numbers)).order_by()
    followed = [(brand, pattern) for brand in _followed() if (pattern := domain.pattern(brand.words))]
    found = _read(mentions) if followed else []
    days = mentions.values_list(TruncDate("published_at", tzinfo=rollup.zone()), flat=True).distinct()
    with transaction.atomic():
        for brand, pattern in followed:
            _write(brand, _named(found, pattern))
        rollup.mark_days(days)


def _numbered(numbers: Sequence[int]) -> dict[str, Any]:
    """A batch has a run of numbers: one search in the table of each month, not one for each number."""
    first, last = min(numbers), max(numbers)
    return {"pk__range": (first, last)} if last - first + 1 == len(set(numbers)) else {"pk__in": numbers}


def _followed() -> Iterable[Brand]:
    return Brand.objects.filter(retired_at=None)


def forget(numbers: Sequence[int]) -> None:
    """Words changed: what was found in the old ones no longer counts."""
    BrandMention.objects.filter(mention_id__in=list(numbers)).delete()


def match_again() -> None:
    """Finish the search for every brand whose words changed; a run cut short goes on from its last batch."""
    for brand in Brand.objects.filter(matched_to__isnull=False):
        while _match_batch(brand.pk):
            pass


@transaction.atomic
def _match_batch(pk: int) -> bool:
    """The next mentions by number: what was found under the old words goes, what the new ones find comes."""
    brand = Brand.objects.select_for_update(no_key=True).filter(pk=pk, matched_to__isnull=False).first()
    if brand is None:
        return False
    after = brand.matched_to or 0
    rows = _read(Mention.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    last = rows[-1][0][0] if rows else None
    old = BrandMention.objects.filter(brand=brand, mention_id__gt=after)
    old = old if last is None else old.filter(mention_id__lte=last)
    moments: set[datetime] = set(old.values_list("published_at", flat=True))
    old.delete()
    pattern = domain.pattern(brand.words)
    found = _named(rows, pattern) if pattern is not None else []
    _write(brand, found)
    rollup.mark(moments | {row[1] for row in found})
    brand.matched_to = last
    brand.save(update_fields=["matched_to"])
    return last is not None


def _read(mentions: QuerySet[Mention]) -> list[tuple[Row, str]]:
    """Each row, and what was said in it as brands are looked for: prepared once, whatever their number."""
    return [(row, domain.word_of(_said(row))) for row in mentions.values_list(*COLUMNS)]


def _named(rows: Iterable[tuple[Row, str]], pattern: Pattern[str]) -> list[Row]:
    return [row for row, said in rows if pattern.search(said)]


def _said(row: Row) -> str:
    """All in which a name may stand: title, text, and tags with their mark."""
    return " ".join((row[4], row[5], *(f"#{tag}" for tag in row[6])))


def _write(brand: Brand, rows: Iterable[Row]) -> None:
    BrandMention.objects.bulk_create(
        (
            BrandMention(brand=brand, mention_id=row[0], published_at=row[1], source_id=row[2], voice_id=row[3])
            for row in rows
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )

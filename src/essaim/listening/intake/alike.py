"""Mentions that say nearly what another said within the week before: copies, spam waves, press releases.

A month at a time, from what stands in the table, after its mentions came in: so the answer does not depend on the
order of arrival, and a pass cut short is simply done again. Nothing is dropped: `alike_id` names the first one.
Method: MinHash over sets of words with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3), 32
permutations in 8 bands; every pair found of which half the permutations agree is then compared word by word: at least
four words in five are shared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import compress
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from essaim.listening.intake.lines import array
from essaim.listening.intake.months import after
from essaim.listening.intake.storing import lock_intake
from essaim.listening.models import Month

WEEK = timedelta(days=7)
FEWEST_WORDS = 4  # “Thank you very much” is nobody's copy
SHARED = 0.8
PERMUTATIONS, BANDS = 32, 8
AGREEING = 16  # of two that share four words in five, fewer agree once in fifty thousand
SEED = 20_261_122
CHUNK = 2_000  # at a time: signing them holds the interpreter
MOST = 400_000  # mentions looked at together: some 250 MB

SAID = """
SELECT id, published_at, alike_id, text FROM listening_mention
WHERE published_at >= %s AND published_at < %s AND gone_at IS NULL AND tie IN ('post', 'reply', 'quote')
ORDER BY published_at, platform, external_id, url, id
"""
MANY = "SELECT count(*) FROM listening_mention WHERE published_at >= %s AND published_at < %s"
CHANGED = """
UPDATE listening_mention AS mention SET alike_id = given.alike
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) AS given(id, published_at, alike)
WHERE mention.id = given.id AND mention.published_at = given.published_at AND mention.gone_at IS NULL
    AND mention.published_at >= %s AND mention.published_at < %s
"""


def find_all_alike() -> int:
    """Look at every month in which something changed since; how many mentions turned out alike."""
    stirred = Month.objects.exclude(looked=F("stirs")).order_by("first_day")
    return sum(map(Looking().at, stirred.values_list("first_day", flat=True)))


def waits_for_the_month_before(first_day: date) -> bool:
    """A copy names the first of all, so what came before must have been looked at."""
    before = (first_day - timedelta(days=1)).replace(day=1)
    return Month.objects.filter(first_day=before).exclude(looked=F("stirs")).exists()


@dataclass
class Said:
    """Mentions in the order of their publication, earliest first, without those too short to be anybody's copy."""

    numbers: list[int] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    known: list[int | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    signs: list[Any] = field(default_factory=list)

    def hear(self, rows: Sequence[tuple[Any, ...]]) -> None:
        words = [words_of(row[3]) for row in rows]
        long = [len(found) >= FEWEST_WORDS for found in words]
        if any(long):
            numbers, moments, known, texts = zip(*compress(rows, long), strict=True)
            self.numbers += numbers
            self.moments += moments
            self.known += known
            self.texts += texts
            self.signs.append(_signed(list(compress(words, long))))

    def since(self, moment: datetime) -> Said:
        """The later part."""
        place = bisect_left(self.moments, moment)
        told = (self.numbers[place:], self.moments[place:], self.known[place:], self.texts[place:])
        return Said(*told, [_rows(self.signs)[place:].copy()] if self.signs else [])


class Looking:
    """Looks at one month after another. The week before the next is not read and signed again, unless something has
    come into its month since."""

    def __init__(self) -> None:
        self._month: Month | None = None
        self._week: Said | None = None  # what was said in the week before that is looked at next

    def at(self, first_day: date) -> int:
        """Look at one month, in parts when it is large; how many of its mentions are alike and were not known to
        be. What comes in meanwhile stirs this month as well: it will be looked at again."""
        month = Month.objects.get(first_day=first_day)
        if not self._goes_on(first_day):
            self._week = None
        begin, end = (datetime.combine(day, time(), UTC) for day in (first_day, after(first_day)))
        found = sum(self._between(*span) for span in _spans(begin, end))
        with transaction.atomic():
            lock_intake(briefly=True)
            Month.objects.filter(first_day=first_day).update(looked=month.stirs)
        self._month = month
        return found

    def _goes_on(self, first_day: date) -> bool:
        before = self._month
        if before is None or after(before.first_day) != first_day:
            return False
        return Month.objects.filter(first_day=before.first_day, stirs=before.stirs).exists()

    def _between(self, begin: datetime, end: datetime) -> int:
        """What was read is let go before the intake is locked: who writes may be about to change those tables."""
        with transaction.atomic():
            said = _read(Said(), begin - WEEK, end) if self._week is None else _read(self._week, begin, end)
        news = _told_alike(said, begin)
        if news:
            with transaction.atomic(), connection.cursor() as cursor:
                lock_intake(briefly=True)
                cursor.execute(CHANGED, [*(array(column) for column in zip(*news, strict=True)), begin, end])
        self._week = said.since(end - WEEK)
        return sum(alike is not None for _, _, alike in news)


def _spans(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(MANY, [begin, end])
        parts = 1 + cursor.fetchone()[0] // MOST
    step = (end - begin) / parts
    for part in range(parts):
        yield begin + part * step, begin + (part + 1) * step if part < parts - 1 else end


def _read(said: Said, begin: datetime, end: datetime) -> Said:
    """Add what was said between."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL cursor_tuple_fraction = 1")  # all rows are read, not the first few
    with connection.connection.cursor(name="listening_alike", binary=True) as rows:
        rows.itersize = CHUNK
        rows.execute(SAID, [begin, end])
        while several := rows.fetchmany(CHUNK):
            said.hear(several)
    return said


def _told_alike(said: Said, begin: datetime) -> list[tuple[int, datetime, int | None]]:
    """Decide what is alike since `begin`; what of it is news."""
    news = []
    for place, first in enumerate(_firsts(said, begin) if said.numbers else ()):
        alike = first if first != said.numbers[place] else None
        if said.moments[place] >= begin and alike != said.known[place]:
            news.append((said.numbers[place], said.moments[place], alike))
            said.known[place] = alike
    return news


def words_of(text: str) -> list[str]:
    return text.casefold().split()


def _signed(words: list[list[str]]) -> Any:
    """A row of 32-bit numbers per text, one for each permutation; texts that share words share some of them."""
    import numpy as np
    from rensa import RMinHash

    return np.array(RMinHash.digest_matrix_from_token_sets(words, PERMUTATIONS, SEED).to_rows(), dtype=np.uint32)


def _rows(signs: list[Any]) -> Any:
    import numpy as np

    return np.concatenate(signs)


def _banded(signs: Any) -> Iterator[Any]:
    """Band after band, one 64-bit number per text; texts that share most words share one of them."""
    import numpy as np

    width = PERMUTATIONS // BANDS
    mixing = np.random.default_rng(SEED).integers(1, 2**63, width, dtype=np.uint64) * 2 + 1
    for begin in range(0, PERMUTATIONS, width):
        yield signs[:, begin : begin + width].astype(np.uint64) @ mixing


def _firsts(said: Said, begin: datetime) -> list[int]:
    """The number of the first mention each is alike to; its own when there is none. What lies before `begin` has
    been looked at with the month before."""
    import numpy as np

    signs = _rows(said.signs)
    seconds = np.array([moment.timestamp() for moment in said.moments], dtype=np.int64)
    found = np.unique(np.concatenate([_pairs(band, seconds - seconds[0]) for band in _banded(signs)]))
    found = np.concatenate(
        [found[:0], *(_agreeing(found[place : place + CHUNK], signs) for place in range(0, len(found), CHUNK))]
    )
    rows = zip(said.numbers, said.moments, said.known, strict=True)
    first = [number if moment >= begin else known or number for number, moment, known in rows]
    decided: set[int] = set()
    for pair in found.tolist():  # by the later one, and its earliest first
        later, earlier = divmod(pair, len(first))
        if later in decided or said.moments[later] < begin:
            continue
        if _shares_words(said.texts[later], said.texts[earlier]):
            decided.add(later)
            first[later] = first[earlier]
    return first


def _agreeing(pairs: Any, signs: Any) -> Any:
    """The pairs worth a look at their words."""
    later, earlier = pairs // len(signs), pairs % len(signs)
    return pairs[(signs[later] == signs[earlier]).sum(axis=1) >= AGREEING]


def _pairs(band: Any, seconds: Any) -> Any:
    """Each text with the earliest of the week before that has the same number in this band, as one number."""
    import numpy as np

    order = np.argsort(band, kind="stable")
    sorted_band, moments = band[order], seconds[order]
    run = np.cumsum(np.concatenate(([0], sorted_band[1:] != sorted_band[:-1]))).astype(np.int64)
    span = int(seconds[-1]) + 1
    since = run * span + np.maximum(moments - int(WEEK.total_seconds()), 0)
    earliest = order[np.searchsorted(run * span + moments, since)]
    differs = earliest != order
    return order[differs] * len(band) + earliest[differs]


def _shares_words(one: str, other: str) -> bool:
    """Jaccard's index of the two sets of words reaches SHARED."""
    left, right = set(words_of(one)), set(words_of(other))
    return len(left & right) >= SHARED * len(left | right)

"""Finding mentions by their words. Each month's partition has an index of its own: a large intake fills the month
first and has it indexed afterwards, several times faster; meanwhile a search reads that month row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from essaim.listening.intake.months import INDEX, WORDS, month_of, partition
from essaim.listening.models import Mention

MANY = 500
DROP = "DROP INDEX IF EXISTS {name}_words"
BARE = """
SELECT part.relname FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
WHERE inhparent = 'listening_mention'::regclass AND to_regclass(part.relname || '_words') IS NULL
ORDER BY part.relname
"""


def said(mentions: QuerySet[Mention], words: str) -> QuerySet[Mention]:
    """Those that hold every word, or a word that begins so; case and accents folded. No word finds everything."""
    terms = re.findall(r"\w+", words)
    if not terms:
        return mentions
    asked = " & ".join(f"{term}:*" for term in terms)
    vector = WORDS.replace("title", "listening_mention.title").replace("text)", "listening_mention.text)")
    return mentions.extra(where=[f"{vector} @@ to_tsquery('listening', %s)"], params=[asked])


def let_words_wait(moments: Iterable[datetime]) -> None:
    """Drop the index of months into which many mentions come at once: it is sooner made again, afterwards."""
    many = Counter(map(month_of, moments))
    with connection.cursor() as cursor:
        for month in sorted(month for month, count in many.items() if count >= MANY):
            cursor.execute(DROP.format(name=partition(month)))


def index_month(month: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INDEX.format(name=partition(month)))


def index_what_is_bare() -> int:
    """Index every partition that has none: after a large intake, and whatever an intake cut short left."""
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        bare = [name for (name,) in cursor.fetchall()]
        for name in bare:
            cursor.execute(INDEX.format(name=name))
    return len(bare)

"""Finding mentions by their words. Each month's partition has an index of its own: a large intake fills the month
first and has it indexed afterwards, several times faster; meanwhile a search reads that month row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet

from essaim.listening.intake.months import INDEX, partition
from essaim.listening.models import Mention

MANY = 500
FRENCH = "to_tsvector('french', unaccent({said})) @@ to_tsquery('french', unaccent(%s))"
ENGLISH = "to_tsvector('english', unaccent({said})) @@ to_tsquery('english', unaccent(%s))"
HOLDING = f"""
to_tsvector('listening', {{said}}) @@ to_tsquery('listening', %s) AND (
    to_tsvector('listening', {{said}}) @@ to_tsquery('listening', %s)
    OR CASE {{language}} WHEN 'fr' THEN {FRENCH} WHEN 'en' THEN {ENGLISH} ELSE {FRENCH} OR {ENGLISH} END
)"""
SHORT = 3
ENDINGS = ("", "s", "x", "e", "es", "ed", "ing", "er", "y")
STEMS = """
SELECT term, french = '{}' OR english = '{}', french || english
FROM unnest(%s::text[]) WITH ORDINALITY AS asked (term, place),
    LATERAL (SELECT coalesce(ts_lexize('french_stem', lower(unaccent(term))), '{?}'),
                    coalesce(ts_lexize('english_stem', lower(unaccent(term))), '{?}')) AS stems (french, english)
ORDER BY place
"""
DROP = "DROP INDEX IF EXISTS {name}_words"
BARE = """
SELECT part.relname FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
WHERE inhparent = 'listening_mention'::regclass AND to_regclass(part.relname || '_words') IS NULL
ORDER BY part.relname
"""


def said(mentions: QuerySet[Mention], words: str) -> QuerySet[Mention]:
    """Those that hold every word, in any of its forms; no word finds everything."""
    where, values = holding(words, "listening_mention", "listening_mention.language")
    return mentions.extra(where=[where], params=values) if where else mentions


def holding(words: str, mention: str, language: str) -> tuple[str, list[str]]:
    """SQL that holds of a mention with every one of these words: as it begins, or in another form of the mention's
    own language (of either, when it cannot be told). Case and accents are folded. Empty without a word.

    The index is of words as they stand: it finds what may be meant, and the stemmers of PostgreSQL (Snowball) decide
    on that little. So nothing is stemmed when a million posts come in, and a language may be known later.
    """
    terms = re.findall(r"\w+", words)
    if not terms:
        return "", []
    every = " & ".join(terms)
    where = HOLDING.format(said=f"{mention}.title || ' ' || {mention}.text", language=language)
    return where, [_perhaps(terms), " & ".join(map(_beginning, terms)), *[every] * 4]


def _perhaps(terms: Sequence[str]) -> str:
    """What may be a form of these words; words that say nothing by themselves are left out."""
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [list(terms)])
        meant = [(term, stems) for term, silent, stems in cursor.fetchall() if not silent]
    asked = [
        dict.fromkeys([_beginning(term), *(word for stem in stems for form in _forms(stem) for word in _words(form))])
        for term, stems in meant or [(term, []) for term in terms]
    ]
    return " & ".join(f"({' | '.join(words)})" for words in asked)


def _forms(stem: str) -> Iterator[str]:
    """A stem is how nearly all forms begin; not so happi (happy), journal (journaux), hope (hoping)."""
    yield stem
    if stem.endswith("i"):
        yield f"{stem[:-1]}y"
    if stem.endswith("al"):
        yield f"{stem[:-1]}u"
    if stem.endswith("e"):
        yield stem[:-1]


def _words(stem: str) -> Iterator[str]:
    """All that begins so; of a stem so short that half the language does (bon, bonjour), its usual forms."""
    if len(stem) > SHORT:
        yield _beginning(stem)
    else:
        yield from (f"{stem}{last}{ending}" for last in ("", stem[-1:]) for ending in ENDINGS)


def _beginning(term: str) -> str:
    return f"{term}:*"


def let_words_wait(months: Iterable[date]) -> None:
    """Drop the index of months into which many mentions come at once: it is sooner made again, afterwards."""
    many = Counter(months)
    with connection.cursor() as cursor:
        for month in sorted(month for month, count in many.items() if count >= MANY):
            cursor.execute(DROP.format(name=partition(month)))


def index_month(month: date, *, alone: bool = True) -> None:
    """By one process of the database when others are at work: helpers would only take turns with them."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not alone:
            cursor.execute("SET LOCAL max_parallel_maintenance_workers = 0; SET LOCAL synchronous_commit = off")
        cursor.execute(INDEX.format(name=partition(month)))


def index_what_is_bare() -> int:
    """Index every partition that has none: after a large intake, and whatever an intake cut short left."""
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        bare = [name for (name,) in cursor.fetchall()]
        for name in bare:
            cursor.execute(INDEX.format(name=name))
    return len(bare)

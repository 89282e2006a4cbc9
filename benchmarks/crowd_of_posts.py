"""A file of posts as people write them: seeded, with threads, duplicates, near-duplicates and late parents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

AUTHORS = 100_000
WORDS = 30_000
BEGIN = datetime(2024, 11, 1, tzinfo=UTC)
SPAN = timedelta(days=730)
COMMON = """
le la les de des un une et est à pour dans que qui sur pas avec ce je vous nous mon très plus mais
the a to of and is in it that for you on was with my this not are have at they we so
"""
SYLLABLES = "ba co di fé gu li mo né pa ra sé ti vo chan tion ment eur able ing ter ver"


def write_posts(path: Path, many: int, seed: int = 7) -> None:
    with path.open("wb") as file:
        for several in _posts(many, random.Random(seed)):
            file.write(orjson.dumps(several, option=orjson.OPT_APPEND_NEWLINE))


def _posts(many: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    words = ["".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 4))) for _ in range(WORDS)]
    weights = [1 / (rank + 8) for rank in range(WORDS)]
    deck = chance.choices(words, weights, k=500_000) + chance.choices(COMMON.split(), k=500_000)
    chance.shuffle(deck)
    step = SPAN / many
    last: list[Any] = []
    texts: list[Any] = []
    for number in range(many):
        post: dict[str, Any] = {
            "platform": "forum" if number % 3 else "blog",
            "id": f"p{number}",
            "url": f"https://{'forum' if number % 3 else 'blog'}.example/p/{number}",
            "author": {"handle": f"author{int(chance.paretovariate(0.35)) % AUTHORS}"},
            "text": _text(deck, chance),
            "published": (BEGIN + number * step).isoformat(),
        }
        kind = chance.random()
        if kind < 0.30 and last:  # an answer, one in thirty before what it answers
            back = chance.choice(last) if kind < 0.29 else number + chance.randint(1, 50)
            post |= {"tie": "reply", "parent": f"p{back}", "platform": "forum"}
        elif kind < 0.35:
            post |= {"names": [f"author{chance.randrange(AUTHORS)}"], "tags": ["honey"]}
        elif kind < 0.37 and last:
            post["text"] = texts[chance.randrange(len(texts))]
        elif kind < 0.40 and last:
            post["text"] = "RT: " + texts[chance.randrange(len(texts))]
        if chance.random() < 0.3:
            post["reactions"] = int(chance.paretovariate(1))
        _keep(texts, post["text"], number)
        _keep(last, number, number)
        yield post
        if chance.random() < 0.02:  # told twice
            yield post


def _keep(kept: list[Any], value: object, number: int) -> None:
    """The latest five thousand."""
    if len(kept) < 5_000:
        kept.append(value)
    else:
        kept[number % 5_000] = value


def _text(deck: list[str], chance: random.Random) -> str:
    begin = chance.randrange(len(deck) - 60)
    return " ".join(deck[begin : begin + min(60, 5 + int(chance.expovariate(1 / 14)))])

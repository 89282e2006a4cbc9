"""Words a house might add to an aspect: those met more often beside its words than elsewhere. A person adds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from essaim.listening.reading.aspects import aspects_of, compiled
from essaim.listening.reading.grams import prepare
from essaim.listening.reading.grouping import words_of

FEWEST = 5
"""Texts that must hold the word and speak of the aspect."""
TIMES = 3
"""How many times more often than by chance."""
MOST = 5


@dataclass(frozen=True)
class Proposal:
    """A word, in how many texts it stands, and how many of these speak of the aspect already."""

    word: str
    beside: int
    texts: int


def proposed(texts: Sequence[str], language: str, lists: Mapping[str, Iterable[str]]) -> dict[str, list[Proposal]]:
    """For each aspect the words that go with it, the surest first (log-likelihood ratio, Dunning 1993). Pure."""
    listed = {word.lower() for words in lists.values() for word in words}
    spoken = aspects_of(prepare(texts).tokens, compiled(lists)) if texts and lists else []
    met: Counter[str] = Counter()
    of: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for text, names in zip(texts, spoken, strict=False):
        words = words_of(text, language) - listed
        met.update(words)
        of.update(names)
        both.update((name, word) for name in names for word in words)
    return {name: _best(name, met, of[name], both, len(texts)) for name in lists}


def _best(name: str, met: Mapping[str, int], of: int, both: Mapping[tuple[str, str], int], n: int) -> list[Proposal]:
    found = [
        (_ratio(count, met[word], of, n), Proposal(word, count, met[word]))
        for (other, word), count in both.items()
        if other == name and count >= FEWEST and count * n >= TIMES * met[word] * of
    ]
    return [proposal for _sure, proposal in sorted(found, key=lambda one: (-one[0], one[1].word))[:MOST]]


def _ratio(together: int, first: int, second: int, n: int) -> float:
    """Twice the log-likelihood of the four counts over that of chance."""
    cells = (
        (together, first * second),
        (first - together, first * (n - second)),
        (second - together, (n - first) * second),
        (n - first - second + together, (n - first) * (n - second)),
    )
    return 2 * sum(seen * log(seen * n / by_chance) for seen, by_chance in cells if seen)

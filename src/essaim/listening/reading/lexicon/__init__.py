"""Word lists of ours (`en.txt`, `fr.txt`), found in a batch of texts without a loop over words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from essaim.listening.reading.grams import Numbers, Tokens, hashed_pairs, prepare

FOLDER = Path(__file__).resolve().parent
LISTS = (
    "positive", "negative", "negation", "strong",
    "opinion", "experience", "suggestion", "claim", "question", "hostile",
)  # fmt: skip
REACH = 3
"""A negation turns round what follows within so many words."""


@dataclass(frozen=True)
class Lexicon:
    """Sorted word numbers, and for each a bit per list it stands in; the same for pairs of words."""

    words: Numbers
    word_lists: Numbers
    pairs: Numbers
    pair_lists: Numbers

    def lists_of(self, tokens: Tokens) -> Numbers:
        """For every token a bit per list in which it, or it and its follower, stands."""
        found = _looked_up(tokens.number, self.words, self.word_lists)
        pairs = _looked_up(hashed_pairs(tokens.number[:-1], tokens.number[1:]), self.pairs, self.pair_lists)
        found[:-1] |= np.where(tokens.text[:-1] == tokens.text[1:], pairs, 0)
        return found


def bit(name: str) -> int:
    return 1 << LISTS.index(name)


def languages() -> tuple[str, ...]:
    """The languages in which a house can read without training."""
    return tuple(sorted(path.stem for path in FOLDER.glob("??.txt")))


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that name no topic; of all languages we know when the language has no list."""
    files = list(FOLDER.glob(f"stop-{language}.txt")) or list(FOLDER.glob("stop-*.txt"))
    return frozenset(word for path in files for word in path.read_text(encoding="utf-8").replace("'", " ").split())


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of a language; for a language without lists, all lists together: a smile is a smile."""
    files = [language] if language in languages() else languages()
    entries = [entry for file in files for entry in read_lists(FOLDER / f"{file}.txt")]
    words: dict[int, int] = {}
    pairs: dict[int, int] = {}
    batch = prepare([text for _, text in entries])
    starts = np.searchsorted(batch.tokens.text, np.arange(len(entries) + 1))
    for (name, text), start, end in zip(entries, starts, starts[1:], strict=False):
        numbers = batch.tokens.number[start:end]
        if len(numbers) == 1:
            words[int(numbers[0])] = words.get(int(numbers[0]), 0) | bit(name)
        elif len(numbers) == 2:
            pair = int(hashed_pairs(numbers[:1], numbers[1:])[0])
            pairs[pair] = pairs.get(pair, 0) | bit(name)
        else:
            raise ValueError(f"{text!r} is {len(numbers)} words; one or two can be looked up")
    return Lexicon(*_sorted(words), *_sorted(pairs))


def read_lists(path: Path) -> Iterator[tuple[str, str]]:
    """List and entry, in the order of the file."""
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif name:
            for entry in line.split():
                stem, *endings = entry.replace("+", " ").split("/")
                yield from ((name, stem + ending) for ending in ("", *endings))


def _sorted(numbers: dict[int, int]) -> tuple[Numbers, Numbers]:
    keys = np.array(sorted(numbers), dtype=np.uint64)
    return keys, np.array([numbers[int(key)] for key in keys], dtype=np.uint16)


def _looked_up(numbers: Numbers, keys: Numbers, lists: Numbers) -> Numbers:
    place = np.minimum(np.searchsorted(keys, numbers), len(keys) - 1)
    return np.where(keys[place] == numbers, lists[place], 0).astype(np.uint16)

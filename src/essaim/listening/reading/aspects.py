"""What of a product a text speaks of, by the house's own list: a name, and the words that stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from essaim.listening.reading.grams import Numbers, Tokens, hashed_pairs, prepare


@dataclass(frozen=True)
class Aspects:
    """Sorted numbers of single words and of pairs, and the place of the aspect each stands for."""

    names: tuple[str, ...]
    words: Numbers
    word_places: Numbers
    pairs: Numbers
    pair_places: Numbers


def compiled(lists: Mapping[str, Iterable[str]]) -> Aspects:
    """From name → words; words of more than two pieces are left out by whoever writes the lists."""
    names = tuple(lists)
    entries = [(place, text) for place, name in enumerate(names) for text in lists[name]]
    tokens = prepare([text for _place, text in entries]).tokens
    starts = np.searchsorted(tokens.text, np.arange(len(entries) + 1))
    words: dict[int, int] = {}
    pairs: dict[int, int] = {}
    for (place, _text), start, end in zip(entries, starts, starts[1:], strict=False):
        if end - start == 1:
            words.setdefault(int(tokens.number[start]), place)
        elif end - start == 2:
            pair = hashed_pairs(tokens.number[start : end - 1], tokens.number[start + 1 : end])
            pairs.setdefault(int(pair[0]), place)
    return Aspects(names, *_sorted(words), *_sorted(pairs))


def aspects_of(tokens: Tokens, aspects: Aspects | None) -> list[tuple[str, ...]]:
    """The aspects each text names, in the order of the list."""
    if aspects is None or not len(tokens.number):
        return [()] * tokens.texts
    spoken: list[set[int]] = [set() for _ in range(tokens.texts)]
    pairs = hashed_pairs(tokens.number[:-1], tokens.number[1:])
    pairs[tokens.text[:-1] != tokens.text[1:]] = 0
    for text, place in (
        *_met(tokens.number, tokens.text, aspects.words, aspects.word_places),
        *_met(pairs, tokens.text[:-1], aspects.pairs, aspects.pair_places),
    ):
        spoken[text].add(place)
    return [tuple(aspects.names[place] for place in sorted(places)) for places in spoken]


def _met(numbers: Numbers, texts: Numbers, keys: Numbers, places: Numbers) -> Iterator[tuple[int, int]]:
    if not len(keys):
        return iter(())
    at = np.minimum(np.searchsorted(keys, numbers), len(keys) - 1)
    hit = keys[at] == numbers
    return zip(texts[hit].tolist(), places[at[hit]].tolist(), strict=True)


def _sorted(numbers: Mapping[int, int]) -> tuple[Numbers, Numbers]:
    keys = sorted(numbers)
    return np.array(keys, dtype=np.uint64), np.array([numbers[key] for key in keys], dtype=np.int64)

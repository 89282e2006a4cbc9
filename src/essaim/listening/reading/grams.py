"""Texts as numbers: hashed n-grams of letters and words, for a whole batch at once.

No loop over posts or letters: a batch is one array of code points, and a gram's number is a polynomial of them. The
numbers depend on nothing but the text, so a model is a table and needs no vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import category, normalize

import numpy as np

SPACE = 2
"""Counts up whenever the same text would get other numbers: models and corrections of another space do not fit."""
BITS = 18
HASHED = 1 << BITS
LONGEST = 1000
"""Letters read of one text. What a post is about stands at its beginning, and nobody may make reading slow."""

Numbers = Any
"""A numpy array; its exact type says nothing to a reader here."""

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_HANDLE = re.compile(r"(?<!\w)[@＠][\w.]+")
_SMILE = re.compile(r"(?<!\w)[:;=8xX]['-]?[)D\]pP](?!\w)|<3|\(:|\^\^")
_FROWN = re.compile(r"(?<!\w)[:=]['-]?[(\[/|](?![/\w])|\):|:'\(")
_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)
_PRIME, _MIX_A, _MIX_B = 0x100000001B3, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_GAP, _LETTER, _SIGN, _MARK = 0, 1, 2, 3
_LONGEST_WORD = 40


@dataclass(frozen=True)
class Tokens:
    """Words and signs of a batch in their order. `number` is a word's hash, `text` which text it belongs to."""

    number: Numbers
    text: Numbers
    texts: int


@dataclass(frozen=True)
class Batch:
    """Texts made ready: folded code points, which text each belongs to, and the words they form.

    `shouts` is the share of capital letters of each text, before folding; `lengths` its letters.
    """

    codes: Numbers
    text: Numbers
    tokens: Tokens
    shouts: Numbers
    lengths: Numbers


def prepare(texts: Sequence[str]) -> Batch:
    """Fold case and accents, one sign for addresses, handles, smileys; shorten loooong words; find the words."""
    joined = "\n".join(text[:LONGEST].replace("\n", " ") for text in texts) + "\n"
    for pattern, sign in ((_ADDRESS, "#"), (_HANDLE, "@"), (_SMILE, " ☺ "), (_FROWN, " ☹ "), (_NOT, "nt")):
        joined = pattern.sub(sign, joined)
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    fold, classes = _alphabet()
    low = np.minimum(raw, len(fold) - 1)
    codes = np.where(raw < len(fold), fold[low], raw)
    kind = np.where(raw < len(fold), classes[low], _SIGN).astype(np.uint8)
    ends = raw == 10
    text = np.cumsum(ends) - ends
    return _cut(codes, kind, text, capitals=raw != codes, ends=ends, texts=len(texts))


def _cut(codes: Numbers, kind: Numbers, text: Numbers, *, capitals: Numbers, ends: Numbers, texts: int) -> Batch:
    letters = np.bincount(text[kind == _LETTER], minlength=texts)
    shouts = np.bincount(text[capitals & (kind == _LETTER)], minlength=texts) / np.maximum(letters, 1)
    kept = np.ones(len(codes), bool)
    kept[1:] = ~((kind[1:] == _GAP) & (kind[:-1] == _GAP) & ~ends[1:])
    kept[2:] &= ~((codes[2:] == codes[1:-1]) & (codes[1:-1] == codes[:-2]))
    kept = (kept & (kind != _MARK)) | ends
    codes, kind, text = np.where(kind == _GAP, 32, codes)[kept].astype(np.uint64), kind[kept], text[kept]
    return Batch(codes, text, _words(codes, kind, text, texts), shouts, np.bincount(text, minlength=texts))


def _words(codes: Numbers, kind: Numbers, text: Numbers, texts: int) -> Tokens:
    """Runs of letters; every sign by itself."""
    begins = kind != _GAP
    begins[1:] &= ~((kind[1:] == _LETTER) & (kind[:-1] == _LETTER))
    # the boundary between two texts is a gap, so no word runs over it
    where = np.flatnonzero(begins)
    if not len(where):
        return Tokens(np.zeros(0, np.uint64), np.zeros(0, np.int64), texts)
    word = np.cumsum(begins) - 1
    place = np.minimum(np.arange(len(codes)) - where[np.maximum(word, 0)], _LONGEST_WORD - 1)
    parts = np.where((kind != _GAP) & (word >= 0), codes * _powers()[place], 0).astype(np.uint64)
    return Tokens(np.add.reduceat(parts, where), text[where], texts)


def hashed_pairs(first: Numbers, second: Numbers) -> Numbers:
    """One number for two words side by side."""
    return first * np.uint64(_MIX_B) + second * np.uint64(5)


def features(batch: Batch) -> list[Any]:
    """Sparse matrices, text × HASHED, that add up to the grams of each text: 3 to 5 letters, one and two words.
    Each holds ones, a gram as often as it stands there; apart, they multiply without being sorted first."""
    from scipy.sparse import csr_array

    texts = np.arange(batch.tokens.texts + 1)
    found = []
    for number, owner in (*_letter_grams(batch), *_word_grams(batch.tokens)):
        places = (_mixed(number) >> np.uint64(64 - BITS)).astype(np.int32)
        starts = np.searchsorted(owner, texts).astype(np.int32)
        ones = np.ones(len(places), np.float32)
        found.append(csr_array((ones, places, starts), shape=(batch.tokens.texts, HASHED)))
    return found


def _letter_grams(batch: Batch) -> list[tuple[Numbers, Numbers]]:
    grams, number, found = [], batch.codes, batch.text
    for size in range(2, 6):
        number = number[:-1] * np.uint64(_PRIME) + batch.codes[size - 1 :]
        found = found[: len(number)]
        within = found == batch.text[size - 1 :]
        if size > 2:
            grams.append((number[within] + np.uint64(size), found[within]))
    return grams


def _word_grams(tokens: Tokens) -> list[tuple[Numbers, Numbers]]:
    single = (tokens.number * np.uint64(3), tokens.text)
    within = tokens.text[:-1] == tokens.text[1:]
    pair = hashed_pairs(tokens.number[:-1], tokens.number[1:])
    return [single, (pair[within], tokens.text[:-1][within])]


def _mixed(number: Numbers) -> Numbers:
    """Every bit of the number touches every bit of the result (the end of splitmix64)."""
    number = (number ^ (number >> np.uint64(30))) * np.uint64(_MIX_A)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(_MIX_B)
    return number ^ (number >> np.uint64(31))


@cache
def _powers() -> Numbers:
    powers = np.empty(_LONGEST_WORD, np.uint64)
    value = 1
    for place in range(_LONGEST_WORD):
        powers[place] = value
        value = value * _PRIME * 31 % 2**64
    return powers


@cache
def _alphabet() -> tuple[Numbers, Numbers]:
    """For every letter of the basic plane: lower case without accent, and whether it is letter, sign or gap."""
    fold, classes = np.arange(0x10000, dtype=np.uint32), np.zeros(0x10000, np.uint8)
    for code in range(0x10000):
        letter = chr(code)
        group = category(letter)
        if group[0] in "LN":
            fold[code] = ord(normalize("NFKD", letter.lower())[0])
            classes[code] = _LETTER
        elif group[0] == "M" or group == "Cf":
            classes[code] = _MARK  # an accent by itself, what joins or colours a picture
        elif group[0] in "PS" and letter not in "'’‘`\"“”«».,()[]{}-–—_/\\":
            classes[code] = _SIGN
    for code in map(ord, "’‘`"):
        fold[code] = ord("'")
    return fold, classes

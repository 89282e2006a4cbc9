"""The language of a text, by py3langid's model held to the languages a house meets. Too short to tell is unknown.

The model is an automaton over bytes. Its own code walks one text at a time; here a whole batch walks in step, which
gives the same answer (a test holds both side by side) and leaves time for the rest of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

import numpy as np

from essaim.listening.reading.grams import Numbers

COMMON = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "zh")
UNKNOWN = ""
FEWEST_LETTERS = 12
LONGEST = 240
SURE = 0.7

_NOT_WORDS = re.compile(r"https?://\S+|[@#]\w+|[^\w'\n]+|[\d_]+")


def languages_of(texts: Sequence[str], *, more: Iterable[str] = ()) -> list[str]:
    """Two letters for each text, or nothing. `more` are the house's own languages."""
    automaton = _automaton(frozenset(COMMON) | frozenset(more))
    joined = "\n".join(text[: 2 * LONGEST].replace("\n", " ") for text in texts)
    words = [line.strip()[:LONGEST] for line in _NOT_WORDS.sub(" ", joined).split("\n")]
    found, confidence = automaton.best([_normal(line) for line in words])
    return [
        language if sure >= SURE and _is_enough(line) else UNKNOWN
        for line, language, sure in zip(words, found, confidence, strict=True)
    ]


def _is_enough(words: str) -> bool:
    """Twelve letters of an alphabet; two signs of a script that writes words in one."""
    return len(words) >= (FEWEST_LETTERS if words.isascii() else 2)


def _normal(text: str) -> bytes:
    text = text.lower() if text.isupper() else text
    return normalize("NFC", text).encode("utf8", "surrogatepass")


@dataclass(frozen=True)
class Automaton:
    """`step[row[state] * 256 + byte]` is the next state; `seen[state]` the feature met there, or -1."""

    step: Numbers
    row: Numbers
    seen: Numbers
    weights: Numbers
    prior: Numbers
    labels: tuple[str, ...]

    def best(self, texts: Sequence[bytes]) -> tuple[list[str], Numbers]:
        """The likeliest language of each text with its probability, softened by the text's length."""
        from scipy.sparse import coo_array

        lengths = np.array([len(text) for text in texts])
        rows, features = self._walk(texts, lengths)
        shape = (len(texts), len(self.weights))
        counts = coo_array((np.ones(len(rows), np.float32), (rows, features)), shape=shape).tocsr()
        counts.data = np.log1p(counts.data)
        scores = np.asarray(counts @ self.weights, dtype=np.float64)
        scores[np.diff(counts.indptr) > 0] += self.prior
        scores /= np.sqrt(np.maximum(lengths, 1))[:, None]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        best = scores.argmax(axis=1)
        return [self.labels[place] for place in best], scores[np.arange(len(texts)), best]

    def _walk(self, texts: Sequence[bytes], lengths: Numbers) -> tuple[Numbers, Numbers]:
        """Which features each text meets, as often as it meets them. Longest first, so that texts end at the end."""
        order = np.argsort(-lengths, kind="stable")
        letters = np.zeros((len(texts), int(lengths.max(initial=0))), np.uint8)
        for place, text in enumerate(order):
            letters[place, : lengths[text]] = np.frombuffer(texts[text], np.uint8)
        columns = np.ascontiguousarray(letters.T)
        alive = np.searchsorted(-lengths[order], -np.arange(columns.shape[0]), side="left")
        state = np.zeros(len(texts), np.int64)
        rows, features = [], []
        for column, walking in zip(columns, alive, strict=True):
            state = self.step[self.row[state[:walking]] + column[:walking]]
            met = self.seen[state]
            where = np.flatnonzero(met >= 0)
            rows.append(where)
            features.append(met[where])
        if not rows:
            return np.zeros(0, int), np.zeros(0, int)
        return order[np.concatenate(rows)], np.concatenate(features)


@cache
def _automaton(languages: frozenset[str]) -> Automaton:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(languages & set(model.labels))
    return Automaton(
        step=np.asarray(model.tk_nextmove, dtype=np.int32),
        row=np.asarray(model.tk_row, dtype=np.int64) * 256,
        seen=np.asarray(model.tk_output, dtype=np.int64),
        weights=np.asarray(model.nb_ptc, dtype=np.float32),
        prior=np.asarray(model.nb_pc, dtype=np.float64),
        labels=tuple(model.nb_classes),
    )

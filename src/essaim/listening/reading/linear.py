"""A trained reader at work: a table of weights, nothing that runs. Needs numpy and scipy, not what trained it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from essaim.kit.errors import Refusal, gettext_noop
from essaim.listening.reading.cues import CUES, WEIGHED
from essaim.listening.reading.grams import HASHED, SPACE, Batch, Numbers
from essaim.listening.reading.valence import Valences, weigh

_ = gettext_noop


class NotAReader(Refusal):
    cause = _("%(file)s is not a reader of this version.")
    remedy = _("Train it again with essaim train-reading.")


@dataclass(frozen=True)
class Linear:
    """`weights` has a row per hashed gram, then one per cue, then one that is always there; a column per class.
    `temperature` divides the scores so that probabilities come true as often as they say. `valences` are the words
    it weighs besides, if it learned with such a list."""

    classes: tuple[str, ...]
    weights: Numbers
    temperature: float = 1.0
    valences: Valences | None = None

    def weighed(self, batch: Batch, language: str) -> Numbers:
        """What the words it weighs add to the scores of each text; `scores_of` knows nothing of them."""
        if self.valences is None:
            return np.zeros((1, len(self.classes)), np.float32)
        return scaled(weigh(batch, language, self.valences)) @ self.weights[-1 - len(WEIGHED) : -1]


def scores_of(weights: Numbers, grams: Sequence[Any], cues: Numbers) -> Numbers:
    """Scores of each text under each column; columns of several readers may stand side by side."""
    total = sum(block @ weights[:HASHED] for block in grams)
    dense = scaled(cues)
    return total * gram_scale(grams)[:, None] + dense @ weights[HASHED:-1] + weights[-1]


def gram_scale(grams: Sequence[Any]) -> Numbers:
    """A long text weighs no more than a short one: one over the root of its number of grams."""
    count = sum(np.diff(block.indptr) for block in grams)
    return (1 / np.sqrt(np.maximum(count, 1))).astype(np.float32)


def scaled(cues: Numbers) -> Numbers:
    """The second smile counts less than the first."""
    return np.log1p(cues).astype(np.float32)


def softmax(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def save(reader: Linear, path: Path) -> str:
    """Write the table, only the rows that weigh something, and return the file's SHA-256."""
    rows = np.flatnonzero(np.abs(reader.weights).max(axis=1) > 1e-4).astype(np.int32)
    about = {"space": SPACE, "cues": list(CUES), "classes": reader.classes, "temperature": reader.temperature}
    weighed = {} if reader.valences is None else {"words": reader.valences.words, "worth": reader.valences.worth}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            about=np.frombuffer(json.dumps(about).encode(), np.uint8),
            rows=rows,
            values=reader.weights[rows].astype(np.float32),
            **weighed,
        )
    return digest(path)


def load(path: Path, *, expected: str = "") -> Linear:
    """Read a table. Nothing in the file is executed. Raises NotAReader for another space, or other content than
    `expected` (SHA-256)."""
    if not path.is_file() or (expected and digest(path) != expected):
        raise NotAReader(file=path.name)
    with np.load(path, allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]))
        if about["space"] != SPACE or tuple(about["cues"]) != CUES:
            raise NotAReader(file=path.name)
        weights = np.zeros((HASHED + len(CUES) + 1, len(about["classes"])), np.float32)
        weights[stored["rows"]] = stored["values"]
        valences = Valences(stored["words"], stored["worth"]) if "words" in stored else None
    return Linear(tuple(about["classes"]), weights, about["temperature"], valences)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

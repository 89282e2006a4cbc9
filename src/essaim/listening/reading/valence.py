"""Words with a number each, from −4 to 4 say, which a house gives to a training: what they say of each text.

No such list is part of the house; the reader that learned with one carries its numbers, not its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from essaim.kit.errors import Refusal, gettext_noop
from essaim.listening.reading.cues import denied
from essaim.listening.reading.grams import Batch, Numbers, prepare

_ = gettext_noop
DENIED = -0.74
"""What a denied word is worth of itself (Hutto and Gilbert 2014)."""
_EVEN = 15
"""The surplus √15 counts as 0.7 (the same)."""
_SOME = 0.5


class NotValences(Refusal):
    cause = _("%(file)s has no line with a word, a tab and a number.")
    remedy = _("Give a text file of words and numbers, separated by tabs.")


@dataclass(frozen=True)
class Valences:
    """Sorted word numbers and what each is worth."""

    words: Numbers
    worth: Numbers

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.words.tobytes() + self.worth.tobytes()).hexdigest()


def read_valences(path: Path) -> Valences:
    """The first two columns of a file. Raises NotValences."""
    found: dict[str, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _tab, rest = line.partition("\t")
        try:
            found[word] = float(rest.split("\t")[0])
        except ValueError:
            continue
    if not found:
        raise NotValences(file=path.name)
    return compiled(found)


def compiled(found: Mapping[str, float]) -> Valences:
    """Several signs of one meaning get their mean; what is not one word is left out."""
    tokens = prepare(list(found)).tokens
    alone = np.bincount(tokens.text, minlength=len(found)) == 1
    kept = alone[tokens.text]
    words, place = np.unique(tokens.number[kept], return_inverse=True)
    worth = np.array(list(found.values()))[tokens.text[kept]]
    return Valences(words, (np.bincount(place, worth) / np.bincount(place)).astype(np.float32))


def weigh(batch: Batch, language: str, valences: Valences) -> Numbers:
    """A row per text, a column per name in WEIGHED."""
    tokens, texts = batch.tokens, batch.tokens.texts
    place = np.minimum(np.searchsorted(valences.words, tokens.number), len(valences.words) - 1)
    worth = np.where(valences.words[place] == tokens.number, valences.worth[place], 0)
    worth = np.where(denied(batch, language), DENIED * worth, worth)
    praise, blame = worth > 0, worth < 0
    good, bad = (np.abs(np.bincount(tokens.text, worth * side, texts)) for side in (praise, blame))
    praises, blames = (np.bincount(tokens.text[side], minlength=texts) for side in (praise, blame))
    surplus = good - bad
    leaning = surplus / np.sqrt(surplus**2 + _EVEN)
    columns = (
        good, bad, praises, blames, np.maximum(leaning, 0), np.maximum(-leaning, 0),
        surplus > _SOME, surplus < -_SOME, praises + blames == 0,
    )  # fmt: skip
    return np.column_stack(columns).astype(np.float32)

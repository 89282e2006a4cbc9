"""Reading texts, whoever they come from: language first, then what each says, by the readers of its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from essaim.listening.reading import cues as by_rule
from essaim.listening.reading.aspects import Aspects, aspects_of
from essaim.listening.reading.domain import KINDS
from essaim.listening.reading.grams import Batch, Numbers, features, prepare
from essaim.listening.reading.language import languages_of
from essaim.listening.reading.linear import Linear, scores_of, softmax

POLARITIES = {"negative": -1, "neutral": 0, "positive": 1}
HOSTILE = 0.5


@dataclass(frozen=True)
class Said:
    """What one text says. Confidences are probabilities."""

    language: str
    polarity: int
    polarity_confidence: float
    kind: str
    kind_confidence: float
    hostile: bool
    hostile_confidence: float
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Readers:
    """The trained readers of a house, by task and language, and its aspects; empty, the word lists read."""

    trained: Mapping[tuple[str, str], Linear] = field(default_factory=dict)
    aspects: Mapping[str, Aspects] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def of(self, language: str) -> dict[str, Linear]:
        """By task: the reader of the language, else the one of all languages."""
        found = {task: reader for (task, spoken), reader in self.trained.items() if not spoken}
        return found | {task: reader for (task, spoken), reader in self.trained.items() if spoken == language != ""}


def read_texts(texts: Sequence[str], readers: Readers, *, told: Sequence[str] = ()) -> list[Said]:
    """`told` is the language the platform names, believed where a text is too short to tell."""
    if not texts:
        return []
    found = languages_of(texts, more=readers.languages)
    if told:
        found = [language or hint[:2] for language, hint in zip(found, told, strict=True)]
    said: dict[int, Said] = {}
    for language in sorted(set(found)):
        places = [place for place, spoken in enumerate(found) if spoken == language]
        said.update(zip(places, _read_in(language, [texts[place] for place in places], readers), strict=True))
    return [said[place] for place in range(len(texts))]


def _read_in(language: str, texts: Sequence[str], readers: Readers) -> Iterable[Said]:
    batch = prepare(texts)
    cues = by_rule.count_cues(batch, language)
    likely = _probabilities(batch, language, cues, readers.of(language))
    polarity, polarity_sure = _polarity(cues, likely)
    kind, kind_sure = _kind(cues, likely)
    hostile = likely["hostile"][1][:, 1] if "hostile" in likely else by_rule.hostile_by_rule(cues)
    aspects = aspects_of(batch.tokens, readers.aspects.get(language))
    columns = (polarity, polarity_sure, kind, kind_sure, hostile > HOSTILE, hostile)
    rows = zip(*(column.tolist() for column in columns), aspects, strict=True)
    return [Said(language, *row) for row in rows]


def _probabilities(
    batch: Batch, language: str, cues: Numbers, readers: Mapping[str, Linear]
) -> dict[str, tuple[tuple[str, ...], Numbers]]:
    """One multiplication for all readers of the language: their tables side by side."""
    if not readers:
        return {}
    grams = features(batch)
    scores = scores_of(_side_by_side(tuple(readers.values())), grams, cues)
    found, start = {}, 0
    for task, reader in readers.items():
        end = start + len(reader.classes)
        own = scores[:, start:end] + reader.weighed(batch, language)
        found[task] = (reader.classes, softmax(own / reader.temperature))
        start = end
    return found


_joined: dict[tuple[int, ...], tuple[tuple[Linear, ...], Numbers]] = {}


def _side_by_side(readers: tuple[Linear, ...]) -> Numbers:
    if len(readers) == 1:
        return readers[0].weights
    key = tuple(map(id, readers))
    if key not in _joined:
        if len(_joined) > 20:  # readers are few; those replaced must not stay for ever
            _joined.clear()
        _joined[key] = (readers, np.ascontiguousarray(np.hstack([reader.weights for reader in readers])))
    return _joined[key][1]


def _polarity(cues: Numbers, likely: Mapping[str, tuple[tuple[str, ...], Numbers]]) -> tuple[Numbers, Numbers]:
    if "polarity" not in likely:
        return by_rule.polarity_by_rule(cues)
    classes, probabilities = likely["polarity"]
    values = np.array([POLARITIES[name] for name in classes])
    return values[probabilities.argmax(axis=1)], probabilities.max(axis=1)


def _kind(cues: Numbers, likely: Mapping[str, tuple[tuple[str, ...], Numbers]]) -> tuple[Numbers, Numbers]:
    if "kind" not in likely:
        places, sure = by_rule.kind_by_rule(cues)
        return np.array(KINDS)[places], sure
    classes, probabilities = likely["kind"]
    return np.array(classes)[probabilities.argmax(axis=1)], probabilities.max(axis=1)

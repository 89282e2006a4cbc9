"""Labelled texts: read from files, turned into numbers, and kept as numbers only."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from essaim.kit.errors import Refusal, gettext_noop
from essaim.listening.reading.cues import CUES, WEIGHED, count_cues
from essaim.listening.reading.domain import KINDS
from essaim.listening.reading.grams import HASHED, Batch, Numbers, features, prepare
from essaim.listening.reading.valence import Valences, weigh

_ = gettext_noop

CLASSES = {
    "polarity": ("negative", "neutral", "positive"),
    "kind": KINDS,
    "hostile": ("no", "yes"),
}
SPOKEN = {
    "-1": "negative", "0": "neutral", "1": "positive", "neg": "negative", "pos": "positive",
    "false": "no", "true": "yes", "toxic": "yes", "not toxic": "no", "hateful": "yes", "normal": "no",
}  # fmt: skip
HELD = 5
"""One text in so many is held back, by its hash: the same one whenever and wherever it is trained."""


class NotExamples(Refusal):
    cause = _("%(file)s: %(reason)s.")
    remedy = _("Give CSV or JSONL with text and label, or a pair of …_text.txt and …_labels.txt.")


@dataclass(frozen=True)
class Labelled:
    """One example as a file has it."""

    text: str
    label: str
    language: str = ""


@dataclass(frozen=True)
class Examples:
    """Grams (sparse, text × HASHED) and cues of texts, their labels as places in `classes`, and which are held.
    `valences` are the words the last cues weighed."""

    classes: tuple[str, ...]
    grams: Any
    cues: Numbers
    labels: Numbers
    held: Numbers
    valences: Valences | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, chosen: Numbers) -> Examples:
        return replace(
            self,
            grams=self.grams[chosen],
            cues=self.cues[chosen],
            labels=self.labels[chosen],
            held=self.held[chosen],
        )

    def cues_for(self, valences: Valences | None) -> Numbers:
        """The cues as a reader knows them that weighs these words: without the last ones when others weighed here."""
        if self.weighs_as(valences):
            return self.cues
        return np.where(np.arange(self.cues.shape[1]) < len(CUES) - len(WEIGHED), self.cues, 0)

    def weighs_as(self, valences: Valences | None) -> bool:
        """Whether these are the words that were weighed here."""
        return _digest(valences) == _digest(self.valences)

    @property
    def training(self) -> Examples:
        return self.part(np.flatnonzero(~self.held))

    @property
    def kept_back(self) -> Examples:
        return self.part(np.flatnonzero(self.held))


def turned(task: str, rows: Sequence[Labelled], valences: Valences | None = None) -> Examples:
    """Numbers of labelled texts; the words are not needed any more."""
    from scipy.sparse import vstack

    classes = CLASSES[task]
    grams, cues = [], []
    labels: list[int] = []
    held: list[bool] = []
    for language in sorted({row.language for row in rows}):
        own = [row for row in rows if row.language == language]
        batch = prepare([row.text for row in own])
        grams.append(sum(features(batch)).tocsr())
        cues.append(_cues(batch, language, valences))
        labels.extend(classes.index(row.label) for row in own)
        held.extend(is_held(row.text) for row in own)
    return Examples(classes, vstack(grams).tocsr(), np.vstack(cues), np.array(labels), np.array(held), valences)


def _cues(batch: Batch, language: str, valences: Valences | None) -> Numbers:
    cues = count_cues(batch, language)
    if valences is not None:
        cues[:, -len(WEIGHED) :] = weigh(batch, language, valences)
    return cues


def together(first: Examples, second: Examples) -> Examples:
    """Both; the words that count are those of the first."""
    from scipy.sparse import vstack

    return Examples(
        first.classes,
        vstack([first.grams, second.grams]).tocsr(),
        np.vstack([first.cues, second.cues]),
        np.concatenate([first.labels, second.labels]),
        np.concatenate([first.held, second.held]),
        first.valences,
    )


def is_held(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % HELD == 0


# --- kept as numbers


def packed(text: str, language: str, valences: Valences | None = None) -> bytes:
    """All that training needs of a text, without its words: numbers of its grams, and its cues."""
    batch = prepare([text])
    places, counts = np.unique(np.concatenate([block.indices for block in features(batch)]), return_counts=True)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        places=places.astype(np.int32),
        counts=np.minimum(counts, 255).astype(np.uint8),
        cues=_cues(batch, language, valences)[0].astype(np.float32),
        weighed=np.array(_digest(valences)),
    )
    return buffer.getvalue()


def unpacked(task: str, rows: Iterable[tuple[bytes, str, bool]], valences: Valences | None = None) -> Examples:
    """Examples from what `packed` made, each with its label and whether it is held. What other words than
    `valences` weighed is left out."""
    from scipy.sparse import csr_array

    classes, data, places, starts, cues, labels, held = CLASSES[task], [], [], [0], [], [], []
    for content, label, kept in rows:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            places.append(stored["places"])
            data.append(stored["counts"].astype(np.float32))
            cues.append(_only_by(valences, stored["cues"], str(stored["weighed"])))
        starts.append(starts[-1] + len(places[-1]))
        labels.append(classes.index(label))
        held.append(kept)
    grams = csr_array(
        (np.concatenate([*data, []]), np.concatenate([*places, []]).astype(np.int32), starts),
        shape=(len(labels), HASHED),
        dtype=np.float32,
    )
    dense = np.vstack(cues) if cues else np.zeros((0, len(CUES)), np.float32)
    return Examples(classes, grams, dense, np.array(labels, dtype=int), np.array(held, dtype=bool), valences)


def _digest(valences: Valences | None) -> str:
    return valences.digest if valences else ""


def _only_by(valences: Valences | None, cues: Numbers, digest: str) -> Numbers:
    if digest != _digest(valences):
        cues[-len(WEIGHED) :] = 0
    return cues


def store(examples: Examples, path: Path) -> None:
    """Write the numbers beside the reader that learned from them, to learn again when corrections come."""
    grams, valences = examples.grams, examples.valences
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            data=grams.data.astype(np.uint8),
            indices=grams.indices,
            starts=grams.indptr,
            cues=examples.cues,
            labels=examples.labels,
            held=examples.held,
            **({} if valences is None else {"words": valences.words, "worth": valences.worth}),
        )


def restored(task: str, path: Path) -> Examples:
    from scipy.sparse import csr_array

    with np.load(path, allow_pickle=False) as stored:
        shape = (len(stored["labels"]), HASHED)
        grams = csr_array((stored["data"].astype(np.float32), stored["indices"], stored["starts"]), shape=shape)
        valences = Valences(stored["words"], stored["worth"]) if "words" in stored else None
        return Examples(CLASSES[task], grams, stored["cues"], stored["labels"], stored["held"], valences)


# --- read from files


@dataclass(frozen=True)
class Where:
    """What to read in a table: its columns, and the folder in which references find their sentences."""

    text: str = "text"
    label: str = "label"
    folder: Path | None = None


def read_labelled(path: Path, task: str, *, language: str = "", where: Where | None = None) -> list[Labelled]:
    """The examples of one file. Raises NotExamples."""
    rows = [
        Labelled(unescaped(text), _label(label, task, path), spoken or language)
        for text, label, spoken in _rows(path, task, where or Where())
        if text.strip()
    ]
    if not rows:
        raise NotExamples(file=path.name, reason="nothing to learn from")
    return rows


def unescaped(text: str) -> str:
    r"""As it was written: collections keep signs as ``\u2019`` or ``&amp;``, which hides a denial such as can’t."""
    signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return html.unescape(signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def _rows(path: Path, task: str, where: Where) -> Iterator[tuple[str, str, str]]:
    if path.name.endswith("_labels.txt"):
        return iter(())
    if path.name.endswith("_text.txt"):
        return _pair(path, task)
    if path.suffix == ".jsonl":
        return _lines(path, where)
    if path.suffix in {".csv", ".tsv"}:
        return _table(path, where)
    raise NotExamples(file=path.name, reason="not a kind of file that can be read")


def _pair(path: Path, task: str) -> Iterator[tuple[str, str, str]]:
    """Texts in one file, labels in the other, line by line; numbers count the classes."""
    beside = path.with_name(path.name.replace("_text.txt", "_labels.txt"))
    if not beside.is_file():
        raise NotExamples(file=path.name, reason=f"{beside.name} is missing")
    said = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    labels = beside.read_text(encoding="utf-8").split()
    if len(said) != len(labels):
        raise NotExamples(file=path.name, reason=f"{len(said)} texts, {len(labels)} labels")
    for text, label in zip(said, labels, strict=True):
        yield text, CLASSES[task][int(label)] if label.isdigit() else label, ""


def _lines(path: Path, where: Where) -> Iterator[tuple[str, str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            if not {where.text, where.label} <= set(row):
                raise NotExamples(file=path.name, reason=f"a line without {where.text} and {where.label}")
            yield str(row[where.text]), str(row[where.label]), str(row.get("language", ""))


def _table(path: Path, where: Where) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))
    if rows and "sha" in rows[0]:
        yield from _referred(path, rows, where.folder)
        return
    if not rows or not {where.text, where.label} <= set(rows[0]):
        raise NotExamples(file=path.name, reason=f"there are no columns {where.text} and {where.label}")
    for row in rows:
        yield row[where.text], row[where.label], row.get("language") or ""


def _referred(path: Path, rows: Sequence[dict[str, str]], folder: Path | None) -> Iterator[tuple[str, str, str]]:
    """Sentences that lie elsewhere: found again by file and row, and only when they are still the same."""
    if folder is None:
        raise NotExamples(file=path.name, reason="its sentences lie elsewhere: say where with --texts")
    from essaim.listening.reading.sentences import sentences

    known: dict[str, Sequence[str]] = {}
    for row in rows:
        if row["file"] not in known:
            known[row["file"]] = sentences(folder, row["file"])
        place = int(row["row"])
        if place < len(known[row["file"]]):
            text = known[row["file"]][place]
            if hashlib.sha256(text.encode()).hexdigest()[:16] == row["sha"]:
                yield text, row["label"], row["language"]


def _label(label: str, task: str, path: Path) -> str:
    name = label.strip().lower()
    name = name if name in CLASSES[task] else SPOKEN.get(name, name)
    if name not in CLASSES[task]:
        raise NotExamples(file=path.name, reason=f"“{label}” is not one of {', '.join(CLASSES[task])}")
    return name

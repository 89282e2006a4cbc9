"""The labels of kinds kept here, and the sentences they stand for where those are at hand."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from essaim.listening.reading import examples, measures
from essaim.listening.reading.domain import KINDS
from essaim.listening.reading.training import judged

ROOT = Path(__file__).resolve().parents[5]
SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ROOT.parent / "shared" / "data")) / "open"
LABELS = Path(examples.__file__).parent / "labels" / "kind.csv"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample data (ESSAIM_SAMPLE_DATA)")


def rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_six_hundred_sentences_and_more_of_every_kind_in_two_languages():
    found = rows()
    assert len(found) >= 600
    assert set(Counter(row["label"] for row in found)) == set(KINDS)
    assert {row["language"] for row in found} == {"en", "fr"}


def test_no_sentence_is_kept():
    assert all(
        len(row["sha"]) == 16 and set(row) == {"file", "row", "sha", "language", "first", "blind", "label"}
        for row in rows()
    )


def test_claims_and_french_are_there_in_numbers():
    kinds = Counter((row["language"], row["label"]) for row in rows())
    assert kinds["en", "claim"] >= 100
    assert sum(n for (language, _kind), n in kinds.items() if language == "fr") >= 350


def test_what_was_labelled_again_blind_is_kept_beside_and_agrees():
    found = [row for row in rows() if row["blind"]]
    assert len(found) >= 150
    first, blind = ([row[name] for row in found] for name in ("first", "blind"))
    low, _high = measures.kappa_interval(first, blind)
    assert 0.8 < low < measures.kappa(first, blind)
    assert all(row["label"] in {row["first"], row["blind"]} for row in found)


@needs_samples
def test_every_label_finds_its_sentence():
    found = examples.read_labelled(LABELS, "kind", where=examples.Where(folder=SAMPLES))
    assert len(found) == len(rows())


@needs_samples
def test_the_rules_alone_are_measured_on_them():
    found = examples.turned("kind", examples.read_labelled(LABELS, "kind", where=examples.Where(folder=SAMPLES)))
    quality = judged(None, found, "kind")
    assert quality["n"] == len(rows())
    assert 0.3 < quality["low"] < quality["macro_f1"] < quality["high"] < 0.6

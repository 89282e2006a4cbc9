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
        len(row["sha"]) == 16 and set(row) == {"file", "row", "sha", "language", "first", "second", "label"}
        for row in rows()
    )


def test_both_passes_are_kept_and_agree():
    found = rows()
    assert measures.kappa([row["first"] for row in found], [row["second"] for row in found]) > 0.8


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

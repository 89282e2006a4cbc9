"""The labels of kinds kept here, and the sentences they stand for where those are at hand."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from essaim.listening.reading import examples, measures
from essaim.listening.reading.domain import KINDS
from essaim.listening.reading.training import judged, said_by, said_of, train

ROOT = Path(__file__).resolve().parents[5]
SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ROOT.parent / "shared" / "data")) / "open"
LABELS = Path(examples.__file__).parent / "labels" / "kind.csv"
WRITTEN = LABELS.with_name("kind-written.csv")
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample data (ESSAIM_SAMPLE_DATA)")


def rows(path: Path = LABELS) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
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


def test_french_claims_and_what_is_near_them_are_written_out():
    found = rows(WRITTEN)
    kinds = Counter(row["label"] for row in found)
    assert {row["language"] for row in found} == {"fr"}
    assert kinds["claim"] >= 90
    assert sum(kinds.values()) - kinds["claim"] >= 90
    assert set(kinds) == set(KINDS)
    assert len({row["text"] for row in found}) == len(found)
    assert all(row["label"] in {row["first"], row["again"]} for row in found)
    assert measures.kappa([row["first"] for row in found], [row["again"] for row in found]) > 0.9


def test_a_reader_learns_french_claims_from_them():
    learned = examples.turned("kind", examples.read_labelled(WRITTEN, "kind"))
    reader = train(learned.training)
    claim, held = learned.classes.index("claim"), learned.kept_back
    said, _sure = said_by(reader, held)
    by_rule, _sure = said_of(None, held, "kind")
    true = held.labels == claim
    assert true.sum() >= 5
    assert (said == claim)[true].sum() > (by_rule == claim)[true].sum()


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

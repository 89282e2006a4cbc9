from __future__ import annotations

import numpy as np
import pytest

from essaim.listening.reading import examples, training, valence
from essaim.listening.reading.cues import WEIGHED
from essaim.listening.reading.examples import Labelled
from essaim.listening.reading.grams import prepare
from essaim.listening.reading.linear import Linear, load, save
from essaim.listening.reading.saying import Readers, Said, read_texts

WORDS = {"zorglub": 3.0, "blick": 1.0, "frumious": -3.0, "vorpal": -2.0}
PLACES = ("Lyon", "Nantes", "Lille", "Metz", "Brest", "Tours", "Dijon", "Nice", "Pau", "Reims")


def weighed(text: str, language: str = "en") -> dict[str, float]:
    row = valence.weigh(prepare([text]), language, valence.compiled(WORDS))[0]
    return dict(zip(WEIGHED, row.tolist(), strict=True))


def test_words_are_weighed():
    found = weighed("A zorglub, zorglub and frumious counter")
    assert (found["worth of praise"], found["worth of blame"]) == (6, 3)
    assert (found["words of praise"], found["words of blame"]) == (2, 1)
    assert (found["weighs as praise"], found["weighs as blame"], found["weighs nothing"]) == (1, 0, 0)
    assert found["leans to praise"] == pytest.approx(3 / 24**0.5)


def test_a_denied_word_counts_for_the_other_side_and_less():
    assert weighed("It is not frumious")["worth of praise"] == pytest.approx(0.74 * 3)
    assert weighed("Ce n'est pas frumious", "fr")["worth of blame"] == 0


def test_unknown_words_weigh_nothing():
    assert weighed("The shop is in Lyon")["weighs nothing"] == 1
    assert weighed("") == dict.fromkeys(WEIGHED, 0) | {"weighs nothing": 1} or weighed("") == dict.fromkeys(
        WEIGHED, 0
    )


def test_a_list_is_words_tabs_and_numbers(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("word\tmean\nzorglub\t3.0\t0.5\nÉtÉ\t1\nété\t2\ntwo words\t4\n\n")
    read = valence.read_valences(path)
    known = dict(zip(read.words.tolist(), read.worth.tolist(), strict=True))
    zorglub, summer = prepare(["zorglub ete"]).tokens.number.tolist()
    assert known == {zorglub: 3, summer: 1.5}


def test_a_file_without_numbers_is_refused(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("zorglub\nblick\tmuch\n")
    with pytest.raises(valence.NotValences):
        valence.read_valences(path)


@pytest.fixture(scope="module")
def reader() -> Linear:
    labels = {"positive": "zorglub", "neutral": "grey", "negative": "frumious"}
    rows = [
        Labelled(f"The bakery of {place} has a {word} counter", label, "en")
        for place in PLACES
        for label, word in labels.items()
    ]
    return training.train(examples.turned("polarity", rows, valence.compiled(WORDS)))


def read(reader: Linear, *texts: str) -> list[Said]:
    return read_texts(texts, Readers({("polarity", ""): reader}))


def test_a_reader_weighs_words_it_never_met(reader):
    said = read_texts(
        ["They have a vorpal door in Arles", "They have a tall door in Arles"], Readers({("polarity", ""): reader})
    )
    assert said[0].polarity == -1
    without = Linear(reader.classes, reader.weights, reader.temperature)
    bare = read_texts(["They have a vorpal door in Arles"], Readers({("polarity", ""): without}))
    assert said[0].polarity_confidence != bare[0].polarity_confidence


def test_a_reader_keeps_what_words_are_worth_and_not_the_words(reader, tmp_path):
    path = tmp_path / "reader.npz"
    again = load(path, expected=save(reader, path))
    assert again.valences is not None
    assert again.valences.digest == reader.valences.digest
    assert b"vorpal" not in path.read_bytes()
    texts = ["They have a vorpal door in Arles"]
    assert read_texts(texts, Readers({("polarity", ""): again})) == read_texts(
        texts, Readers({("polarity", ""): reader})
    )


def test_reading_a_text_and_judging_an_example_say_the_same(reader):
    texts = ["They have a vorpal door in Arles", "Not a frumious day, they say", "zorglub people everywhere here"]
    held = examples.turned("polarity", [Labelled(text, "neutral", "en") for text in texts], reader.valences)
    likely, sure = training.said_by(reader, held)
    said = read(reader, *texts)
    assert [one.polarity + 1 for one in said] == likely.tolist()
    assert [one.polarity_confidence for one in said] == pytest.approx(sure.tolist(), abs=1e-5)


def test_what_other_words_weighed_is_left_out():
    listed = valence.compiled(WORDS)
    content = examples.packed("A frumious counter", "en", listed)
    rows = [(content, "negative", False)]
    assert examples.unpacked("polarity", rows, listed).cues[0, -len(WEIGHED) :].any()
    for other in (None, valence.compiled({"other": 1.0})):
        assert not examples.unpacked("polarity", rows, other).cues[0, -len(WEIGHED) :].any()
    both = examples.unpacked("polarity", rows, listed)
    assert not both.cues_for(None)[0, -len(WEIGHED) :].any()
    assert np.array_equal(both.cues_for(listed), both.cues)


def test_numbers_kept_beside_a_reader_keep_the_list(tmp_path):
    listed = valence.compiled(WORDS)
    made = examples.turned("polarity", [Labelled("A frumious counter", "negative", "en")], listed)
    examples.store(made, tmp_path / "examples.npz")
    again = examples.restored("polarity", tmp_path / "examples.npz")
    assert again.valences is not None
    assert again.valences.digest == listed.digest
    assert np.array_equal(again.cues, made.cues)


def test_escaped_signs_are_read_as_they_were_written():
    assert examples.unescaped(r"I can\u2019t &amp; won\u2019t") == "I can’t & won’t"
    assert examples.unescaped(r"\ud83d\ude00 and \ud83d") == "😀 and \ufffd"

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from essaim.listening.desk.skill import skill_of
from essaim.listening.reading import actions, examples, learning, read
from essaim.listening.reading.edition import current
from essaim.listening.reading.linear import NotAReader, load
from essaim.listening.reading.models import Correction, Reader, Reading
from essaim.listening.reading.queries import error_rates
from essaim.listening.reading.tests.posts import said
from essaim.people.models import HouseRole, Member

pytestmark = pytest.mark.django_db

PLACES = [
    "Lyon",
    "Nantes",
    "Lille",
    "Metz",
    "Brest",
    "Tours",
    "Dijon",
    "Nice",
    "Pau",
    "Reims",
    "Caen",
    "Sète",
    "Albi",
    "Vichy",
    "Blois",
    "Dax",
    "Gap",
    "Laon",
    "Foix",
    "Auch",
]
SIGNS = {"positive": "zorglub", "neutral": "blick", "negative": "frumious"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.READING_ROOT = tmp_path / "reading"


@pytest.fixture
def team() -> Member:
    member = Member.objects.create_user("nadia@example.org", "nadia", "correct horse battery", display_name="Nadia")
    HouseRole.objects.create(member=member, role=HouseRole.Role.MODERATOR)
    return member


@pytest.fixture
def labelled(tmp_path):
    """Praise and blame in words no list knows."""

    def write(name: str = "examples.csv", signs: dict[str, str] = SIGNS):
        path = tmp_path / name
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["text", "label", "language"])
            for place in PLACES:
                for label, word in signs.items():
                    writer.writerow([f"The bakery of {place} has a {word} counter", label, "en"])
        return path

    return write


def test_training_beats_the_word_lists_and_is_used(labelled):
    outcome = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    assert outcome.is_in_use
    assert outcome.card["quality"]["macro_f1"] == 1
    assert outcome.card["word_lists"]["macro_f1"] < 0.5
    assert outcome.card["trained_on"] + outcome.card["quality"]["n"] == 60
    (pk,) = said("Opened yesterday, a frumious counter in the bakery of Arles")
    read.read_new([pk])
    reading = Reading.objects.get(pk=pk)
    assert (reading.polarity, reading.model.readers) == (-1, [outcome.reader.pk])


def test_a_reader_lies_beside_its_card_and_nothing_else_is_needed(labelled, settings):
    outcome = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    path = settings.READING_ROOT / outcome.reader.file
    assert json.loads(path.with_suffix(".json").read_text())["task"] == "polarity"
    assert "| positive |" in path.with_suffix(".md").read_text()
    assert load(path, expected=outcome.reader.digest).classes == ("negative", "neutral", "positive")


def test_the_card_tells_the_errors_that_shares_are_corrected_for(labelled):
    card = learning.train_from_files(task="polarity", files=[labelled()], language="en").card
    assert card["labels"] == ["-1", "0", "1"]
    skill = skill_of(card)
    assert skill is not None
    assert (skill.sensitivity, skill.specificity) == (1, 1)
    assert error_rates("polarity", "en") == dict.fromkeys(("negative", "neutral", "positive"), (1, 1))
    assert error_rates("polarity", "fr") is None


def test_a_card_tells_how_far_the_reader_is_from_each_on_the_same_texts(labelled, settings):
    first = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    assert set(first.card["better"]) == {"word_lists"}
    found = first.card["better"]["word_lists"]
    assert found["by"] == pytest.approx(first.card["quality"]["macro_f1"] - first.card["word_lists"]["macro_f1"])
    assert found["low"] <= found["by"] <= found["high"]
    second = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    assert second.card["better"]["before"]["by"] == 0
    page = (settings.READING_ROOT / second.reader.file).with_suffix(".md").read_text()
    assert f"{found['low']:+.3f} to {found['high']:+.3f}" in page


def test_a_list_of_words_goes_on_with_the_reader_when_corrections_come(labelled, team, tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("vorpal\t-3\nmimsy\t3\nfrumious\t-2\nzorglub\t2\n")
    first = learning.train_from_files(task="polarity", files=[labelled()], language="en", valences=path)
    assert first.card["data"][1]["of"] == "words"
    ids = said(*(f"The queue in {place} was entirely vorpal this morning" for place in PLACES[:3]))
    read.read_new(ids)
    assert set(Reading.objects.values_list("polarity", flat=True)) == {-1}
    actions.correct(mention_id=ids[0], field="polarity", value=-1, actor=team)
    outcome = learning.retrain(task="polarity", language="en")
    assert outcome is not None
    again = load(learning.folder() / outcome.reader.file)
    assert again.valences is not None
    assert len(again.valences.words) == 4


def test_a_reader_before_that_weighed_other_words_is_compared_as_it_reads(labelled, tmp_path):
    """Its words alone tell the classes apart: without them it would seem worse than it is."""
    path, other = tmp_path / "words.txt", tmp_path / "others.txt"
    path.write_text("zorglub\t4\nfrumious\t-4\n")
    other.write_text("counter\t1\n")
    first = learning.train_from_files(task="polarity", files=[labelled()], language="en", valences=path)
    second = learning.train_from_files(task="polarity", files=[labelled()], language="en", valences=other)
    for name in ("macro_f1", "expected_error"):
        assert second.card["before"][name] == pytest.approx(first.card["quality"][name])


def test_a_file_put_in_the_readers_place_is_refused(labelled, settings):
    outcome = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    path = settings.READING_ROOT / outcome.reader.file
    np.savez(path.open("wb"), about=np.array([{"a": "pickle"}], dtype=object))
    with pytest.raises(NotAReader):
        load(path, expected=outcome.reader.digest)
    with pytest.raises(ValueError, match="allow_pickle"):
        load(path)


def test_the_same_seed_gives_the_same_reader(labelled, settings):
    first = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    second = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    tables = [load(settings.READING_ROOT / one.reader.file).weights for one in (first, second)]
    assert np.array_equal(*tables)


def test_a_worse_reader_is_kept_aside(labelled):
    good = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    turned = {"positive": "frumious", "neutral": "blick", "negative": "zorglub"}
    mixed = learning.train_from_files(
        task="polarity",
        files=[labelled(), labelled("other.csv", turned), labelled("again.csv", turned)],
        language="en",
    )
    held = mixed.card["before"]["n"]
    assert mixed.card["quality"]["n"] == held
    assert mixed.is_in_use == (mixed.card["quality"]["macro_f1"] >= mixed.card["before"]["macro_f1"])
    assert Reader.objects.filter(state=Reader.State.ACTIVE).count() == 1
    assert good.reader.pk < mixed.reader.pk


def test_not_worse_means_at_least_as_good_on_the_same_texts():
    assert learning.is_not_worse({"macro_f1": 0.7}, {"macro_f1": 0.7})
    assert not learning.is_not_worse({"macro_f1": 0.69}, {"macro_f1": 0.7})


def test_what_is_held_back_depends_on_the_text_alone():
    held = [examples.is_held(f"text {number}") for number in range(1000)]
    assert held == [examples.is_held(f"text {number}") for number in range(1000)]
    assert 150 < sum(held) < 250


def test_corrections_teach_and_are_compared_on_the_part_held_back(labelled, team):
    before = learning.train_from_files(task="polarity", files=[labelled()], language="en")
    assert learning.retrain(task="polarity", language="en") is None, "nothing was corrected yet"
    ids = said(*(f"The queue in {place} was entirely vorpal this morning" for place in PLACES))
    read.read_new(ids)
    for pk in ids:
        actions.correct(mention_id=pk, field="polarity", value=-1, actor=team)
    outcome = learning.retrain(task="polarity", language="en")
    assert outcome is not None
    assert outcome.is_in_use
    held = sum(map(learning.is_held_back, ids))
    assert outcome.card["quality"]["n"] == before.card["quality"]["n"] + held
    assert outcome.card["before"]["n"] == outcome.card["quality"]["n"]
    assert outcome.card["corrections"] == len(ids)
    before.reader.refresh_from_db()
    assert before.reader.state == Reader.State.REPLACED
    (pk,) = said("Entirely vorpal again this morning, the queue")
    read.read_new([pk])
    assert Reading.objects.get(pk=pk).polarity == -1
    assert learning.retrain(task="polarity", language="en") is None, "nothing new since"


def test_read_again_brings_everything_to_the_readers_in_use(labelled):
    (pk,) = said("The bakery of Arles has a frumious counter")
    read.read_new([pk])
    learning.train_from_files(task="polarity", files=[labelled()], language="en")
    assert read.read_again() == 1
    edition, _readers = current()
    assert Reading.objects.get(pk=pk).model == edition
    assert Reading.objects.get(pk=pk).polarity == -1
    assert read.read_again() == 0


def test_the_latest_correction_counts(team):
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    for value in ("claim", "opinion"):
        actions.correct(mention_id=pk, field="kind", value=value, actor=team)
    assert Correction.objects.count() == 2
    assert [each.value for each in learning._latest("kind", "en")] == ["opinion"]


def test_too_few_examples_teach_nothing(tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("text,label\ngood,positive\nbad,negative\n")
    with pytest.raises(learning.TooFew):
        learning.train_from_files(task="polarity", files=[path])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "a,b\n1,2\n", "no columns text and label"),
        ("a.csv", "text,label\nbread,splendid\n", "is not one of"),
        ("a.pdf", "%PDF", "not a kind of file"),
        ("a_text.txt", "one\ntwo\n", "is missing"),
        ("a.csv", "file,row,sha,language,label\nx,1,00,en,claim\n", "say where with --texts"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_reason(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(examples.NotExamples) as refusal:
        examples.read_labelled(path, "polarity")
    assert reason in str(refusal.value)


def test_a_pair_of_files_is_read_line_by_line(tmp_path):
    (tmp_path / "train_text.txt").write_text("good bread\nbad bread\n")
    (tmp_path / "train_labels.txt").write_text("2\n0\n")
    rows = examples.read_labelled(tmp_path / "train_text.txt", "polarity", language="en")
    assert [(row.text, row.label) for row in rows] == [("good bread", "positive"), ("bad bread", "negative")]

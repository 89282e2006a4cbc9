"""Tables of every kind and state: opened, guessed, read, refused row by row."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.connectors.tables import dates, domain, opening, reading, shipped
from essaim.connectors.tables.domain import BAD_COUNT, BAD_DATE, NO_TEXT, ColumnMissing, Layout, MappingIncomplete
from essaim.connectors.tables.opening import LONG_CELL, MANY_CELLS, NO_JSON, NoTable
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Source, Voice
from essaim.listening.post import Author, Post, Refused, Tie
from essaim.listening.tests.samples import needs, sample
from essaim.listening.voices.keys import voice_key

PARIS = ZoneInfo("Europe/Paris")
TWEETS, NEWS = "restricted/airline_tweets/Tweets.csv", "restricted/hackernews_posts/hacker_news.csv"
SIMPLE = Layout({"text": "texte", "published": "date"}, dates="day-first", zone="Europe/Paris")


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["texte", "date"], ["Très bon,\nvraiment", "31/03/2026"], ["Déçu ; hélas", "01/04/2026"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    path = written(tmp_path / "t.csv", text, encoding)
    assert list(opening.rows(path)) == [
        (2, {"texte": "Très bon,\nvraiment", "date": "31/03/2026"}),
        (4, {"texte": "Déçu ; hélas", "date": "01/04/2026"}),
    ]


def test_a_line_in_another_encoding_is_healed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("texte\nété à Évreux où ça\n".encode() + "crêpe\n".encode("cp1252"))
    assert [row["texte"] for _line, row in opening.rows(path)] == ["été à Évreux où ça", "crêpe"]  # type: ignore[misc]


def test_rows_that_do_not_fit_are_told_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "a,b\n1,2\n1,2,3\n\n1\n1,2,\n")
    assert list(opening.rows(path)) == [
        (2, {"a": "1", "b": "2"}),
        Refused("t.csv:3", MANY_CELLS),
        (5, {"a": "1"}),
        (6, {"a": "1", "b": "2"}),
    ]
    path = written(tmp_path / "u.csv", "a,b\n1,2\n" + "x" * 1_000_001 + ",2\n3,4\n")
    assert list(opening.rows(path))[1:] == [Refused("u.csv:3", LONG_CELL), (4, {"a": "3", "b": "4"})]


def test_json_lines_arrays_and_nesting(tmp_path: Path) -> None:
    path = written(tmp_path / "t.jsonl", '{"a": 1, "user": {"name": "ada"}}\n\nnot json\n[1]\n')
    assert list(opening.rows(path)) == [
        (1, {"a": 1, "user.name": "ada"}),
        Refused("t.jsonl:3", NO_JSON),
        Refused("t.jsonl:4", NO_JSON),
    ]
    assert list(opening.rows(written(tmp_path / "t.json", '[{"a": 1}, 2]'))) == [
        (1, {"a": 1}),
        Refused("t.json#2", NO_JSON),
    ]


def test_a_sheet_keeps_its_types_and_what_is_none_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ([None], ["texte", "date", "texte"], ["bon", datetime(2026, 3, 31, 18), 4], [None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    assert list(opening.rows(tmp_path / "t.xlsx")) == [
        (3, {"texte": "bon", "date": datetime(2026, 3, 31, 18), "texte #3": 4})
    ]
    with pytest.raises(NoTable):
        list(opening.rows(written(tmp_path / "u.xlsx", "no zip")))


@pytest.mark.parametrize(
    ("order", "value", "moment"),
    [
        ("iso", "2015-02-24 11:35:52 -0800", datetime(2015, 2, 24, 19, 35, 52, tzinfo=UTC)),
        ("iso", "2026-03-31T18:00:00Z", datetime(2026, 3, 31, 18, tzinfo=UTC)),
        ("iso", "2026-03-31", datetime(2026, 3, 31, tzinfo=PARIS)),
        ("iso", datetime(2026, 3, 31, 18), datetime(2026, 3, 31, 18, tzinfo=PARIS)),
        ("day-first", "31/03/2026 18h05", datetime(2026, 3, 31, 18, 5, tzinfo=PARIS)),
        ("day-first", "31.03.26", datetime(2026, 3, 31, tzinfo=PARIS)),
        ("day-first", "31/03/2026 à 18:00", datetime(2026, 3, 31, 18, tzinfo=PARIS)),
        ("month-first", "6/24/2016 3:48", datetime(2016, 6, 24, 3, 48, tzinfo=PARIS)),
        ("month-first", "12/31/2016 12:05 am", datetime(2016, 12, 31, 0, 5, tzinfo=PARIS)),
        ("words", "1er mars 2026 à 18:30", datetime(2026, 3, 1, 18, 30, tzinfo=PARIS)),
        ("words", "samedi 14 févr. 2026", datetime(2026, 2, 14, tzinfo=PARIS)),
        ("words", "March 31, 2026 6:05 PM", datetime(2026, 3, 31, 18, 5, tzinfo=PARIS)),
        ("words", "Wed Oct 10 20:19:24 +0000 2018", datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)),
        ("words", "Tue, 10 Mar 2026 11:00:00 +0100", datetime(2026, 3, 10, 10, tzinfo=UTC)),
        ("seconds", 1_775_000_000, datetime(2026, 3, 31, 23, 33, 20, tzinfo=UTC)),
        ("seconds", "1775000000000", datetime(2026, 3, 31, 23, 33, 20, tzinfo=UTC)),
    ],
)
def test_moments_as_tables_write_them(order: str, value: Any, moment: datetime) -> None:
    assert dates.reader(order, PARIS)(value) == moment
    assert dates.guessed_order([value]) == (order, 1.0) or isinstance(value, datetime) or order == "month-first"


@pytest.mark.parametrize("value", ["", "31/31/2026", "hier", "12", "2026-13-01", "32 mars 2026", "3 brumaire 2026"])
def test_what_is_no_moment_is_refused_in_every_order(value: str) -> None:
    for order in dates.ORDERS:
        with pytest.raises(ValueError):
            dates.reader(order, UTC)(value)


@given(st.dates(date(1971, 1, 1), date(2068, 12, 31)))
def test_one_day_beyond_the_twelfth_tells_the_order(day: date) -> None:
    told = [day.strftime("%d/%m/%Y"), "31/01/2026"]
    assert dates.guessed_order(told) == ("day-first", 1.0)
    assert dates.guessed_order([day.strftime("%m/%d/%Y"), "01/31/2026"]) == ("month-first", 1.0)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1 234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("12,5", 12.5), ("1,234", 1234.0), ("3 %", 3.0),
     ("-2", -2.0), ("x", None), ("1e400", None), ("nan", None)],
)  # fmt: skip
def test_numbers_in_french_and_english(cell: str, number: float | None) -> None:
    assert domain.number_in(cell) == number


def test_columns_are_guessed_by_header_and_content() -> None:
    rows = [
        {"Identifiant": f"a{n}", "Avis": f"Le pain numéro {n} était vraiment très bon", "Publié le": f"{n}/03/2026",
         "Pseudo": f"ada{n % 4}", "Note": str(n % 5), "Vues": "1 200"}
        for n in range(1, 29)
    ]  # fmt: skip
    layout = domain.guess(rows)
    assert layout.columns == {
        "text": "Avis", "published": "Publié le", "id": "Identifiant", "author": "Pseudo", "reach": "Vues",
    }  # fmt: skip
    assert (layout.dates, layout.labels) == ("day-first", ("Note",))


def test_headers_that_say_nothing_are_read_by_content_and_headers_that_lie_are_not_believed() -> None:
    rows = [
        {"c1": f"2026-03-{n:02}T10:00:00Z", "c2": f"I would like bread number {n} every day", "date": "good bread"}
        for n in range(1, 20)
    ]
    layout = domain.guess(rows)
    assert (layout.columns["published"], layout.columns["text"]) == ("c1", "c2")


def test_a_row_with_all_it_may_say() -> None:
    layout = Layout(
        {"text": "t", "published": "d", "id": "i", "author": "a", "parent": "p", "reactions": "r", "reach": "n",
         "tags": "g", "language": "l", "title": "h"},
        platform="shop", labels=("note", "none"), address="https://shop.example/{i}", handles=True,
    )  # fmt: skip
    row = {"t": " @Bakery what &amp; who? ", "d": "2026-03-31T18:00:00Z", "i": "7", "a": "@Ada", "p": "5",
           "r": "1 234", "n": "12", "g": "#Bread, rye", "l": "fr_FR", "h": "Hm", "note": "4,5",
           "none": ""}  # fmt: skip
    assert list(domain.posts([(2, row)], layout, "t.csv")) == [
        Post(
            "shop", "7", Author("ada", "Ada"), "@Bakery what & who?", datetime(2026, 3, 31, 18, tzinfo=UTC),
            "https://shop.example/7", "Hm", Tie.REPLY, "5", ("bakery",), "fr", 1234, 12,
            ("bread", "rye"), {"note": 4.5},
        )
    ]  # fmt: skip


def test_what_cannot_be_read_is_told_with_line_column_and_cell() -> None:
    layout = Layout({**SIMPLE.columns, "reactions": "votes"}, dates="day-first")
    rows = [
        (2, {"texte": " ", "date": "31/03/2026"}),
        (3, {"texte": "bon", "date": "33/03/2026"}),
        (4, {"texte": "bon", "date": "31/03/2026", "votes": "many"}),
        (5, {"texte": "bon", "date": None}),
    ]
    assert list(domain.posts(rows, layout, "t.csv")) == [
        Refused("t.csv:2 texte", NO_TEXT),
        Refused("t.csv:3 date = 33/03/2026", BAD_DATE),
        Refused("t.csv:4 votes = many", BAD_COUNT),
        Refused("t.csv:5 date", domain.NO_DATE),
    ]


def test_a_mapping_that_does_not_fit_is_refused_before_the_first_row(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "texte,date\nbon,31/03/2026\n")
    with pytest.raises(ColumnMissing):
        reading.read(path, Layout({"text": "text", "published": "date"}), "t")
    with pytest.raises(MappingIncomplete):
        reading.read(path, Layout({"text": "texte"}), "t")
    with pytest.raises(domain.ZoneUnknown):
        reading.read(path, Layout(SIMPLE.columns, zone="Mars/Base"), "t")


def test_a_row_without_number_or_address_comes_in_once(tmp_path: Path, db: None) -> None:
    path = written(tmp_path / "t.csv", "texte,date\nbon,31/03/2026\nbon,01/04/2026\n")
    source = Source.objects.create(kind="table", name="t", address="t")
    assert take_in(reading.read(path, SIMPLE, "t"), source=source).added == 2
    assert take_in(reading.read(path, SIMPLE, "t"), source=source).added == 0


def test_shipped_mappings_fit_what_they_are_for(db: None) -> None:
    assert shipped.names() == ["hacker-news-posts", "tweets-labelled"]
    for name in shipped.names():
        layout = shipped.layout(name)
        assert Layout.of(layout.as_written()) == layout
    with pytest.raises(shipped.NoSuchMapping):
        shipped.layout("../secret")


HANDLES = {"virginamerica": "Virgin America", "united": "United", "southwestair": "Southwest", "jetblue": "Delta",
           "usairways": "US Airways", "americanair": "American"}  # fmt: skip
"""Whom each of the six brands' customers address; in this set Delta's tweets are JetBlue's."""


@pytest.mark.slow
@needs(TWEETS)
def test_the_sample_of_tweets_is_read_merged_and_counted(db: None) -> None:
    with sample(TWEETS).open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    numbers = {row["tweet_id"] for row in rows}
    assert (len(rows), len(rows) - len(numbers)) == (14_640, 155)
    source = Source.objects.create(kind="table", name="Tweets", address="tweets")
    taken = take_in(reading.read_file(sample(TWEETS), "tweets-labelled"), source=source)
    assert (taken.read, taken.added, taken.again, taken.refused) == (14_640, 14_485, 155, 0)
    assert take_in(reading.read_file(sample(TWEETS), "tweets-labelled"), source=source).added == 0

    reasons = {row["negativereason"] for row in rows} - {""}
    first = {row["tweet_id"]: row for row in reversed(rows)}
    for reason in reasons:
        kept = Mention.objects.filter(labels__negativereason=reason).count()
        assert kept == sum(row["negativereason"] == reason for row in first.values())
    assert set(Mention.objects.values_list("labels__airline", flat=True).distinct()) == {
        row["airline"] for row in rows
    }

    share_of_voice(first)


def share_of_voice(rows: dict[str, dict[str, str]]) -> None:
    """Of six brands, computed from whom each tweet addresses, beside what the set says."""
    ours: dict[str, set[int | None]] = {}
    agreed = 0
    for handle, brand in HANDLES.items():
        addressed = Mention.objects.filter(names__contains=[Voice.objects.get(key=voice_key("twitter", handle)).pk])
        wanted = [row for row in rows.values() if re.search(rf"(?<![\w@.])@{handle}\b", row["text"], re.IGNORECASE)]
        assert addressed.count() == len(wanted)
        assert set(addressed.values_list("external_id", flat=True)) == {row["tweet_id"] for row in wanted}
        ours[brand] = set(addressed.values_list("voice_id", flat=True))
        agreed += addressed.filter(labels__airline=brand).count()
    assert agreed / len(rows) > 0.99  # whom they address is whom the set says they speak of
    people = set().union(*ours.values())
    shares = {brand: len(speaking) / len(people) for brand, speaking in ours.items()}
    assert max(shares, key=lambda brand: shares[brand]) == "United"
    assert all(0 < share < 1 for share in shares.values())


@pytest.mark.slow
@needs(NEWS)
def test_the_sample_of_headlines_is_read_by_its_mapping(db: None) -> None:
    source = Source.objects.create(kind="table", name="News", address="news")
    taken = take_in(reading.read_file(sample(NEWS), "hacker-news-posts"), source=source)
    with sample(NEWS).open(newline="") as opened:
        numbers = [row["id"] for row in csv.DictReader(opened)]
    assert (taken.read, taken.added, taken.refused) == (len(numbers), len(set(numbers)), 0)
    assert take_in(reading.read_file(sample(NEWS), "hacker-news-posts"), source=source).added == 0

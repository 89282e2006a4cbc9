"""Mentions as a file: the page's and the command's, with nobody's name in it."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from essaim.listening.desk import acts
from essaim.listening.desk.commands import export_mentions
from essaim.listening.desk.errors import FileThere, NoSuchName, NotSuchFile
from essaim.listening.desk.queries import giving
from essaim.listening.desk.queries.giving import covered
from essaim.listening.desk.tests.conftest import DAY, NOON, heard, read_as
from essaim.listening.models import Source
from essaim.people.models import Member


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@ada and @bob@m.example: no", "@… and @…: no"),
        ("Thanks, @levain!", "Thanks, @…!"),
        ("mail me: ada@example.org", "mail me: ada@example.org"),
        ("https://m.example/@ada/1 5 @ 3", "https://m.example/@ada/1 5 @ 3"),
    ],
)
def test_names_in_a_text_are_covered(text: str, told: str) -> None:
    assert covered(text) == told


def test_a_row_tells_what_was_heard_read_and_done_under_a_pseudonym(source: Source, mona: Member) -> None:
    mention = heard(source, "=1+1 says @bob", by="ada@m.example", title="Loaf")
    read_as(mention, -1, "claim", aspects=["crust", "price"])
    acts.close(mention_id=mention.pk, actor=mona, reason="read")
    (row,) = giving.rows(giving.Wanted(state="all"))
    assert mention.voice is not None
    assert {name: row[name] for name in ("author", "text", "polarity", "kind", "aspects", "state", "address")} == {
        "author": mention.voice.pseudonym, "text": "=1+1 says @…", "polarity": -1, "kind": "claim",
        "aspects": ["crust", "price"], "state": "closed", "address": "",
    }  # fmt: skip
    assert row["mention"].endswith(f"/studio/listen/mentions/{mention.pk}/")
    assert next(giving.rows(giving.Wanted(state="all"), addresses=True))["address"] == mention.url


def test_the_page_gives_what_the_inbox_shows(client: Client, source: Source, mona: Member, owner: Member) -> None:
    first = heard(source, "=1+1 is a claim")
    heard(source, "Another", by="bob")
    read_as(first, -1, "claim")
    client.force_login(mona)
    told = b"".join(client.get("/studio/listen/mentions.csv", {"kind": "claim"})).decode()  # type: ignore[arg-type]
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["text"], row["polarity"], row["state"]) == ("'=1+1 is a claim", "-1", "open")
    client.force_login(owner)
    assert client.get("/studio/listen/mentions.csv").status_code == 200
    client.logout()
    assert client.get("/studio/listen/mentions.csv").status_code == 302


def test_the_command_writes_all_of_it_in_either_form(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "AT_ONCE", 2)
    for number in range(5):
        heard(source, f"Bread {number}", by=f"someone{number}", at=NOON - number * DAY)
    table, lines = tmp_path / "heard.csv", tmp_path / "heard.jsonl"
    assert export_mentions(table) == {"mentions": 5, "file": table}
    assert [row["text"] for row in csv.DictReader(table.open())] == [f"Bread {number}" for number in range(5)]
    since = datetime(2026, 3, 1) - timedelta(days=1)
    assert export_mentions(lines, since=since, source=source.name)["mentions"] == 3
    assert [json.loads(line)["text"] for line in lines.read_text().splitlines()] == ["Bread 0", "Bread 1", "Bread 2"]
    assert "board.test" not in lines.read_text()


def test_what_cannot_be_written_is_said_before_anything_is(source: Source, tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    with pytest.raises(FileThere):
        export_mentions(there)
    with pytest.raises(NotSuchFile):
        export_mentions(tmp_path / "heard.xls")
    with pytest.raises(NoSuchName, match="The village board"):
        export_mentions(tmp_path / "heard.csv", source="Elsewhere")
    assert there.read_text() == "mine"
    assert not (tmp_path / "heard.csv").exists()

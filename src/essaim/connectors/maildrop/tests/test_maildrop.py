"""Letters: threads, own words only, and nobody's address."""

from __future__ import annotations

import mailbox
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from essaim.connectors.maildrop import letter
from essaim.connectors.maildrop.read import FolderNotNamed, NoLetters, hidden, read, read_file
from essaim.listening.kinds import Asked
from essaim.listening.post import Post, Tie

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def mail(number: int, text: str = "Your bread is good.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Message-ID"] = f"<{number}@shop.example>"
    made["From"] = "Ada Lovelace <Ada@home.example>"
    made["To"] = "bakery@house.example"
    made["Subject"] = "Re: Bread"
    made["Date"] = "Tue, 10 Mar 2026 11:00:00 +0100"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_a_letter_bears_its_thread_and_no_address() -> None:
    told = mail(2, "Write to ada@home.example\n", In_Reply_To="<1@shop.example>", References="<0@x> <1@shop.example>")
    post = letter.post(told, hidden)
    assert (post.external_id, post.tie, post.parent) == ("2@shop.example", Tie.REPLY, "1@shop.example")
    assert (post.title, post.text, post.published) == ("Bread", "Write to …@…", datetime(2026, 3, 10, 10, tzinfo=UTC))
    assert "home.example" not in repr(post).replace("shop.example", "")
    assert post.author is not None
    assert post.author.handle == hidden("ada@home.example")
    assert post.author.name == ""


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\nOn Tue, Ada wrote:\n> Is it?\n> Is it now?\n\nAnd more.\n-- \nAda\n06 00", "Yes.\n\nAnd more."),
        ("Oui.\n\nLe mar. 10 mars 2026 à 11:00, Ada <…>\na écrit :\n\n> C'est bon ?", "Oui."),
        ("Top\n\n-----Original Message-----\nFrom: x\nall of it", "Top"),
        ("Merci\n\nDe : Ada\nEnvoyé : mardi\nÀ : nous\ntout", "Merci"),
        ("Short.\nEnvoyé de mon téléphone", "Short."),
        ("Le pain est bon.\nOn aime.", "Le pain est bon.\nOn aime."),
        ("> only quoted", ""),
    ],
)
def test_only_what_its_author_added_is_read(text: str, own: str) -> None:
    assert letter.own_words(text) == own


def test_html_letters_and_odd_charsets_are_read() -> None:
    made = mail(1)
    made.set_content("<p>Bon&nbsp;<b>pain</b></p><blockquote>old</blockquote>", subtype="html")
    assert letter.post(made, hidden).text == "Bon pain"
    odd = message_from_string(
        "Message-ID: <1@x>\nDate: Tue, 10 Mar 2026 11:00:00 +0100\nSubject: =?utf-8?q?Cr=C3=AApes?=\n"
        "Content-Type: text/plain; charset=nonsense\n\nhello"
    )
    post = letter.post(odd, hidden)
    assert (post.title, post.text, post.author) == ("Crêpes", "hello", None)


def places(found: Iterable[Any]) -> list[str]:
    return [one.external_id if isinstance(one, Post) else f"{one.place}: {one.reason}" for one in found]


def test_a_maildir_an_mbox_and_loose_files(tmp_path: Path) -> None:
    maildir = mailbox.Maildir(tmp_path / "dir")
    maildir.add(mail(1))
    maildir.close()
    assert places(read_file(tmp_path / "dir")) == ["1@shop.example"]
    box = mailbox.mbox(tmp_path / "box")
    box.add(mail(2))
    box.add(mail(3, "> all quoted"))
    box.close()
    assert places(read_file(tmp_path / "box")) == ["2@shop.example", f"box#2: {letter.EMPTY}"]
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "a.eml").write_bytes(bytes(mail(4)))
    (tmp_path / "loose" / "b.eml").write_bytes(bytes(mail(5, Date="sometime")))
    (tmp_path / "loose" / "c.txt").write_text("no letter")
    os.utime(tmp_path / "loose" / "a.eml", ns=(1, 1))
    assert places(read_file(tmp_path / "loose")) == ["4@shop.example", f"b.eml: {letter.NO_DATE}"]


def test_a_folder_is_read_on_from_where_it_was_left(tmp_path: Path, settings: Any) -> None:
    settings.LISTEN_MAIL = [tmp_path]
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(bytes(mail(number)))
        os.utime(tmp_path / f"{number}.eml", ns=(number * 10**9, number * 10**9))

    def asked(cursor: dict[str, Any]) -> Asked:
        return Asked(str(tmp_path), {}, cursor, None, NOW)  # type: ignore[arg-type]

    (batch,) = read(asked({}))
    assert places(batch.posts) == ["1@shop.example", "2@shop.example"]
    (again,) = read(asked(dict(batch.cursor)))
    assert places(again.posts) == ["2@shop.example"]  # the same moment is read again: one may have come beside it


def test_only_folders_the_operator_named_are_read(tmp_path: Path, settings: Any) -> None:
    settings.LISTEN_MAIL = [tmp_path / "in"]
    (tmp_path / "in").mkdir()
    for place in (tmp_path, Path("/etc"), tmp_path / "in" / ".." / "out"):
        with pytest.raises(FolderNotNamed):
            list(read(Asked(str(place), {}, {}, None, NOW)))  # type: ignore[arg-type]
    with pytest.raises(NoLetters):
        list(read(Asked(str(tmp_path / "in" / "none"), {}, {}, None, NOW)))  # type: ignore[arg-type]


def test_what_is_no_letter_is_told() -> None:
    with pytest.raises(letter.NotALetter, match="Message-ID"):
        letter.post(message_from_string("Subject: x\n\nhello"), hidden)

"""A dump of a Stack Exchange site: small ones written here, and a real one where there is one."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from essaim.connectors.stackexchange.read import BROKEN, FORBIDDEN, NO_ROW, NoDump, read
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Source
from essaim.listening.post import Post, Refused, Tie
from essaim.listening.tests.samples import needs, sample

DUMP = "open/se_conlang_meta"
AT = 'CreationDate="2018-02-06T20:19:50.957"'
QUESTION = (
    f'<row Id="1" PostTypeId="1" {AT} Score="-2" ViewCount="9" Body="&lt;p&gt;Why?&lt;/p&gt;" OwnerUserId="14" '
    'Title="Why" Tags="&lt;a&gt;&lt;b-c&gt;" />'
)
ANSWER = f'<row Id="2" PostTypeId="2" ParentId="1" {AT} Score="3" Body="So." OwnerDisplayName="Bo" />'
COMMENT = f'<row Id="5" PostId="2" Score="1" Text="Sure &amp;amp; yes" {AT} UserId="15" />'


def dump(folder: Path, posts: str, comments: str = "") -> Path:
    (folder / "Posts.xml").write_text(f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<posts>\n{posts}\n</posts>')
    if comments:
        (folder / "Comments.xml").write_text(f"<comments>{comments}</comments>")
    return folder


def test_questions_answers_and_comments_hang_together(tmp_path: Path) -> None:
    one, two, three = read(dump(tmp_path, QUESTION + ANSWER, COMMENT), "bread")
    assert isinstance(one, Post)
    assert isinstance(two, Post)
    assert isinstance(three, Post)
    assert (one.external_id, one.title, one.text, one.tags) == ("bread/p1", "Why", "Why?", ("a", "b-c"))
    assert (one.reactions, one.reach, one.labels) == (0, 9, {"score": -2})
    assert (two.tie, two.parent, two.author.handle, two.author.name) == (Tie.REPLY, "bread/p1", "bread/Bo", "Bo")
    assert (three.parent, three.text, three.author.handle) == ("bread/p2", "Sure &amp; yes", "bread/15")


def test_wikis_say_nothing_and_broken_rows_are_told(tmp_path: Path) -> None:
    wiki = f'<row Id="3" PostTypeId="5" {AT} Body="x" />'
    assert list(read(dump(tmp_path, wiki + '<row Id="4" PostTypeId="1" />'))) == [Refused("Posts.xml#2", NO_ROW)]


def test_what_stands_before_a_break_is_read(tmp_path: Path) -> None:
    found = list(read(dump(tmp_path, QUESTION + "\n<row Id=4 />")))
    assert [type(one) for one in found] == [Post, Refused]
    assert found[1] == Refused("Posts.xml:4", BROKEN)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE posts [<!ENTITY a "aaaa">]><posts><row Id="&a;" /></posts>'
    (tmp_path / "Posts.xml").write_text(bomb)
    assert list(read(tmp_path)) == [Refused("Posts.xml", FORBIDDEN)]


def test_a_folder_without_posts_is_no_dump(tmp_path: Path) -> None:
    with pytest.raises(NoDump):
        list(read(tmp_path))


@needs(DUMP)
def test_the_sample_comes_in_whole_and_once(db: None) -> None:
    rows = ElementTree.parse(sample(DUMP) / "Posts.xml").getroot()
    kinds = [row.get("PostTypeId") for row in rows]
    comments = len(ElementTree.parse(sample(DUMP) / "Comments.xml").getroot())
    source = Source.objects.create(kind="stackexchange", name="Sample", address="sample")
    taken = take_in(read(sample(DUMP)), source=source)
    assert (taken.added, taken.refused) == (kinds.count("1") + kinds.count("2") + comments, 0)
    assert take_in(read(sample(DUMP)), source=source).added == 0
    answers = Mention.objects.filter(tie="reply")
    assert answers.count() == kinds.count("2") + comments
    lost = answers.filter(parent_id=None).count()
    assert lost <= sum(kind not in ("1", "2") for kind in kinds)  # comments on wikis and on what was deleted

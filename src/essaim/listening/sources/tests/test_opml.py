"""Lists of feeds: mended or refused entry by entry, with line and reason."""

from __future__ import annotations

import pytest

from essaim.listening.sources.opml import (
    MENDED_AMPERSAND,
    MENDED_TAG,
    NO_ADDRESS,
    NOT_OF_THE_WEB,
    TWICE,
    Listed,
    Rejected,
    read_list,
    write_list,
)
from essaim.listening.sources.refusals import NotAList
from essaim.listening.tests.samples import needs, sample

UGLY = b"""<?xml version="1.0"?>
<opml version="1.0"><head><title>A & B</title></head><body>
<outline text="News & more">
  <outline text="Good" title="Good" xmlUrl="https://a.example/rss" type="rss"/>
  <outline text="Amp" xmlUrl="https://b.example/rss?a=1&b=2" type="rss"/>
  <outline text="Said "loudly" <b>" xmlUrl="https://c.example/rss" type="rss"/>
  <outline text="Twice" xmlUrl="https://a.example/rss"/>
  <outline text="None" type="rss"/>
  <outline text="Odd" xmlUrl="javascript:alert(1)"/>
  <outline text="Torn" xmlUrl=https://d.example/rss />
</outline>
<outline text="Loose" xmlUrl='feed://e.example/rss'/>
"""


def test_an_ugly_list() -> None:
    assert list(read_list(UGLY)) == [
        Listed(4, "https://a.example/rss", "Good", ("News & more",)),
        Listed(5, "https://b.example/rss?a=1&b=2", "Amp", ("News & more",), MENDED_AMPERSAND),
        Listed(6, "https://c.example/rss", 'Said "loudly" <b>', ("News & more",), MENDED_TAG),
        Rejected(7, "https://a.example/rss", TWICE),
        Rejected(8, '<outline text="None" type="rss"/>', NO_ADDRESS),
        Rejected(9, "javascript:alert(1)", NOT_OF_THE_WEB),
        Rejected(10, '<outline text="Torn" xmlUrl=https://d.example/rss />', NO_ADDRESS),
        Listed(12, "http://e.example/rss", "Loose"),
    ]


def test_what_we_write_we_read() -> None:
    feeds = [('Salt & "honey" <3', "https://a.example/?a=1&b='2'"), ("Ruche", "https://b.example/é")]
    text = write_list("Sources of <the house>", feeds)
    assert [(each.title, each.url, each.mended) for each in read_list(text.encode()) if isinstance(each, Listed)] == [
        (name, url, "") for name, url in feeds
    ]


@pytest.mark.parametrize("body", [b"", b"<html><body>x", b"\x00\x01"])
def test_what_is_no_list(body: bytes) -> None:
    with pytest.raises(NotAList):
        list(read_list(body))


def test_a_bomb_in_a_list_is_not_lit() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    entry = b'<opml version="2.0"><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>'
    assert list(read_list(bomb + entry)) == [Listed(1, "https://a.example/", "&b;", (), MENDED_AMPERSAND)]


@needs("open/opml_feeds")
def test_every_feed_of_the_lists_found_in_the_wild() -> None:
    folder = sample("open/opml_feeds")
    listed = mended = refused = written = 0
    for path in folder.rglob("*.opml"):
        body = path.read_bytes()
        written += body.count(b"xmlUrl")
        for each in read_list(body):
            refused += isinstance(each, Rejected)
            listed += isinstance(each, Listed)
            mended += isinstance(each, Listed) and bool(each.mended)
    assert (listed + refused, refused, mended) == (written, 0, 136)

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from essaim.kit import feeds

ATOM = {"a": feeds.NAMESPACE}


def sample(**changes):
    known = {"id": "urn:1", "title": "A & <b>", "url": "/a", "updated": datetime(2026, 3, 1, tzinfo=UTC)}
    return feeds.Entry(**(known | changes))


def written(*entries):
    text = feeds.atom(
        id="urn:f", title="House", url="https://h.example/", feed_url="https://h.example/f", entries=entries
    )
    return ElementTree.fromstring(text)


def test_feed_carries_its_entries_and_the_newest_date():
    root = written(sample(), sample(id="urn:2", updated=datetime(2026, 4, 1, tzinfo=UTC)))
    assert [node.text for node in root.findall("a:entry/a:id", ATOM)] == ["urn:1", "urn:2"]
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-04-01T00:00:00+00:00"
    assert [node.get("href") for node in root.findall("a:link", ATOM)] == [
        "https://h.example/",
        "https://h.example/f",
    ]


def test_text_is_escaped_and_control_characters_dropped():
    root = written(sample(title="A & <b> \x00\x0bé", html="<p>ok</p>"))
    assert root.findtext("a:entry/a:title", namespaces=ATOM) == "A & <b> é"
    assert root.findtext("a:entry/a:content", namespaces=ATOM) == "<p>ok</p>"


def test_an_entry_without_author_is_the_house_s():
    assert written(sample()).findtext("a:entry/a:author/a:name", namespaces=ATOM) == "House"


def test_an_empty_feed_is_a_feed():
    assert written().findall("a:entry", ATOM) == []

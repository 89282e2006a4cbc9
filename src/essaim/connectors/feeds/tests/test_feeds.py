"""Feeds as they are found: read, mended, fallen back on, refused; from a real server, with its conditions."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from essaim.connectors.feeds.discovery import Announced, feeds_of
from essaim.connectors.feeds.domain import FeedBroken, NotAFeed, PageWithFeed
from essaim.connectors.feeds.reading import read_feed
from essaim.connectors.feeds.sources import SOURCES
from essaim.kit import clock
from essaim.listening import polling
from essaim.listening.intake import take_in
from essaim.listening.kinds import Asked
from essaim.listening.models import Mention, Source, Voice
from essaim.listening.post import Author, Post
from essaim.listening.tests.sites import Page, site
from essaim.listening.web import Polite

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
URL = "https://blog.example.org/feed"
KIND = SOURCES[0]

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Honey &amp; Co</title><link>https://blog.example.org/</link><language>fr-FR</language>
<item><title>One &lt;b&gt;comb&lt;/b&gt;</title><link>/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Tue, 10 Mar 2026 10:00:00 +0100</pubDate><dc:creator>Ada Bee</dc:creator>
<description>Short</description><content:encoded><![CDATA[<p>Whole &eacute; text</p><script>alert(1)</script>
<p>Two</p>]]></content:encoded>
<category>miel</category><category>miel</category><category>ruche</category>
<enclosure url="https://cdn.example.org/a.mp3" length="123" type="audio/mpeg"/></item>
</channel></rss>"""


def item(inner: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{head}<rss version="2.0"><channel><title>T</title><item>{inner}</item></channel></rss>'.encode()


def only(body: bytes, content_type: str = "") -> Post:
    feed = read_feed(body, URL, NOON, content_type)
    assert (len(feed.posts), feed.refused) == (1, [])
    return feed.posts[0]


def test_rss_with_an_episode() -> None:
    assert only(RSS.encode()) == Post(
        platform="web",
        external_id="blog.example.org#g1",
        author=Author("ada bee@blog.example.org", "Ada Bee"),
        text="Whole é text\n\nTwo",
        published=datetime(2026, 3, 10, 9, tzinfo=UTC),
        url="https://blog.example.org/1",
        title="One comb",
        language="fr",
        tags=("miel", "ruche"),
        labels={
            "enclosure": "https://cdn.example.org/a.mp3",
            "enclosure_type": "audio/mpeg",
            "enclosure_bytes": 123,
        },
    )


def test_atom_with_a_page_of_its_author_older_entries_and_a_deletion() -> None:
    feed = read_feed(
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xmlns:at="http://purl.org/atompub/tombstones/1.0">
        <title>A</title><link rel="next" href="/feed?page=2"/>
        <at:deleted-entry ref="tag:blog.example.org,2026:2" when="2026-03-09T00:00:00Z"/>
        <entry><id>tag:blog.example.org,2026:1</id><title type="html">A &amp;lt; B</title>
        <updated>2026-03-10T10:00:00Z</updated><author><name>Bob</name><uri>https://www.bob.example/me/</uri></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Hello <b>you</b></div></content>
        <link rel="alternate" href="/1"/></entry></feed>""",
        URL,
        NOON,
    )
    entry, gone = feed.posts
    assert (entry.external_id, entry.title, entry.text) == ("tag:blog.example.org,2026:1", "A < B", "Hello you")
    assert entry.author in {
        Author("bob.example/me", "Bob", "https://www.bob.example/me/"),
        Author("bob@blog.example.org", "Bob"),
    }
    assert (gone.external_id, gone.gone) == ("tag:blog.example.org,2026:2", True)
    assert (feed.language, feed.following) == ("en", "https://blog.example.org/feed?page=2")


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>tag:a.example,2026:1</id>
<title>One</title>{published}<updated>{updated}</updated><content>{said}</content></entry></feed>"""


@pytest.mark.parametrize("published", ["<published>2026-03-01T10:00:00Z</published>", ""])
def test_an_entry_reworded_by_its_author_is_reworded_here(db: None, published: str) -> None:
    source = Source.objects.create(kind="feed", name="A", address=URL)

    def taken(updated: str, said: str) -> int:
        body = ATOM.format(published=published, updated=f"2026-03-{updated}T10:00:00Z", said=said)
        return take_in(read_feed(body.encode(), URL, NOON).posts, source=source).edited

    assert [taken("01", "Old"), taken("01", "Not dated"), taken("03", "New"), taken("02", "Late")] == [0, 0, 1, 0]
    assert Mention.objects.values_list("text", "edited_at").get() == ("New", datetime(2026, 3, 3, 10, tzinfo=UTC))


def test_json_feed() -> None:
    body = b"""{"version":"https://jsonfeed.org/version/1.1","title":"J","next_url":"https:\\/\\/j.example\\/2","items":[
    {"id":"1","url":"https://j.example/1","content_html":"<p>x</p>","date_published":"2026-03-10T10:00:00Z",
    "authors":[{"name":"C"}],"tags":["q"]}]}"""
    feed = read_feed(body, "https://j.example/", NOON)
    assert (feed.posts[0].text, feed.posts[0].tags, feed.following) == ("x", ("q",), "https://j.example/2")


def test_rdf() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title></channel>
    <item rdf:about="https://r.example/1"><title>One</title><link>https://r.example/1</link>
    <dc:date>2026-03-01T08:00:00Z</dc:date><dc:creator>Eve</dc:creator></item></rdf:RDF>"""
    post = only(body)
    assert (post.url, post.published, post.author and post.author.name) == (
        "https://r.example/1",
        datetime(2026, 3, 1, 8, tzinfo=UTC),
        "Eve",
    )


LINK = "<link>https://x.example/1</link>"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (item(f"<title>Salt & honey</title>{LINK}"), "Salt & honey"),
        (item(f"<title>Caf&eacute; noir</title>{LINK}"), "Café noir"),
        (item(f"<title>Caf\xe9</title>{LINK}").decode().encode("latin-1"), "Café"),
        (
            item(f"<title>Café</title>{LINK}", '<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"),
            "Café",
        ),
        (
            item(f"<title>Café</title>{LINK}", '<?xml version="1.0" encoding="windows-1252"?>')
            .decode()
            .encode("cp1252"),
            "Café",
        ),
        (b"\n\n  " + item(f"<title>Late</title>{LINK}"), "Late"),
        (b"\xef\xbb\xbf" + item(f"<title>Mark</title>{LINK}"), "Mark"),
        (item(f"<title>Bell\x0b</title>{LINK}"), "Bell"),
        (item(f"<title><![CDATA[a <b>]]&gt; b]]></title>{LINK}"), "a ]]> b"),
        (item(f"<title>&amp;lt;i&amp;gt;</title>{LINK}"), "<i>"),
        (item(f"<title>Cut</title>{LINK}")[:-25], "Cut"),
        (item(f"<title>No date</title>{LINK}<pubDate>yesterday</pubDate>"), "No date"),
        (item(f"<title>Far</title>{LINK}<pubDate>Tue, 10 Mar 2093 10:00:00 GMT</pubDate>"), "Far"),
        (item("<title>Only an id</title><guid>77</guid>"), "Only an id"),
    ],
    ids=[
        "ampersand",
        "entity",
        "latin-1",
        "utf-16",
        "cp1252",
        "spaces",
        "bom",
        "control",
        "cdata",
        "escaped twice",
        "cut",
        "no date",
        "future",
        "no link",
    ],
)
def test_fourteen_ugly_ones(body: bytes, title: str) -> None:
    post = only(body)
    assert (post.title, post.published) == (title, NOON)


def test_the_header_says_the_encoding() -> None:
    body = item(f"<title>Café</title>{LINK}", '<?xml version="1.0"?>').decode().encode("latin-1")
    assert only(body, "application/rss+xml; charset=ISO-8859-1").title == "Café"


@pytest.mark.parametrize("body", [b"", b"   ", b"just words", b"{}", b'{"items": 3}', b"<opml/>", b"%PDF-1.4"])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises((NotAFeed, FeedBroken)):
        read_feed(body, URL, NOON)


def test_a_page_instead_of_a_feed_names_the_feed() -> None:
    page = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/rss" title="All">'
    with pytest.raises(PageWithFeed) as told:
        read_feed(page, "https://blog.example.org/", NOON)
    assert told.value.facts == {"feed": "https://blog.example.org/rss"}
    with pytest.raises(NotAFeed):
        read_feed(b"<html><body>nothing", URL, NOON)


def test_feeds_a_page_announces() -> None:
    page = b"""<html><head><base href="https://cdn.example.org/x/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments.xml">
    <link rel="ALTERNATE stylesheet" type="application/atom+xml" title=" All  posts " href="atom.xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:x">
    <link rel="alternate" hreflang="fr" href="/fr">
    """
    assert feeds_of(page, URL) == [
        Announced("https://cdn.example.org/x/atom.xml", "All posts"),
        Announced("https://cdn.example.org/x/comments.xml", "Comments"),
    ]


def test_entries_that_say_nothing_are_refused_by_number() -> None:
    body = item(f"<title>ok</title>{LINK}</item><item><title>lost</title></item><item>{LINK}")
    feed = read_feed(body, URL, NOON)
    assert [post.title for post in feed.posts] == ["ok"]
    assert [each.place for each in feed.refused] == ["#2", "#3"]


def test_bombs_and_doors_in_xml_are_left_shut() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    body = f'<?xml version="1.0"?>{bomb}]>' + item(f"<title>&m;</title>{LINK}", "").decode()
    door = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + item(f"<title>a&x;b</title>{LINK}", "").decode()
    )
    begun = time.process_time()
    for each in (body, door):
        for post in read_feed(each.encode(), URL, NOON).posts:
            assert len(post.title) < 20
            assert Path("/etc/hostname").read_text().strip() not in post.title
    assert time.process_time() - begun < 2


def test_a_spiteful_text_costs_no_time() -> None:
    body = item(f"<title>x</title>{LINK}<description><![CDATA[{'<script' * 200_000}]]></description>")
    begun = time.process_time()
    only(body)
    assert time.process_time() - begun < 3


def visiting(address: str, **fields: Any) -> Source:
    return Source.objects.create(kind="feed", name="Blog", address=address, next_run_at=NOON, **fields)


@pytest.mark.django_db
def test_a_feed_visited_twice_is_read_once(settings: Any) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as here:
        here.pages["/feed"] = lambda asked: (
            Page(status=304) if asked.headers.get("if-none-match") == '"1"' else Page(RSS, headers={"ETag": '"1"'})
        )
        here.pages["/old"] = Page(status=301, headers={"Location": "/feed"})
        source = visiting(f"{here.url}/old")
        with clock.at(NOON):
            first = polling.visit(source)
        source.refresh_from_db()
        with clock.at(NOON + timedelta(hours=1)):
            second = polling.visit(source)
        assert first is not None
        assert second is not None
        assert (first.read, first.added, first.error, second.read, second.error) == (1, 1, None, 0, None)
        assert here.paths() == ["/old", "/feed", "/feed"]
    mention = Mention.objects.get()
    assert (mention.title, mention.platform, mention.labels["enclosure_bytes"]) == ("One comb", "web", 123)
    assert Voice.objects.get().pseudonym != "Ada Bee"


@pytest.mark.django_db
def test_a_feed_without_conditions_is_not_parsed_again_when_it_is_the_same(settings: Any) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as here:
        here.pages["/feed"] = Page(RSS)
        client = Polite(per_hour=3_600_000)
        first = list(KIND.read(Asked(f"{here.url}/feed", {}, {}, client, NOON)))
        second = list(KIND.read(Asked(f"{here.url}/feed", {}, first[-1].cursor, client, NOON)))
    assert ([len(list(batch.posts)) for batch in first], [list(batch.posts) for batch in second]) == ([1], [[]])


@pytest.mark.django_db
def test_older_pages_are_read_in_a_backfill_back_to_a_day(settings: Any) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]

    def page(number: int) -> str:
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link rel="next" href="/{number + 1}"/>'
            f"<entry><id>tag:a,{number}</id><title>E{number}</title>"
            f"<updated>2026-03-{10 - number:02}T00:00:00Z</updated>"
            f'<link href="/e{number}"/></entry></feed>'
        )

    with site() as here:
        here.pages.update({f"/{number}": Page(page(number)) for number in range(9)})
        since = datetime(2026, 3, 8, tzinfo=UTC)
        asked = Asked(f"{here.url}/0", {}, {}, Polite(per_hour=3_600_000), NOON, since, True)
        batches = list(KIND.read(asked))
        assert [[post.title for post in batch.posts] for batch in batches] == [["E0"], ["E1"], ["E2"], []]
        halfway = Asked(f"{here.url}/0", {}, batches[0].cursor, asked.client, NOON, since, True)
        assert [[post.title for post in batch.posts] for batch in KIND.read(halfway)] == [["E1"], ["E2"], []]
        assert batches[-1].cursor == {"next": "", "pages": 4}
        ended = Asked(f"{here.url}/0", {}, batches[-1].cursor, asked.client, NOON, since, True)
        assert list(KIND.read(ended)) == []

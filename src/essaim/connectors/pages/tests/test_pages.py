"""Articles and comments from a real server; pages that do not want to be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from essaim.connectors.pages.domain import NoIndex, NotAPage, NoText, header_refuses
from essaim.connectors.pages.reading import read_page
from essaim.kit import clock
from essaim.listening import polling
from essaim.listening.models import Mention, Source
from essaim.listening.post import Author, Post, Tie
from essaim.listening.tests.sites import Page, site

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
URL = "https://blog.example.org/1"
SENTENCE = "The honey of this year came late and tastes of lime more than of chestnut, they say in the village."
ARTICLE = (
    "<article><h1>Late honey</h1>" + "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(6)) + "</article>"
)
COMMENTS = """<section id="comments"><ol>
<li class="comment" id="comment-12"><article class="comment-body"><b class="fn"><a href="https://bob.example/">Bob</a></b>
<time datetime="2026-03-02T09:00:00+00:00">2 March</time>
<div class="comment-content"><p>Mine was <b>broken</b>.</p></div></article>
<ol><li class="comment" id="comment-13"><b class="fn">Eve says:</b><time datetime="2026-03-03T09:00:00">x</time>
<div class="comment-content"><p>Write to them.</p><script>x()</script></div></li></ol></li>
<li class="comment" id="comment-14"><b class="fn">Nobody</b></li></ol></section>"""


def page(body: str, head: str = "") -> bytes:
    head = f'<title>Late honey</title><meta name="author" content="Ada Bee"><link rel="canonical" href="{URL}">{head}'
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def test_an_article_and_its_comments() -> None:
    (article, bob, eve), refused = read_page(page(ARTICLE + COMMENTS), f"{URL}?utm_source=x", NOON)
    assert (article.url, article.title, article.author) == (
        URL,
        "Late honey",
        Author("ada bee@blog.example.org", "Ada Bee"),
    )
    assert article.text.startswith(f"0. {SENTENCE}")
    assert bob == Post(
        platform="web",
        external_id=f"{URL}?comment=comment-12",
        author=Author("bob.example", "Bob", "https://bob.example/"),
        text="Mine was broken.",
        published=datetime(2026, 3, 2, 9, tzinfo=UTC),
        url=f"{URL}?comment=comment-12",
        tie=Tie.REPLY,
        parent=URL,
        language="en",
    )
    assert (eve.text, eve.parent, eve.author) == (
        "Write to them.",
        bob.external_id,
        Author("eve@blog.example.org", "Eve"),
    )
    assert [each.place for each in refused] == ["comment-14"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="noindex">',
        '<meta name="ROBOTS" content="nofollow, NOINDEX">',
        '<meta name="essaim" content="none">',
    ],
)
def test_noindex_is_obeyed(head: str) -> None:
    with pytest.raises(NoIndex):
        read_page(page(ARTICLE, head), URL, NOON)


def test_rules_for_others_are_not_ours() -> None:
    assert read_page(page(ARTICLE, '<meta name="googlebot" content="noindex">'), URL, NOON)[0]


@pytest.mark.parametrize(
    ("header", "refuses"),
    [
        ("noindex", True),
        ("nofollow, noindex", True),
        ("essaim: none", True),
        ("googlebot: noindex", False),
        ("googlebot: nofollow, essaim: noindex", True),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", False),
        ("", False),
    ],
)
def test_the_header_of_robots(header: str, refuses: bool) -> None:
    assert header_refuses(header) is refuses


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"", NotAPage),
        (b"%PDF-1.4", NotAPage),
        (page("<p>short</p>"), NoText),
        (page("<script>x()</script>"), NoText),
    ],
)
def test_what_cannot_be_read(body: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_page(body, URL, NOON)


@pytest.mark.django_db
def test_a_page_visited_twice_brings_only_the_new_comment(settings: Any) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as here:
        body = page(ARTICLE + COMMENTS).decode().replace(URL, f"{here.url}/1")
        here.pages["/1"] = Page(body)
        source = Source.objects.create(kind="page", name="Page", address=f"{here.url}/1", next_run_at=NOON)
        runs = []
        for hours in range(3):
            if hours == 2:
                here.pages["/1"] = Page(body.replace('<b class="fn">Nobody</b>', '<p class="comment-text">New!</p>'))
            with clock.at(NOON + timedelta(hours=hours)):
                runs.append(polling.visit(source))
            source.refresh_from_db()
        assert [(run.read, run.added, run.refusals) for run in runs if run] == [(3, 3, 1), (0, 0, 0), (4, 1, 0)]
        here.pages["/1"] = Page(body, headers={"X-Robots-Tag": "noindex"})
        polling.visit(source)
    source.refresh_from_db()
    assert (source.state, source.last_error["key"]) == ("dead", NoIndex.cause)
    parents = dict(Mention.objects.exclude(parent_id=None).values_list("text", "parent_id"))
    assert len(parents) == 3


@pytest.mark.django_db
def test_words_changed_on_a_page_are_followed(settings: Any) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as here:
        first = page(ARTICLE + COMMENTS, '<meta property="article:modified_time" content="2026-03-01T08:00:00Z">')
        body = first.decode().replace(URL, f"{here.url}/1")
        told = body.replace("2026-03-01T08:00:00Z", "2026-03-10T12:30:00Z")
        versions = [
            body,
            told.replace("4. The honey", "4. The good honey"),  # the page says when
            told.replace("4. The honey", "4. The best honey").replace("Mine was", "Mine is"),  # it says nothing new
        ]
        source = Source.objects.create(kind="page", name="Page", address=f"{here.url}/1", next_run_at=NOON)
        edits = []
        for hours, version in enumerate(versions):
            here.pages["/1"] = Page(version)
            with clock.at(NOON + timedelta(hours=hours)):
                polling.visit(source)
            source.refresh_from_db()
            rows = Mention.objects.order_by("pk").values_list("text", "edited_at")
            edits.append([edited for _text, edited in rows])
    assert edits == [
        [None, None, None],
        [NOON + timedelta(minutes=30), None, None],
        [NOON + timedelta(hours=2), NOON + timedelta(hours=2), None],
    ]
    article, bob, _eve = Mention.objects.order_by("pk")
    assert "4. The best honey" in article.text
    assert bob.text == "Mine is broken."


@pytest.mark.parametrize(
    "head",
    [
        '<meta itemprop="dateModified" content="2026-03-09">',
        '<script type="application/ld+json">{"@type": "Article", "dateModified": "2026-03-09T00:00:00Z"}</script>',
    ],
)
def test_when_a_page_says_it_was_changed(head: str) -> None:
    [article], _refused = read_page(page(ARTICLE, head), URL, NOON)
    assert article.edited == datetime(2026, 3, 9, tzinfo=UTC)

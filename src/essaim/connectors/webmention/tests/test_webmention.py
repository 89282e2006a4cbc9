"""Told by real pages, checked, changed, deleted; and telling them when we answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from django.test import Client

from essaim.connectors.webmention import domain, jobs, receiving
from essaim.connectors.webmention.models import Received, Reply
from essaim.connectors.webmention.sending import answer
from essaim.kit import clock
from essaim.listening.desk import acts
from essaim.listening.desk.models import Answer
from essaim.listening.desk.publishing import publish_answer
from essaim.listening.intake import take_in
from essaim.listening.kinds import Asked
from essaim.listening.models import Mention, Source
from essaim.listening.post import Post
from essaim.listening.tests.sites import Page, Site, site
from essaim.listening.web import Polite
from essaim.people.models import HouseRole, Member

HOUSE = "https://house.example"
TARGET = f"{HOUSE}/listening/robot/"


@pytest.fixture
def here(db: None, settings: Any) -> Iterator[Site]:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    settings.BASE_URL = HOUSE
    settings.ALLOWED_HOSTS = ["*"]
    Source.objects.create(kind="webmention", name="Ear", address="webmention", next_run_at=None)
    with site() as made:
        yield made


def page(said: str, link: str = TARGET) -> str:
    return f"""<html><head><title>Bob writes</title></head><body><div class="h-entry">
    <a class="u-in-reply-to" href="{link}">the house</a>
    <p class="p-author h-card"><a class="u-url" href="https://bob.example/">Bob</a></p>
    <div class="e-content"><p>{said}</p></div>
    <time class="dt-published" datetime="2026-03-01T10:00:00+01:00">d</time></div></body></html>"""


def tell(client: Client, source: str, target: str = TARGET) -> int:
    return client.post("/webmention/", {"source": source, "target": target}).status_code


def test_told_checked_and_taken_in_once(client: Client, here: Site) -> None:
    here.pages["/1"] = Page(page("Nice <b>honey</b>"), headers={"Content-Type": "text/html"})
    assert [tell(client, f"{here.url}/1"), tell(client, f"{here.url}/1")] == [202, 202]
    assert (jobs.verify_due(), jobs.verify_due()) == (1, 0)
    mention = Mention.objects.get()
    assert (mention.text, mention.tie, mention.platform, mention.url) == (
        "Nice honey",
        "reply",
        "web",
        f"{here.url}/1",
    )
    assert Received.objects.get().state == "verified"
    assert here.paths() == ["/1"]


def test_a_page_that_changes_and_one_that_goes(client: Client, here: Site) -> None:
    here.pages["/1"] = Page(page("Nice"), headers={"Content-Type": "text/html"})
    tell(client, f"{here.url}/1")
    jobs.verify_due()
    here.pages["/1"] = Page(page("Not so nice"), headers={"Content-Type": "text/html"})
    tell(client, f"{here.url}/1")
    jobs.verify_due()
    assert list(Mention.objects.values_list("text", "gone_at")) == [("Not so nice", None)]
    here.pages["/1"] = Page(status=410)
    tell(client, f"{here.url}/1")
    jobs.verify_due()
    assert [(text, gone is not None) for text, gone in Mention.objects.values_list("text", "gone_at")] == [("", True)]
    assert Received.objects.get().state == "gone"


def test_a_page_that_does_not_speak_of_us_is_refused(client: Client, here: Site) -> None:
    here.pages["/1"] = Page(page("x", f"{TARGET}#part"), headers={"Content-Type": "text/html"})
    tell(client, f"{here.url}/1")
    jobs.verify_due()
    assert (Received.objects.get().state, Mention.objects.count()) == ("refused", 0)


def test_a_page_that_does_not_answer_is_tried_again_five_times(client: Client, here: Site) -> None:
    here.pages["/1"] = Page(status=500)
    tell(client, f"{here.url}/1")
    now, tried = clock.now(), 0
    while noted := Received.objects.filter(due_at__isnull=False).first():
        with clock.at(max(now, noted.due_at)):
            tried += jobs.verify_due()
    assert (tried, Received.objects.get().state) == (6, "refused")
    assert clock.now() - now < timedelta(minutes=1)


def test_an_address_inside_is_not_asked(client: Client, here: Site, settings: Any) -> None:
    settings.LISTEN_HOSTS = []
    tell(client, f"{here.url}/1")
    jobs.verify_due()
    assert (here.asked, Mention.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("source", "target", "status"),
    [
        ("", TARGET, 400),
        ("ftp://x.example/", TARGET, 400),
        (TARGET, TARGET, 400),
        (f"{HOUSE}/other", TARGET, 400),
        ("https://x.example/", "https://elsewhere.example/", 400),
        ("https://x.example/", f"{HOUSE}/no-such-page/", 400),
        ("https://x.example/", f"{HOUSE}/studio/", 400),
        ("https://x.example/", f"http://house.example:81/{'a' * 2000}", 400),
        ("https://x.example/", TARGET, 202),
    ],
)
def test_who_may_tell_what(client: Client, here: Site, source: str, target: str, status: int) -> None:
    assert tell(client, source, target) == status


def test_a_house_that_does_not_listen_says_so(client: Client, here: Site) -> None:
    Source.objects.update(state="paused")
    assert tell(client, "https://x.example/") == 404
    assert client.get("/webmention/").status_code == 405


def test_the_queue_is_bounded(client: Client, here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_WAITING", 2)
    assert [tell(client, f"https://x.example/{number}") for number in range(3)] == [202, 202, 503]


def test_public_pages_name_the_endpoint(client: Client, db: None) -> None:
    assert 'rel="webmention"' in client.get("/listening/robot/")["Link"]
    assert "Link" not in client.get("/accounts/login/")


@pytest.mark.parametrize(
    ("header", "body", "endpoint"),
    [
        ('</a>; rel="webmention"', "", "https://x.example/a"),
        ("<b>; rel=webmention", "", "https://x.example/p/b"),
        (
            '<c>; rel="other", <https://y.example/w?a>; rel="x WebMention y"; title="q, r"',
            "",
            "https://y.example/w?a",
        ),
        ("<d>; rel=notwebmention", '<link rel="webmention" href="/e">', "https://x.example/e"),
        ("", '<!-- <link rel="webmention" href="/no"> --><a rel="webmention" href="f">', "https://x.example/p/f"),
        ("", '<a rel="webmention">no</a><link rel="webmention" href="">', "https://x.example/p/q"),
        ("", '<base href="/z/"><a rel="webmention" href="g">', "https://x.example/z/g"),
        ("", '<a href="/h">webmention</a>', ""),
    ],
)
def test_where_an_endpoint_stands(header: str, body: str, endpoint: str) -> None:
    assert domain.endpoint_of(header, body.encode(), "https://x.example/p/q") == endpoint


@pytest.mark.parametrize(
    ("body", "kind", "speaks"),
    [
        (f'<a href="{TARGET}">', "text/html", True),
        (f'<img src="{TARGET}">', "text/html; charset=utf-8", True),
        (f"<p>{TARGET}", "text/html", False),
        (f'<!-- <a href="{TARGET}"> -->', "text/html", False),
        (f'<a href="{TARGET}x">', "text/html", False),
        (f'{{"a": [{{"b": "{TARGET}"}}]}}', "application/json", True),
        (f'{{"a": "see {TARGET}"}}', "application/json", False),
        (f"see {TARGET} there", "text/plain", True),
        (f"see {TARGET}more", "text/plain", False),
        ("{", "application/json", False),
    ],
)
def test_whether_a_page_speaks_of_another(body: str, kind: str, speaks: bool) -> None:
    assert domain.speaks_of(body.encode(), kind, TARGET, "https://x.example/") is speaks


def test_an_answer_stands_here_and_theirs_is_told(client: Client, here: Site) -> None:
    here.pages["/1"] = Page("<p>hi", headers={"Link": '</hook>; rel="webmention"', "Content-Type": "text/html"})
    here.pages["/hook"] = Page(status=202)
    asked = Asked("", {}, {}, Polite(per_hour=3_600_000), clock.now())
    where = answer(asked, f"{here.url}/1", "Thank you, Bob.")
    assert where == f"{HOUSE}/webmention/replies/{Reply.objects.get().pk}/"
    assert parse_qs(here.asked[-1].body.decode()) == {"source": [where], "target": [f"{here.url}/1"]}
    shown = client.get(where.removeprefix(HOUSE)).content.decode()
    assert domain.speaks_of(shown.encode(), "text/html", f"{here.url}/1", where)
    assert "Thank you, Bob." in shown


@pytest.fixture
def mona(db: None) -> Member:
    member = Member.objects.create_user(email="mona@example.org", handle="mona", display_name="Mona", language="en")
    HouseRole.objects.create(member=member, role="moderator")
    return member


def heard_by_feed(here: Site) -> Mention:
    source = Source.objects.create(kind="feed", name="Bob", address=f"{here.url}/feed")
    post = Post("web", "tag:bob.example,2026:1", None, "Nice honey", clock.now(), url=f"{here.url}/1")
    take_in([post], source=source)
    return Mention.objects.get()


def answered(mention: Mention, mona: Member) -> Answer:
    given = acts.answer(mention_id=mention.pk, actor=mona, text="Thank you, Bob.", key=uuid4(), seen=0, by_hand=False)
    publish_answer(given.pk)
    given.refresh_from_db()
    return given


def test_a_page_brought_by_a_feed_is_told_where_its_answer_stands(client: Client, here: Site, mona: Member) -> None:
    here.pages["/1"] = Page('<link rel="webmention" href="/hook">', headers={"Content-Type": "text/html"})
    here.pages["/hook"] = Page(status=202)
    mention = heard_by_feed(here)
    client.force_login(mona)
    assert 'value="itself"' in client.get(f"/studio/listen/mentions/{mention.pk}/").content.decode()
    given = answered(mention, mona)
    assert (given.state, given.url) == ("sent", f"{HOUSE}/webmention/replies/{Reply.objects.get().pk}/")
    assert parse_qs(here.asked[-1].body.decode()) == {"source": [given.url], "target": [f"{here.url}/1"]}
    assert f'href="{given.url}"' in client.get(f"/studio/listen/mentions/{mention.pk}/").content.decode()


def test_a_page_that_takes_no_webmentions_is_answered_by_hand(client: Client, here: Site, mona: Member) -> None:
    here.pages["/1"] = Page("<p>hi", headers={"Content-Type": "text/html"})
    mention = heard_by_feed(here)
    given = answered(mention, mona)
    assert (given.state, given.error) == ("failed", "This page takes no webmentions.")
    client.force_login(mona)
    place = f"/studio/listen/mentions/{mention.pk}/answers/{given.pk}/place/"
    shown = client.get(f"/studio/listen/mentions/{mention.pk}/").content.decode()
    assert "This page takes no webmentions." in shown
    assert place in shown
    client.post(place, {"url": ""})
    given.refresh_from_db()
    assert given.state == "failed"
    client.post(place, {"url": f"{here.url}/1#comment-2"})
    given.refresh_from_db()
    assert (given.state, given.by_hand, given.url, given.error) == ("sent", True, f"{here.url}/1#comment-2", "")


def test_without_an_endpoint_nothing_is_published(here: Site) -> None:
    here.pages["/1"] = Page("<p>hi")
    here.pages["/2"] = Page('<link rel="webmention" href="/hook">')
    here.pages["/hook"] = Page(status=500)
    asked = Asked("", {}, {}, Polite(per_hour=3_600_000), clock.now())
    for path in ("/1", "/2"):
        with pytest.raises(domain.NotRead):
            answer(asked, f"{here.url}{path}", "Thank you.")
    assert Reply.objects.count() == 0

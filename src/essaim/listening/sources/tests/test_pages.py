"""The desk of sources, in a browser's eyes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.kit import clock
from essaim.listening.kinds import source_kinds
from essaim.listening.models import Run, Source
from essaim.listening.sources.models import OptOut
from essaim.listening.sources.tests.test_actions import make_member
from essaim.listening.sources.tests.test_opml import UGLY
from essaim.listening.tests.sites import Page, Site, site

FEED = """<rss version="2.0"><channel><title>T</title>
<item><title>Honey is late</title><link>/1</link><description>Where is it?</description></item>
<item><title>Empty</title></item></channel></rss>"""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def manager(client: Client, db: None) -> Client:
    client.force_login(make_member("margot", "manager"), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def here(settings: Any) -> Any:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as made:
        yield made


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_feed_is_looked_at_then_listened_to(manager: Client, here: Site) -> None:
    here.pages["/feed"] = Page(FEED)
    address, given = reverse("listening_sources:new", args=["feed"]), {"every_minutes": 60, "retention_days": 30}
    looked = manager.post(address, {"address": f"{here.url}/feed", **given})
    assert looked.status_code == 200
    assert all(words in text(looked) for words in ("Honey is late", "Where is it?", "#2", "Listen to it"))
    assert Source.objects.count() == 0
    saved = manager.post(address, {"address": f"{here.url}/feed", "save": "1", **given})
    source = Source.objects.get()
    assert saved["Location"] == reverse("listening_sources:source", args=[source.pk])
    assert (source.address, source.retention_days, source.kind) == (f"{here.url}/feed", 30, "feed")
    again = manager.post(address, {"address": f"{here.url}/feed", "save": "1", **given})
    assert (again.status_code, Source.objects.count()) == (422, 1)
    assert f"{here.url}/feed" in text(again)


def test_a_page_instead_of_a_feed_offers_the_feed_it_announces(manager: Client, here: Site) -> None:
    here.pages["/"] = Page('<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed">')
    address = reverse("listening_sources:new", args=["feed"])
    looked = manager.post(address, {"address": here.url, "every_minutes": 60, "retention_days": 30})
    assert f"?address=http%3A//127.0.0.1%3A{here.server_port}/feed" in text(looked)


def test_an_address_inside_is_refused_in_words(manager: Client) -> None:
    address = reverse("listening_sources:new", args=["feed"])
    looked = manager.post(address, {"address": "http://127.0.0.1/", "every_minutes": 60, "retention_days": 30})
    assert "leads into a private network" in text(looked)


def make_source(number: int = 1, **fields: Any) -> Source:
    return Source.objects.create(
        kind="feed", name=f"Blog {number}", address=f"https://blog.example/{number}", **fields
    )


def test_health_is_told_in_words(manager: Client) -> None:
    long_ago = clock.now() - timedelta(days=40)
    error = {"key": "“%(host)s” does not answer.", "remedy": "Wait.", "figures": {"host": "blog.example"}}
    make_source(1, state="dead", failing_since=long_ago, failures=9, last_error=error, next_run_at=None)
    make_source(2, failing_since=long_ago, failures=2, last_error=error)
    make_source(3, state="paused", next_run_at=None)
    make_source(4, last_success_at=clock.now())
    make_source(5)
    page = text(manager.get(reverse("listening_sources:index")))
    for words in ("Dead</span> since", "Failing</span> since", "Paused</span>", "Listening</span>", "New</span>"):
        assert words in page
    assert page.index("Blog 1") < page.index("Blog 2") < page.index("Blog 3")
    assert page.count("“blog.example” does not answer.") == 2
    only = text(manager.get(reverse("listening_sources:index"), {"state": "failing"}))
    assert ("Blog 2" in only, "Blog 1" in only, "Blog 4" in only) == (True, False, False)


def test_the_list_costs_the_same_for_one_and_for_three(manager: Client) -> None:
    make_source(1)
    address = reverse("listening_sources:index")
    manager.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        manager.get(address)
    make_source(2)
    make_source(3)
    with CaptureQueriesContext(connection) as three:
        manager.get(address)
    assert len(one) == len(three)


def test_one_source_shows_its_visits_and_what_could_not_be_read(manager: Client) -> None:
    source = make_source(1, backfill={"since": None, "cursor": {}})
    Run.objects.create(source=source, ended_at=clock.now(), read=3, refusals=1, refused=[["#2", "No date & <b>"]])
    Run.objects.create(source=source, purpose="backfill", read=40, total=160)
    page = text(manager.get(reverse("listening_sources:source", args=[source.pk])))
    for words in ("1 entry could not be read", "#2: No date &amp; &lt;b&gt;", '<progress max="160" value="40"'):
        assert words in page
    for words in ("Legitimate interest", "720 requests an hour", "RFC 6721"):
        assert words in page


def test_the_acts_from_the_page(manager: Client) -> None:
    source = make_source(1)

    def press(name: str, /, **given: Any) -> Any:
        return manager.post(reverse(f"listening_sources:{name}", args=[source.pk]), given)

    press("pause")
    source.refresh_from_db()
    assert source.state == "paused"
    press("resumption")
    press("visit")
    press("backfill", since="2026-01-02")
    press("settings", name="Other", every_minutes=90, retention_days=7)
    source.refresh_from_db()
    assert (source.state, source.name, source.every_minutes) == ("active", "Other", 90)
    assert source.backfill["since"] == "2026-01-02T00:00:00+00:00"
    refused = press("settings", name="Other", every_minutes=1, retention_days=7)
    assert refused.status_code == 422
    press("removal")
    assert Source.objects.count() == 0


def test_a_list_comes_in_entry_by_entry_and_goes_out_again(manager: Client) -> None:
    make_source(1, options={})
    sent = SimpleUploadedFile("list.opml", UGLY)
    given = {"list": sent, "every_minutes": 120, "retention_days": 30}
    page = text(manager.post(reverse("listening_sources:list"), given))
    assert "4 feeds taken in, 4 entries refused." in page
    for words in ("A bare “&amp;” was mended.", "This is no address of the web.", "javascript:alert(1)"):
        assert words in page
    assert set(Source.objects.exclude(name="Blog 1").values_list("every_minutes", flat=True)) == {120}
    again = text(manager.post(reverse("listening_sources:list"), given | {"list": SimpleUploadedFile("l", UGLY)}))
    assert "0 feeds taken in, 8 entries refused." in again
    opml = manager.get(reverse("listening_sources:export")).content.decode()
    assert opml.count("<outline") == 5
    assert "https://b.example/rss?a=1&amp;b=2" in opml
    nonsense = SimpleUploadedFile("l", b"<html>")
    assert manager.post(reverse("listening_sources:list"), given | {"list": nonsense}).status_code == 422


def test_sites_left_alone_and_the_page_they_are_told_of(manager: Client) -> None:
    manager.post(reverse("listening_sources:quiet"), {"host": "quiet.example", "reason": "by mail"})
    assert "quiet.example" in text(manager.get(reverse("listening_sources:index")))
    manager.post(reverse("listening_sources:quiet-removal", args=[OptOut.objects.get().pk]))
    assert OptOut.objects.count() == 0
    manager.logout()
    assert "User-agent: Essaim" in text(manager.get("/listening/robot/"))


@pytest.mark.parametrize(("role", "status"), [("", 403), ("treasurer", 403), ("analyst", 200), ("moderator", 200)])
def test_who_sees_and_who_decides(client: Client, db: None, role: str, status: int) -> None:
    client.force_login(make_member("ada", role), backend=BACKEND)
    source = make_source(1)
    assert client.get(reverse("listening_sources:index")).status_code == status
    assert client.get(reverse("listening_sources:source", args=[source.pk])).status_code == status
    assert client.get(reverse("listening_sources:kinds")).status_code == 403
    assert client.post(reverse("listening_sources:pause", args=[source.pk])).status_code == 403


def test_every_kind_has_its_page(manager: Client) -> None:
    for kind in source_kinds():
        page = manager.get(reverse("listening_sources:new", args=[kind.slug]))
        assert page.status_code == 200
        assert str(kind.name) in page.content.decode()
    assert manager.get(reverse("listening_sources:new", args=["none"])).status_code == 404
    assert manager.get(reverse("listening_sources:kinds")).status_code == 200

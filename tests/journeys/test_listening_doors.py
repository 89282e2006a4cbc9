"""The other doors by which the house hears, in a browser: tables, exports people give, accounts they claim,
webmentions, lists of feeds."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as configured
from playwright.sync_api import expect

from essaim.connectors.tables.models import SavedLayout
from essaim.connectors.webmention import jobs as webmention
from essaim.connectors.webmention.models import Received
from essaim.kit import clock
from essaim.listening.desk.models import Answer
from essaim.listening.desk.publishing import publish_answer
from essaim.listening.desk.queries.dialogue import dialogue
from essaim.listening.intake import take_in
from essaim.listening.models import Claim, Mention, Source
from essaim.listening.post import Author, Post
from essaim.listening.tests.sites import Page, Site, site
from essaim.listening.voices.queries import owners, voices_of
from tests.journeys.house import PASSWORD, account, open_house
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROWS = 25


@pytest.fixture
def there(settings) -> Iterator[Site]:
    """A site of the neighbourhood."""
    with site() as server:
        settings.LISTEN_HOSTS = ["127.0.0.1"]
        yield server


def attach(walker: Walker, field: str, name: str, content: bytes, kind: str = "text/csv") -> None:
    file = {"name": name, "mimeType": kind, "buffer": content}
    walker.page.locator(f"main [name={field}]").set_input_files(file)


# A table


def table() -> bytes:
    """Reviews of a shop; the longest words stand in what the shop answered, so the guess goes wrong."""
    held = io.StringIO()
    rows = csv.writer(held, delimiter=";")
    rows.writerow(["Le client", "Le mot du client", "Texte", "Publié le", "Étoiles"])
    for number in range(ROWS):
        day = (clock.now() - timedelta(days=number + 1)).strftime("%d/%m/%Y")
        said = f"La tourte numéro {number} était bien levée."
        rows.writerow(
            [f"client{number}", said, "Merci de votre visite, à bientôt à la boutique !", day, number % 5 + 1]
        )
    return held.getvalue().encode("cp1252")


def test_a_table_is_looked_at_put_right_kept_and_taken_in_once(walk, transactional_db: None) -> None:
    open_house("fr")
    ada = walk("fr")
    ada.sign_in("ada@example.org", PASSWORD)
    send_table(ada)
    rows = ada.main.locator("table tbody tr")
    expect(rows).to_have_count(20)
    ada.reads("Merci de votre visite", "main tbody")
    expect(ada.main.locator("[name=text]")).to_have_value("Texte")
    expect(ada.main.locator("[name=dates]")).to_have_value("day-first")
    ada.shot("table-guessed")
    ada.accessible()
    put_right(ada)
    ada.reads("La tourte numéro 0 était bien levée.", "main tbody")
    ada.does_not_read("Merci de votre visite")
    ada.type(name="Avis de la boutique")
    ada.press("Take it in")
    ada.reads(str(ROWS), "main dl")
    ada.shot("table-taken")
    ada.accessible()
    assert Mention.objects.filter(platform="boutique", text__startswith="La tourte").count() == ROWS
    assert SavedLayout.objects.get().name == "Avis de la boutique"
    again(ada)


def send_table(ada: Walker) -> None:
    ada.go("/studio/listen/tables/")
    attach(ada, "file", "avis.csv", table())
    ada.press("Look at it")


def put_right(ada: Walker) -> None:
    ada.type(text="Le mot du client", author="Le client", platform="boutique")
    ada.press("Look again")


def again(ada: Walker) -> None:
    """The same table a week later, read with the mapping that was kept: nothing comes in twice."""
    send_table(ada)
    ada.type(mapping="Avis de la boutique")
    ada.press("Use it")
    ada.reads("La tourte numéro 0 était bien levée.", "main tbody")
    ada.press("Take it in")
    counts = dict(
        zip(*(ada.main.locator(f"dl.facts {part}").all_inner_texts() for part in ("dt", "dd")), strict=True)
    )
    assert (counts[ada.say("New")], counts[ada.say("Known")]) == ("0", str(ROWS))
    assert Mention.objects.count() == ROWS


# An export of one's own

HEAD = "Comment ID,Channel ID,Comment create timestamp,Price,Parent comment ID,Post ID,Video ID,Comment text\n"


def takeout() -> bytes:
    said = ("The rye loaf keeps for a week.", "My address is 4 Mill Lane.", "Too much salt in the brioche.")
    rows = (f"Ug{place},UC1,2026-03-0{place + 1} 10:00:00 UTC,0,,,vid,{text}\n" for place, text in enumerate(said))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("Takeout/YouTube/comments/comments.csv", HEAD + "".join(rows))
    return held.getvalue()


def test_a_member_gives_what_he_said_elsewhere_and_takes_it_back(walk, transactional_db: None) -> None:
    open_house("en")
    account("lea", "en")
    lea = walk("en", width=360)
    lea.sign_in("lea@example.org", PASSWORD)
    lea.go("/my/donations/")
    attach(lea, "file", "takeout.zip", takeout(), "application/zip")
    lea.press("Read it through")
    lea.reads("4 Mill Lane", "main")
    lea.shot("donation-draft")
    lea.accessible()
    lea.fits()
    lea.page.get_by_label("4 Mill Lane").check()
    lea.type(agreed=True)
    lea.press("Give what is left")
    assert Mention.objects.count() == 2
    lea.link("takeout.zip", raw=True, within="main")
    for said in ("The rye loaf keeps for a week.", "Too much salt in the brioche."):
        lea.reads(said, "main")
    lea.does_not_read("Mill Lane")
    lea.shot("donation-given")
    lea.accessible()
    lea.fits()
    lea.press("Take it back")
    lea.does_not_read("The rye loaf keeps for a week.")
    assert not Mention.objects.exclude(text="", voice=None).exists()


# Accounts claimed


def heard(name: str, said: str, url: str = "", *, platform: str = "forum") -> None:
    source, _new = Source.objects.get_or_create(
        kind="posts", name="Forum", address="forum.jsonl", state=Source.State.DONE
    )
    take_in([Post(platform, f"{name}-{said[:40]}", Author(name), said, clock.now(), url=url)], source=source)


def test_accounts_are_claimed_by_a_code_and_by_a_link_then_joined_and_cut(walk, there: Site, settings) -> None:
    open_house("fr")
    lea = account("lea", "fr")
    heard("mie-dore", "La tourte de seigle, encore et toujours.")
    heard("lea@127.0.0.1", "Le levain se réveille.", f"{there.url}/@lea/1", platform="fediverse")
    walker = walk("fr")
    walker.sign_in("lea@example.org", PASSWORD)
    by_code(walker)
    by_link(walker, there, f"{settings.BASE_URL}{lea.get_absolute_url()}")
    first, second = voices_of(lea).order_by("pk")
    turns = [turn.mention.voice_id for turn in dialogue(first, Claim.objects.get(voice=first))]
    assert set(turns) == {first.pk, second.pk}  # one person, on both platforms
    before = list(Mention.objects.order_by("pk").values())
    walker.press("Cut", within="li:has-text('mie-dore')")
    walker.sees("It is no longer joined to you. Nothing else has changed.")
    assert dict(owners([first.pk, second.pk])) == {second.pk: lea.pk}
    assert list(Mention.objects.order_by("pk").values()) == before
    walker.shot("voices-cut")
    left_alone(walker)


def left_alone(walker: Walker) -> None:
    """Whoever does not want to be asked about accounts elsewhere says so where his consents are."""
    walker.go("/settings/consents/")
    walker.press("Do not ask me")
    walker.sees("Noted: you are not asked again.")
    walker.reads(walker.say("you are not asked"), "#matching")
    walker.shot("consents-not-asked")
    walker.accessible()


def by_code(walker: Walker) -> None:
    walker.go("/my/voices/")
    walker.type(platform="forum", handle="@mie-dore")
    walker.press("Continue")
    code = walker.main.locator("code").first.inner_text()
    walker.accessible()
    walker.press("It is done: look")
    expect(walker.main.locator("#waiting")).to_have_count(1)  # nobody has said the code yet
    heard("mie-dore", f"C’est bien moi : {code}")
    walker.press("It is done: look")
    walker.sees("This account is yours. What it said in public is yours to see and to cut loose.")
    walker.reads("mie-dore", "section[aria-labelledby=proved]")


def by_link(walker: Walker, there: Site, mine: str) -> None:
    page = f'<html><body><a rel="me" href="{mine}">Léa</a></body></html>'
    there.pages["/@lea"] = Page(page, headers={"Content-Type": "text/html; charset=utf-8"})
    walker.type(platform="fediverse", handle="@lea@127.0.0.1", evidence=f"{there.url}/@lea")
    walker.press("Continue")
    walker.press("It is done: look")
    walker.reads("lea@127.0.0.1", "section[aria-labelledby=proved]")
    walker.shot("voices-joined")
    walker.accessible()


# A webmention

WRITTEN = """<html><head><title>Un carnet</title><link rel="webmention" href="/hook"></head>
<body><article class="h-entry">
<a class="u-in-reply-to" href="{target}">La Ruche</a>
<p class="p-author h-card"><a class="u-url" href="{here}/">Bob</a></p>
<div class="e-content"><p>Votre tourte m’a réconcilié avec le seigle.</p></div></article></body></html>"""


def test_a_page_that_speaks_of_the_house_tells_it_and_stands_in_the_inbox(walk, there: Site) -> None:
    open_house("fr")
    ada = walk("fr")
    ada.sign_in("ada@example.org", PASSWORD)
    ada.go("/studio/listen/sources/new/webmention/")
    ada.type(address="webmention")
    ada.press("See what would be read")
    ada.press("Listen to it")
    target = f"{configured.BASE_URL}/listening/robot/"
    there.pages["/tourte"] = Page(
        WRITTEN.format(target=target, here=there.url), headers={"Content-Type": "text/html"}
    )
    visitor = walk("fr")
    told = visitor.page.request.post("/webmention/", form={"source": f"{there.url}/tourte", "target": target})
    assert told.status == 202
    webmention.verify_due()
    assert Received.objects.get().state == Received.State.VERIFIED
    ada.go("/studio/listen/")
    ada.link("Votre tourte m’a réconcilié avec le seigle.", raw=True, within="main")
    expect(ada.main.locator(f"a[href='{there.url}/tourte']")).to_be_visible()
    ada.does_not_read("Bob")
    ada.shot("webmention-heard")
    ada.accessible()
    told_back(ada, visitor, there)


def told_back(ada: Walker, visitor: Walker, there: Site) -> None:
    """The answer stands on a page of the house, and theirs is told of it."""
    there.pages["/hook"] = Page(status=202)
    ada.type("#answer", text="Merci, Bob : la tourte vous le rend.")
    ada.press("Send the answer")
    ada.reads(ada.say("on its way"), ".answer")
    given = Answer.objects.get()
    publish_answer(given.pk)
    given.refresh_from_db()
    ada.page.reload()
    ada.reads(ada.say("published"), ".answer")
    expect(ada.main.locator("#answer [name=text]")).to_have_value("")  # what was sent is no draft any more
    ada.shot("webmention-answered")
    ada.accessible()
    assert there.paths()[-1] == "/hook"
    visitor.go(given.url.removeprefix(configured.BASE_URL))
    visitor.reads("la tourte vous le rend", "main")
    expect(visitor.main.locator(f"a[href='{there.url}/tourte']")).to_be_visible()
    visitor.accessible()


# A list of feeds

LIST = """<opml version="2.0"><body>
<outline text="Le fournil" xmlUrl="https://fournil.example/feed.xml" type="rss"/>
<outline text="Sans adresse" type="rss"/>
<outline text="Miel & pain" xmlUrl="https://miel.example/rss?a=1&b=2" type="rss"/>
</body></opml>"""


def test_a_list_of_feeds_tells_the_line_and_the_reason_of_what_is_refused(walk, transactional_db: None) -> None:
    open_house("fr")
    ada = walk("fr", width=360)
    ada.sign_in("ada@example.org", PASSWORD)
    ada.go("/studio/listen/sources/")
    ada.unfold("Import a list (OPML)")
    attach(ada, "list", "feeds.opml", LIST.encode(), "text/x-opml")
    ada.press("Import them")
    broken = ada.main.locator("tbody tr", has_text="Sans adresse")
    expect(broken.locator("td").first).to_have_text("3")
    expect(broken).to_contain_text(ada.say("No address is to be found in this entry."))
    mended = ada.main.locator("tbody tr", has_text="Miel & pain")
    expect(mended).to_contain_text(ada.say("A bare “&” was mended."))
    ada.shot("opml-refused")
    ada.accessible()
    assert sorted(Source.objects.values_list("name", flat=True)) == ["Le fournil", "Miel & pain"]

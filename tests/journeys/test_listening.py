"""Listening, in a browser: a place is listened to, what was said is read, put right and answered; circles are seen,
seeds chosen, and whoever withdraws his consent is gone from the map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import transaction
from playwright.sync_api import expect

from essaim.initiatives.actions import write_comment
from essaim.kit import clock
from essaim.listening import jobs as listening
from essaim.listening.desk.models import Answer
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Source, Voice
from essaim.listening.post import Author, Post, Tie
from essaim.listening.reading.models import Correction
from essaim.listening.reading.read import read_waiting
from essaim.listening.tests.sites import Page, Site, site
from essaim.mechanisms.contest import actions as contests
from essaim.mechanisms.contest.models import Idea
from essaim.people import actions as people
from essaim.people.models import Member
from essaim.projectors.influence import jobs as influence
from essaim.projectors.influence.models import Plan, Run
from tests.journeys.house import PASSWORD, account, contest_in, open_house, settle, work
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

IRONY = "Bravo, le couvercle s’ouvre tout seul dans mon sac. Quelle merveilleuse invention."
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Carnet de bouche</title><link>{url}/</link><description>Pain et miel</description>
<item><title>Le couvercle</title><link>{url}/couvercle</link><guid>{url}/couvercle</guid><pubDate>{day}</pubDate>
<description>{irony}</description></item>
<item><title>La tourte</title><link>{url}/tourte</link><guid>{url}/tourte</guid><pubDate>{day}</pubDate>
<description>J’ai acheté la tourte de seigle samedi, elle était excellente.</description></item>
</channel></rss>
"""


@pytest.fixture
def blog(settings) -> Iterator[Site]:
    """A blog of the neighbourhood, with a feed."""
    with site() as server:
        settings.LISTEN_HOSTS = ["127.0.0.1"]
        day = clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000")
        feed = FEED.format(url=server.url, day=day, irony=IRONY)
        server.pages["/feed.xml"] = Page(feed, headers={"Content-Type": "application/rss+xml; charset=utf-8"})
        yield server


def visit_everything() -> None:
    """What the worker does within the minute: visits, and what was left to read."""
    for source in Source.objects.filter(state=Source.State.ACTIVE):
        listening.visit(source.pk)
    read_waiting()


def test_a_feed_is_listened_to_read_put_right_and_answered(walk, blog: Site) -> None:
    open_house("fr")
    ada = walk("fr")
    ada.sign_in("ada@example.org", PASSWORD)
    listen_to(ada, f"{blog.url}/feed.xml")
    visit_everything()
    mention = Mention.objects.get(url=f"{blog.url}/couvercle")
    read_and_put_right(ada, mention)
    answer(ada, mention)


def listen_to(ada: Walker, address: str) -> None:
    ada.go("/studio/listen/sources/new/feed/")
    ada.type(address=address)
    ada.press("See what would be read")
    ada.reads("Le couvercle", "main")
    ada.shot("listen-preview")
    ada.accessible()
    ada.press("Listen to it")
    assert Source.objects.get().address == address
    ada.reads(address, "main")
    ada.accessible()


def read_and_put_right(ada: Walker, mention: Mention) -> None:
    """The word lists take irony at its word; the team knows better."""
    ada.go("/studio/listen/")
    ada.reads("couvercle", "main")
    ada.shot("listen-inbox")
    ada.accessible()
    ada.go(f"/studio/listen/mentions/{mention.pk}/")
    ada.reads(IRONY)
    ada.shot("listen-mention")
    ada.accessible()
    ada.fits()
    ada.unfold("Correct the reading")
    ada.type(polarity="-1", kind="experience")
    ada.press("Correct", exact=True)
    ada.sees("Thank you: it counts from now on, and the next reader learns from it.")
    assert "-1" in Correction.objects.filter(mention_id=mention.pk).values_list("value", flat=True)


def answer(ada: Walker, mention: Mention) -> None:
    """A page brought by a feed is answered on a page of the house, or by hand."""
    ada.page.check("#answer [name=way][value=hand]")
    ada.type("#answer", text="Pardon pour vos chaussures : ce couvercle change.", url=f"{mention.url}#reponse")
    ada.press("Send the answer")
    ada.sees("Your answer is kept with the mention.")
    given = Answer.objects.get()
    assert (given.item_id, given.author.handle, given.state) == (mention.pk, "ada", "sent")
    ada.reads("ce couvercle change")
    ada.shot("listen-answered")


def test_a_suggestion_heard_outside_becomes_an_idea(walk, transactional_db: None) -> None:
    owner = open_house("fr")
    contest = contest_in(settle(owner), owner)
    source = Source.objects.create(kind="posts", name="Forum", address="forum.jsonl", state=Source.State.DONE)
    said = "La Ruche devrait vendre une demi-tourte, dans un torchon consigné."
    take_in([Post("forum", "1", Author("solo"), said, clock.now(), url="https://forum.example/1")], source=source)
    ada = walk("fr")
    ada.sign_in("ada@example.org", PASSWORD)
    ada.go("/studio/listen/")
    ada.link(said, raw=True, within="main")
    ada.link("Make an idea of it", within="main")
    ada.reads(said)
    ada.type(initiative=contest.pk, title="La demi-tourte", text="Une demi-tourte, pour qui vit seul.")
    ada.shot("listen-idea")
    ada.accessible()
    ada.press("Publish the idea")
    idea = Idea.objects.get()
    assert (idea.title, idea.contest_id, idea.state) == ("La demi-tourte", contest.pk, "published")
    visitor = walk("fr", width=360)
    visitor.go(idea.get_absolute_url())
    visitor.reads(Voice.objects.get().pseudonym, "main")
    visitor.does_not_read("solo")
    visitor.shot("idea-heard-outside")
    visitor.accessible()


BAKERS = ("lea", "noe", "zoe", "ivo", "mia", "tao")


@pytest.fixture
def talk(transactional_db: None) -> list[Member]:
    """Six members who consent and talk with one another, and seven voices who do so outside."""
    ada = open_house("fr")
    bakers = [account(handle, "fr", f"{handle.title()} Martin") for handle in BAKERS]
    for one in bakers:
        people.give_consent(actor=one, purpose="influence")
        people.give_consent(actor=one, purpose="dialogue")
    contest = contest_in(settle(ada, *bakers), ada)
    for author in bakers:
        idea = contests.submit_idea(
            contest=contest, author=author, title=f"Le pain de {author.handle}", body="Doux.", language="fr"
        )
        for other in bakers:
            if other != author:
                write_comment(about=idea, author=other, body="J’y goûterais bien.")
    source = Source.objects.create(kind="posts", name="Forum", address="forum.jsonl", state=Source.State.DONE)
    take_in(thread(), source=source)
    work()
    calculated()
    return bakers


def thread() -> Iterator[Post]:
    began = clock.now() - timedelta(days=2)
    names = [f"fournil{number}" for number in range(7)]
    for opened, opener in enumerate(names):
        when = began + timedelta(hours=opened)
        yield Post("forum", f"t{opened}", Author(opener), "Quelle farine pour un levain jeune ?", when)
        for place, name in enumerate(names):
            if name != opener:
                said = f"Essaie la farine de seigle, {place} parts d’eau."
                later = when + timedelta(minutes=5 * (place + 1))
                yield Post(
                    "forum", f"t{opened}-{place}", Author(name), said, later, tie=Tie.REPLY, parent=f"t{opened}"
                )


def calculated() -> Run:
    """A night passes: the worker calculates."""
    with transaction.atomic():
        run = Run.objects.create()
    influence.calculate(run.pk)
    run.refresh_from_db()
    assert run.state == Run.State.DONE, run.error
    return run


def test_circles_are_seen_seeds_planned_and_who_says_no_is_gone(walk, talk: list[Member]) -> None:
    ada = walk("fr")
    ada.sign_in("ada@example.org", PASSWORD)
    see_circles(ada)
    plan_seeds(ada)
    withdraw(walk("fr"))
    for address in ("/studio/listen/leaders/", "/studio/listen/invite/", "/studio/listen/circles/"):
        ada.go(address)
        ada.does_not_read("Lea Martin")
    calculated()
    ada.go("/studio/listen/leaders/")
    ada.reads("Noe Martin", "main")
    ada.does_not_read("Lea Martin")
    assert not ada.page.request.get("/studio/listen/circles/map.json").text().count("Lea Martin")
    see_circles_without_the_map(ada)


def see_circles(ada: Walker) -> None:
    ada.go("/studio/listen/leaders/")
    ada.reads("Lea Martin", "main")
    ada.shot("listen-leaders")
    ada.go("/studio/listen/circles/")
    sizes = ada.main.locator("tbody tr td.num:nth-of-type(1)").all_inner_texts()
    assert sorted(int(re.findall(r"\d+", size)[0]) for size in sizes) == [6, 7]
    ada.shot("listen-circles")
    ada.accessible()
    find_on_the_map(ada)
    ada.main.locator("tbody th a").first.click()
    ada.page.wait_for_load_state()
    ada.accessible()


def find_on_the_map(ada: Walker) -> None:
    """The map is searched and moved by keys; a circle's name on it opens its page."""
    if not ada.page.evaluate("Boolean(document.createElement('canvas').getContext('webgl2'))"):
        ada.reads("WebGL", "main")
        return
    expect(ada.main.locator(".influence-label")).to_have_count(2)
    names_stand_apart(ada)
    ada.main.get_by_role("combobox").or_(ada.main.get_by_role("searchbox")).fill("lea m")
    ada.page.keyboard.press("Enter")
    expect(ada.main.locator("[data-map-said] a")).to_have_text("Lea Martin")
    ada.main.locator("[data-map-canvas]").focus()
    for key in ("+", "ArrowLeft", "-", "0"):
        ada.page.keyboard.press(key)


def names_stand_apart(ada: Walker) -> None:
    """However narrow the map: a circle's name is whole and on no other, or hidden."""
    canvas = ada.main.locator("[data-map-canvas]")
    for wide in (360, 1280):
        ada.page.set_viewport_size({"width": wide, "height": 900})
        ada.page.wait_for_timeout(200)  # the map is drawn anew
        frame = canvas.bounding_box()
        labels = [one for one in ada.main.locator(".influence-label").all() if one.is_visible()]
        boxes = [box for one in labels if (box := one.bounding_box())]
        assert frame
        assert boxes
        for box in boxes:
            assert frame["x"] - 1 <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        for one, other in combinations(boxes, 2):
            aside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            above = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert aside or above


def see_circles_without_the_map(ada: Walker) -> None:
    ada.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    ada.go("/studio/listen/circles/")
    expect(ada.main.locator("[data-map-canvas]")).to_be_hidden()
    ada.reads("Ce navigateur ne dessine pas la carte", "main")
    expect(ada.main.locator("tbody tr")).not_to_have_count(0)


def plan_seeds(ada: Walker) -> None:
    ada.go("/studio/listen/invite/")
    ada.type(budget=2)
    ada.press("Look for them")
    influence.choose(Plan.objects.get().pk)
    ada.go("/studio/listen/invite/")
    expect(ada.main.locator("tbody tr")).to_have_count(2)
    ada.shot("listen-invite")
    ada.accessible()


def withdraw(lea: Walker) -> None:
    lea.sign_in("lea@example.org", PASSWORD)
    lea.go("/my/circles/")
    lea.reads("Noe Martin", "main")
    lea.shot("my-circles")
    lea.accessible()
    lea.go("/settings/consents/")
    lea.press("Withdraw", within="#influence")
    lea.sees("Your consent is withdrawn, from this moment.")
    lea.go("/my/circles/")
    lea.does_not_read("Noe Martin")

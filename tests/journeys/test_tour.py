"""A tour of a lived-in house: every page, narrow and wide, by day and by night, in French and in English. Each is
looked at by an accessibility checker, must fit its window, and leaves its pictures in `build/screenshots/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import modify_settings, override_settings
from pytest_django.live_server_helper import LiveServer

from essaim.connectors.banktransfer.models import Transfer
from essaim.demo.build import build
from essaim.demo.world import PASSWORD
from essaim.ledger.jobs import prove
from essaim.ledger.models import JournalEntry
from essaim.listening.desk import jobs as desk
from essaim.listening.desk.models import Brand, Promise
from essaim.listening.models import Mention, Source, Voice
from essaim.listening.reading.read import read_waiting
from essaim.mechanisms.cheer.models import PersonalLink
from essaim.mechanisms.contest.models import Idea, PanelTest
from essaim.mechanisms.crowdfunding.models import Pledge, Pot, Tier
from essaim.people.queries import present_members
from essaim.products.models import Product, SalesImport
from essaim.projectors.influence import jobs as influence
from essaim.projectors.influence.models import Circle, Figures, Plan, Run
from essaim.projectors.royalties.models import Statement
from essaim.server.fixtures import Emptying
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("tour")]

WIDTHS = (360, 768, 1440)
LOOKS = [(width, scheme) for scheme in ("light", "dark") for width in WIDTHS]
PLAIN = [(360, "dark"), (1440, "light")]  # both arrangements, both sets of colours
RUNNING, CLOSED, BOX = "le-pot-qui-revient", "le-gouter-de-demain", "open-box"
DERBY, OVEN = "le-derby-des-jardins", "brioche-ou-fougasse"
FUND, FUNDED, MISSED = "le-rucher-du-toit", "une-ruche-a-vos-noms", "an-oven-on-wheels"


ACCOUNT = {"BANK_IBAN": "FR7630006000011234567890189", "BANK_HOLDER": "Miel & Levain", "BANK_BIC": "AGRIFRPP"}
TRANSFER = "6f1c1f6e-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def address(django_db_setup: Emptying, django_db_blocker: Any) -> Iterator[str]:
    """A house of sixty members who have lived two years, standing for the whole tour."""
    hosts, account = modify_settings(ALLOWED_HOSTS={"append": "localhost"}), override_settings(**ACCOUNT)
    with django_db_blocker.unblock(), hosts, account:
        build(members=60)
        prove(0)
        listened()
        Transfer.objects.create(
            key=TRANSFER, reference="RF18539007547034", amount=2_300, unit="EUR", memo="Un pot du toit"
        )
        server = LiveServer("localhost")
        yield str(server)
        server.stop()
        django_db_setup.empty()


def listened() -> None:
    """What the worker does with what was heard, once the house is open."""
    read_waiting()
    desk.look(0)
    influence.calculate(Run.objects.get().pk)
    influence.choose(Plan.objects.get().pk)


def of_anyone() -> list[str]:
    """What a visitor sees, the dead ends included."""
    idea = Idea.objects.filter(contest__slug=CLOSED, rungs__rung="product").get()
    addresses = ["/", "/contest/", "/communities/", "/products/", "/books/", "/legal/", "/activity/", "/offline/"]
    addresses += ["/c/cercle-du-miel/", "/c/cercle-du-miel/people/", "/c/cercle-du-miel/charter/", "/@nadia/"]
    addresses += [f"/contest/{slug}/" for slug in (RUNNING, CLOSED, BOX)]
    addresses += [f"/contest/{CLOSED}/{page}/" for page in ("rules", "results", "recount")]
    addresses += [idea.get_absolute_url(), Product.objects.get().get_absolute_url()]
    addresses += ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-such-page/", "/api/"]
    return addresses


def of_those_who_fund() -> list[str]:
    """What a visitor sees of campaigns, from the list to the first step of a pledge."""
    tier = Tier.objects.filter(campaign__slug=FUND, options__0__kind="engraving").get()
    addresses = ["/crowdfunding/", *(f"/crowdfunding/{slug}/" for slug in (FUND, FUNDED, MISSED))]
    pages = ("news", "questions", "backers", "rules", "share", "widget", "pledge")
    addresses += [f"/crowdfunding/{FUND}/{page}/" for page in pages]
    addresses += [f"/crowdfunding/{FUNDED}/news/2/", f"/transfer/{TRANSFER}/"]
    return [*addresses, f"/crowdfunding/{FUND}/pledge/?tier={tier.pk}"]


def of_a_backer() -> list[str]:
    """What someone sees of her own pledges: one running, one delivered, one that was never charged."""
    tokens = Pledge.objects.filter(backer__handle="nadia").order_by("campaign").values_list("token", flat=True)
    delivered = Pledge.objects.get(campaign__slug=FUNDED, number=1).token
    addresses = ["/crowdfunding/my/pledges/", *(f"/crowdfunding/pledges/{token}/" for token in tokens)]
    return [*addresses, f"/crowdfunding/pledges/{delivered}/withdrawal/"]


def of_the_campaign_desk() -> list[str]:
    """The campaigns' desk and its forms, as a manager sees them."""
    tier = Tier.objects.filter(campaign__slug=FUNDED).latest("pk")
    desk, funded = f"/studio/crowdfunding/{FUND}", f"/studio/crowdfunding/{FUNDED}"
    addresses = ["/studio/crowdfunding/", "/studio/crowdfunding/new/", f"{desk}/"]
    pages = ("text", "rewards", "rewards/new", f"rewards/{tier.pk}", "plan", "rules", "calendar", "news", "pledges")
    addresses += [f"{funded if str(tier.pk) in page else desk}/{page}/" for page in pages]
    addresses += [f"{desk}/pledges/new/", f"{funded}/pledges/1/"]
    return [*addresses, f"{funded}/parcels/", f"{funded}/engraving/", f"{funded}/rewards/{tier.pk}/delay/"]


def of_those_who_cheer() -> list[str]:
    """What a visitor sees of cheers, from the list to the big screen and a supporter's link."""
    link = PersonalLink.objects.get(campaign__slug=DERBY)
    addresses = ["/cheer/", f"/cheer/{OVEN}/", *(f"/cheer/{DERBY}/{page}" for page in ("", "screen/", "light/"))]
    addresses += [f"/cheer/{OVEN}/{page}/" for page in ("wall", "results", "light", "rules")]
    return [*addresses, f"/cheer/links/{link.token}/"]


def of_a_supporter() -> list[str]:
    """The place where she cheers, and her card."""
    return [f"/cheer/{DERBY}/", f"/cheer/{DERBY}/mine/"]


def of_the_cheers_desk() -> list[str]:
    """The desk of cheers, as a manager sees it."""
    desk = f"/studio/cheer/{DERBY}"
    pages = ("text", "camps", "rounds", "rules", "messages", "light")
    addresses = ["/studio/cheer/", "/studio/cheer/new/", "/studio/cheer/words/", f"{desk}/"]
    return [*addresses, *(f"{desk}/{page}/" for page in pages)]


def of_a_member() -> list[str]:
    """What an author of the house sees of her own, and the forms she fills in."""
    idea = Idea.objects.filter(contest__slug=BOX).exclude(author__handle="nadia").first()
    statement = Statement.objects.filter(holder__handle="nadia").first()
    assert idea is not None
    assert statement is not None
    addresses = ["/", "/my/", "/my/statement/", "/my/payouts/", "/my/royalties/", f"/my/royalties/{statement.key}/"]
    addresses += ["/settings/", "/settings/language/", "/settings/consents/", "/settings/security/"]
    addresses += ["/settings/data/", "/settings/data/leave/", "/my/notices/", "/my/notices/preferences/", "/points/"]
    addresses += [f"/contest/{RUNNING}/", f"/contest/{BOX}/new/", idea.get_absolute_url(), f"/contest/{BOX}/receipt/"]
    addresses += [f"/contest/{RUNNING}/jury/", "/studio/"]  # closed to her: the page says so
    return addresses


def of_the_desk() -> list[str]:
    """The studio, as the owner sees it."""
    idea = Idea.objects.filter(contest__slug=RUNNING, merged_into=None).first()
    assert idea is not None
    contest = f"/studio/contest/{RUNNING}"
    addresses = ["/studio/", "/studio/house/", "/studio/roles/", "/studio/requests/", "/studio/deliveries/"]
    addresses += [
        "/studio/contest/",
        "/studio/contest/new/",
        "/studio/contest/unanswered/",
        "/studio/contest/alarms/",
    ]
    addresses += ["/studio/contest/tests/", f"{contest}/"]
    addresses += [f"{contest}/{page}/" for page in ("text", "rules", "calendar", "jury", "money", "ideas")]
    addresses += [f"{contest}/ideas/{idea.number}/", f"{contest}/ideas/{idea.number}/votes/"]
    addresses += [f"/contest/{RUNNING}/jury/", f"/contest/{RUNNING}/ideas/{idea.number}/score/"]
    addresses += [
        "/communities/new/",
        "/c/cercle-du-miel/manage/",
        "/studio/webhooks/",
        "/sandbox/",
        "/studio/points/",
    ]
    return addresses


def of_the_books() -> list[str]:
    """What a treasurer keeps."""
    entry, arrival = JournalEntry.objects.order_by("pk").last(), SalesImport.objects.first()
    assert entry is not None
    assert arrival is not None
    books = "/studio/books"
    addresses = [f"{books}/{page}/" for page in ("journal", "journal/new", "accounts", "deposit", "fec", "payments")]
    addresses += [f"{books}/journal/{entry.pk}/", f"{books}/accounts/house:bank:EUR/"]
    addresses += [f"{books}/payouts/", f"{books}/payouts/rules/", "/studio/royalties/", "/studio/sales/"]
    addresses += [f"/studio/sales/{arrival.pk}/", "/studio/bank/", f"{books}/reconciliation/"]
    pot = Pot.objects.get()
    addresses += ["/studio/crowdfunding/all/pots/", f"/studio/crowdfunding/all/pots/{pot.pk}/"]
    return [*addresses, *(f"/studio/crowdfunding/{slug}/money/" for slug in (FUND, FUNDED))]


def of_those_who_listen() -> list[str]:
    """The listening desk, as the owner sees it: what was said, pictures of it, who carries the word."""
    heard = Mention.objects.get(external_id="refund")
    circle, voice = Circle.objects.order_by("-size").first(), Voice.objects.latest("mentions")
    member = Figures.objects.filter(node__gt=0).first()
    assert circle is not None
    assert member is not None
    pages = ("", "pictures/", "promises/", "brands/", "sources/", "sources/new/", "sources/new/feed/")
    pages += (f"mentions/{heard.pk}/", f"mentions/{heard.pk}/dialogue/", f"mentions/{heard.pk}/idea/")
    pages += (f"brands/{Brand.objects.get(own=True).pk}/", f"sources/{Source.objects.latest('pk').pk}/")
    pages += ("leaders/", "leaders/?of=voices", "circles/", f"circles/{circle.name}/", "invite/", "democratisation/")
    pages += ("reading/", "tables/", "objections/", "looks/", f"voices/{voice.pk}/")
    pages += (f"leaders/members/{member.node}/", f"leaders/voices/{voice.pk}/", "leaders/weights/")
    return [f"/studio/listen/{page}" for page in pages]


def of_those_heard() -> list[str]:
    """What the house tells anyone of its listening."""
    promised = Promise.objects.get()
    addresses = ["/promises/", promised.get_absolute_url()]
    return [*addresses, "/listening/", "/listening/objection/", "/listening/robot/"]


TOURS = {
    ("", "house"): of_anyone,
    ("", "campaigns"): of_those_who_fund,
    ("nadia", "house"): of_a_member,
    ("nadia", "campaigns"): of_a_backer,
    ("claire", "house"): of_the_desk,
    ("claire", "campaigns"): of_the_campaign_desk,
    ("ines", "house"): of_the_books,
    ("", "cheers"): of_those_who_cheer,
    ("nadia", "cheers"): of_a_supporter,
    ("claire", "cheers"): of_the_cheers_desk,
    ("claire", "listening"): of_those_who_listen,
    ("", "listening"): of_those_heard,
    ("nadia", "listening"): lambda: ["/my/circles/", "/my/voices/"],
}
DEAD_ENDS = {"/no-such-page/": 404, f"/contest/{RUNNING}/jury/": 403, "/studio/": 403}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("who", "where"), TOURS)
def test_every_page(walk, who: str, where: str, language: str) -> None:
    walker = walk(language, album=f"tour-{language}")
    if who:
        walker.sign_in(f"{who}@demo.example", PASSWORD)
    if language != walker.page.locator("html").get_attribute("lang"):
        walker.go("/")
        walker.speak(language)
    faults = [fault for address in TOURS[who, where]() for fault in look_at(walker, address, who)]
    assert "\n".join(faults) == ""


def look_at(walker: Walker, address: str, who: str) -> list[str]:
    """One page in its looks; what is wrong with it."""
    status = DEAD_ENDS.get(address) if who in ("", "nadia") else None
    answer = walker.page.goto(address)
    assert answer is not None
    right = answer.status == status if status else answer.status < 400
    if not right:
        return [f"{address} answered {answer.status}: {walker.page.title()}"]
    name = f"{who or 'visitor'}{re.sub('[/?]', '-', address).rstrip('-')[:60]}"
    looks = LOOKS if sets_the_level(address) else PLAIN if walker.language == "fr" else PLAIN[:1]
    return [fault for width, scheme in looks for fault in one_look(walker, name, width, scheme)]


def sets_the_level(address: str) -> bool:
    """The pages looked at most closely: home, contest, idea, campaign, my place, the desk, the proof."""
    closely = ("/", f"/contest/{RUNNING}/", f"/crowdfunding/{FUND}/", "/my/", "/studio/", "/books/")
    return address in closely or "/ideas/" in address


def one_look(walker: Walker, name: str, width: int, scheme: Any) -> list[str]:
    walker.page.set_viewport_size({"width": width, "height": 900})
    walker.page.emulate_media(color_scheme=scheme)
    walker.shot(f"{name}-{width}-{scheme}")
    return walker.overflow() + (walker.barriers() if (width, scheme) in PLAIN else [])


def test_the_house_has_lived(address: str) -> None:
    """The tour would prove little in an empty house."""
    assert (present_members().count(), Product.objects.count()) == (60, 1)
    assert Idea.objects.count() > 40
    assert PanelTest.objects.exists()
    assert Statement.objects.exists()

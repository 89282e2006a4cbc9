"""A campaign as its people walk it: pledged with the bank's own check, missed or funded, engraved, delivered, taken
back. In French with scripts, in English without, each page looked at by the accessibility checker."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from essaim.ledger.checks import check_books
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.models import Pledge, Tier, Withdrawal
from essaim.people.actions import grant_role
from essaim.people.models import HouseRole
from tests.journeys.house import PASSWORD, account, campaign_in, letter_to, open_house, settle, work
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WITHOUT = "-without-scripts"
TO = {"to__name": "Léa Martin", "to__lines": "3 rue des Lilas", "to__postcode": "69001", "to__city": "Lyon"}
ORDER = {"fr": "Commander", "en": "Order with"}
LOOKS = [("fr", True, 1440), ("en", False, 360)]
State = Pledge.State


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Any:
    """Ada's house with a campaign; Léa and Noé live there, Inès keeps the money."""

    def furnish(language: str, **rules: Any) -> SimpleNamespace:
        ada = open_house(language)
        lea, noe, ines = (account(handle, language) for handle in ("lea", "noe", "ines"))
        grant_role(actor=ada, member=ines, role=HouseRole.Role.TREASURER)
        campaign = campaign_in(settle(ada, lea, noe), ada, **rules)
        return SimpleNamespace(ada=ada, lea=lea, noe=noe, campaign=campaign, address=campaign.get_absolute_url())

    return furnish


def come(walk: Any, name: str, language: str, scripts: bool, width: int) -> Walker:
    walker: Walker = walk(
        language,
        scripts=scripts,
        width=width,
        album=f"crowdfunding-{language}-{width}" + ("" if scripts else WITHOUT),
    )
    walker.sign_in(f"{name}@example.org", PASSWORD)
    return walker


def looked_at(walker: Walker, name: str) -> None:
    """A picture, nothing sticks out, nothing stands in anyone's way. The checker is a script: it needs them on."""
    walker.shot(name)
    if not walker.album.name.endswith(WITHOUT):
        walker.fits()
        walker.accessible()


def choose(walker: Walker, place: SimpleNamespace, title: str, **fields: object) -> None:
    """From the campaign's page to the second step."""
    walker.go(place.address)
    walker.page.get_by_role("link", name=title).click()
    if fields:
        walker.type(**fields)
    walker.press("Go on: check it")


def say_at_the_bank(walker: Walker, *answers: str) -> None:
    for answer in answers:
        walker.page.locator(f"button[name=choice][value={answer}]").click()
        walker.page.wait_for_load_state()
    work()
    walker.page.reload()


def pledge_of(name: str) -> Pledge:
    return Pledge.objects.get(backer__handle=name)


def engraving(place: SimpleNamespace) -> str:
    return f"option-{Tier.objects.get(campaign=place.campaign, stock=5).pk}-name"


@pytest.mark.parametrize(("language", "scripts", "width"), LOOKS)
def test_a_pledge_with_the_banks_own_check(walk, place, language: str, scripts: bool, width: int) -> None:
    house = place(language)
    lea = come(walk, "lea", language, scripts, width)
    lea.go(house.address)
    lea.sees("Back this campaign")
    looked_at(lea, "01-campaign")
    lea.page.get_by_role("link", name="Une ruche à votre nom").click()
    lea.type(**{engraving(house): "Léa & Noé", "gift": "5"})
    lea.press("Show how it will look")
    lea.reads("Léa & Noé", "main .engraving svg")
    looked_at(lea, "02-choose")
    lea.press("Go on: check it")
    lea.press(
        "Order with obligation to pay %(total)s".partition(" %")[0] if language == "en" else "Commander", raw=True
    )
    assert not Pledge.objects.exists()  # no address yet: the form says so
    lea.type(
        **{"to__name": "Léa Martin", "to__lines": "3 rue des Lilas", "to__postcode": "69001", "to__city": "Lyon"}
    )
    lea.type(on_wall=True, message="Vive les abeilles", on_failure="refund")
    looked_at(lea, "03-check")
    lea.press(ORDER[language], raw=True)
    say_at_the_bank(lea, "check", "confirmed")
    lea.sees("Thank you: your pledge counts")
    looked_at(lea, "04-thanks")
    pledge = pledge_of("lea")
    assert (pledge.state, pledge.amount, pledge.address["city"]) == (State.HELD, 21_400, "Lyon")
    lea.press("Every letter is right")
    lea.go(f"{house.address}backers/")
    lea.reads("Vive les abeilles")
    looked_at(lea, "05-backers")
    lea.go(house.address)
    lea.sees("You back this campaign")


@pytest.mark.parametrize(("language", "scripts", "width"), LOOKS)
def test_it_fails_and_the_money_is_kept_as_a_credit(
    walk, place, calendar, language: str, scripts: bool, width: int
) -> None:
    house = place(language, goal=500_000)
    lea = come(walk, "lea", language, scripts, width)
    choose(lea, house, "Un pot de miel")
    lea.type(on_failure="refund")
    lea.press(ORDER[language], raw=True)
    say_at_the_bank(lea, "authorised")
    lea.type(choice="credit")
    lea.press("Keep this choice")
    lea.sees("Your choice is kept.")
    calendar.pass_(days=41)
    work()
    work()
    lea.page.reload()
    lea.sees("It is your credit now")
    looked_at(lea, "06-credited")
    lea.go("/my/statement/")
    lea.reads("20,00" if language == "fr" else "20.00")
    lea.go(house.address)
    lea.sees("The goal was not reached")
    assert pledge_of("lea").state == State.CREDITED
    assert queries.money(house.campaign).balanced
    assert check_books().sound


@pytest.mark.parametrize(("language", "scripts", "width"), LOOKS)
def test_it_is_funded_engraved_settled_and_delivered(
    walk, place, calendar, language: str, scripts: bool, width: int
) -> None:
    house = place(language)
    lea = come(walk, "lea", language, scripts, width)
    choose(lea, house, "Une ruche à votre nom", **{engraving(house): "Lea"})
    lea.type(
        **{"to__name": "Léa Martin", "to__lines": "3 rue des Lilas", "to__postcode": "69001", "to__city": "Lyon"}
    )
    lea.press(ORDER[language], raw=True)
    say_at_the_bank(lea, "authorised")
    calendar.pass_(days=41)
    work()
    work()
    lea.page.reload()
    lea.sees("Thank you: your pledge is paid")
    lea.page.locator("main summary", has_text="Une ruche à votre nom").first.click()
    lea.page.locator("main details[open] input[name$=name]").first.fill("Léa")
    lea.press("Keep these options")
    lea.reads("Léa", "main .engraving svg")
    lea.press("Every letter is right")
    looked_at(lea, "07-after")
    ada = come(walk, "ada", language, scripts, width)
    desk = f"/studio/crowdfunding/{house.campaign.slug}"
    ada.go(f"{desk}/engraving/")
    ada.reads("Léa", "main table")
    looked_at(ada, "08-engraving")
    with ada.page.expect_download() as download:
        ada.link("For the engraver (CSV)")
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [(row["text"], row["read over"]) for row in rows] == [("Léa", "True")]
    ines = come(walk, "ines", language, scripts, width)
    ines.go(f"{desk}/money/")
    ines.press("Settle", exact=True)
    ines.sees("What came in equals what went out plus what is set aside.")
    looked_at(ines, "09-money")
    ada.go(f"{desk}/parcels/")
    looked_at(ada, "10-parcels")
    ada.go(f"{desk}/pledges/1/")
    ada.type(carrier="La Poste", tracking="8L0001FR")
    ada.press("Mark as sent")
    ada.sees("Noted.")
    looked_at(ada, "11-desk-pledge")
    lea.page.reload()
    lea.reads("8L0001FR")
    lea.press("It has arrived")
    looked_at(lea, "12-delivered")
    assert pledge_of("lea").delivery.state == "delivered"
    assert queries.money(house.campaign).escrow == 0
    assert check_books().sound


@pytest.mark.parametrize(("language", "scripts", "width"), LOOKS)
def test_a_purchase_is_withdrawn_in_two_steps(
    walk, place, calendar, language: str, scripts: bool, width: int
) -> None:
    house = place(language, funding="keep_all")
    lea = come(walk, "lea", language, scripts, width)
    choose(lea, house, "Un pot de miel")
    lea.press(ORDER[language], raw=True)
    say_at_the_bank(lea, "succeeded")
    calendar.pass_(days=5)
    lea.page.reload()
    lea.link("Withdraw from the contract")
    looked_at(lea, "13-withdraw")
    lea.press("I withdraw from the contract")
    assert Withdrawal.objects.get().confirmed_at is None
    looked_at(lea, "14-withdraw-confirm")
    lea.press("Confirm the withdrawal")
    lea.sees("You have withdrawn")
    looked_at(lea, "15-withdrawn")
    work()
    work()
    pledge, receipt = pledge_of("lea"), Withdrawal.objects.get()
    assert (pledge.state, pledge.refunded, receipt.amount) == (State.WITHDRAWN, 2_000, 2_000)
    assert receipt.receipt in [letter.body for letter in mail.outbox if letter.to == ["lea@example.org"]]
    assert check_books().sound


@pytest.mark.parametrize(("language", "scripts", "width"), LOOKS)
def test_a_guest_pledges_by_one_mail(walk, place, language: str, scripts: bool, width: int) -> None:
    house = place("fr")
    album = f"crowdfunding-guest-{language}" + ("" if scripts else WITHOUT)
    guest: Walker = walk(language, scripts=scripts, width=width, album=album)
    choose(guest, house, "Un pot de miel")
    guest.type(email="ami@example.org", name="Un ami", on_failure="gift")
    guest.press(ORDER[language], raw=True)
    say_at_the_bank(guest, "authorised")
    guest.sees("Thank you: your pledge counts")
    letter, pledge = letter_to("ami@example.org"), Pledge.objects.get()
    assert f"/crowdfunding/pledges/{pledge.token}/" in letter
    assert {"fr": "Vous avez", "en": "You pledged"}[language] in letter
    assert (pledge.state, pledge.on_failure, pledge.language) == (State.HELD, "gift", language)
    looked_at(guest, "16-guest")

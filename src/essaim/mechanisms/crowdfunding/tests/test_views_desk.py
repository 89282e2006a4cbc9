"""The pages of the campaigns' desk: who reads them, and what is prepared, confirmed, settled and published there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from essaim.kit import clock
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.actions import Line
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.domain.tiers import CAPITALS
from essaim.mechanisms.crowdfunding.models import OfflineMoney, Pledge, Tier, Update
from essaim.mechanisms.crowdfunding.tests.bank import fresh
from essaim.mechanisms.crowdfunding.tests.conftest import DAY, NOON, House, first_tier
from essaim.mechanisms.crowdfunding.tests.pages import ENGRAVED, TO, WHO, State, desk, page, text

DESK = ("campaign", "text", "tiers", "new-tier", "plan", "rules", "calendar", "news", "pledges", "offline", "after")


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("name", [*DESK, "engraving", "money"])
def test_every_page_of_the_desk(house: House, signed: Any, name: str, opened: bool) -> None:
    campaign = house.campaign(tiers=(house.loaf(**ENGRAVED),), opened=opened)
    if opened:
        house.held(campaign, lines=[Line(first_tier(campaign), 1, {"name": "Lea"})], country="FR")
        house.end(campaign)
    assert signed(house.manager).get(desk(name, campaign.slug)).status_code == 200
    assert signed(house.member("lea")).get(desk(name, campaign.slug)).status_code == 403


def test_the_team_prepares_and_opens_a_campaign(house: House, signed: Any) -> None:
    client = signed(house.manager)
    given = {
        "preset": "all-or-nothing", "community": house.community.pk, "title": "The hive", "goal": "1000",
        "summary": "",
    }  # fmt: skip
    made = client.post(desk("new"), given)
    slug = made["Location"].rstrip("/").rpartition("/")[2]
    story = {"title": "The hive", "summary": "One hive.", "brief": "We build it.", "risks": "Rain.", "cover_text": ""}
    assert client.post(desk("text", slug), story).status_code == 302
    budget = {"list": "budget", "budget-TOTAL_FORMS": 2, "budget-INITIAL_FORMS": 0, "budget-0-label": "Wood",
              "budget-0-amount": "1000", "budget-1-label": "", "budget-1-amount": ""}  # fmt: skip
    assert client.post(desk("plan", slug), budget).status_code == 302
    tier = {
        "title": "A hive", "amount": "200", "stock": "5", "delivery_month": "2027-05", "ships": "on",
        "shipping_fr": "9", "shipping_eu": "", "shipping_world": "0", "options-TOTAL_FORMS": 1,
        "options-INITIAL_FORMS": 0, "options-0-label": "Name", "options-0-kind": "engraving",
        "options-0-longest": "24", "options-0-required": "on", "options-0-choices": "",
        "options-0-allowed": CAPITALS,
    }  # fmt: skip
    assert client.post(desk("new-tier", slug), tier).status_code == 302
    found = Tier.objects.get()
    assert (found.amount, found.stock, found.shipping) == (20_000, 5, {"fr": 900, "world": 0})
    asked = [(one["label"], one["kind"], one["longest"], one["allowed"]) for one in found.options]
    assert asked == [("Name", "engraving", 24, CAPITALS)]
    assert client.post(desk("campaign", slug), {"act": "open"}).status_code == 302
    found.campaign.refresh_from_db()
    assert found.campaign.opened_at == NOON


def test_the_desk_groups_countries_and_says_which_line_it_cannot_read(house: House, signed: Any) -> None:
    campaign = house.campaign(opened=False)
    client, address = signed(house.manager), desk("rules", campaign.slug)
    given = {
        "goal": "100", "fee": "", "country": "FR", "vat": "5.5", "smallest": "1", "largest": "1000",
        "unpaid_minutes": "60", "offline_days": "14", "retry_days": "7", "two_persons_above": "500",
    }  # fmt: skip
    refused = client.post(address, {**given, "zones": "France: FR, MC\nBenelux BE"})
    assert (refused.status_code, "Line 2 cannot be read." in text(refused)) == (422, True)
    assert (
        client.post(address, {**given, "zones": "France: FR, MC\nBenelux: be nl lu\n\nElsewhere: *"}).status_code
        == 302
    )
    campaign.refresh_from_db()
    zones = [(zone["slug"], zone["countries"]) for zone in campaign.rules["zones"]]
    assert zones == [("fr", ["FR", "MC"]), ("benelux", ["BE", "NL", "LU"]), ("world", ["*"])]


def test_a_longer_round_puts_off_what_follows(house: House, signed: Any) -> None:
    campaign = house.campaign()
    first, after = campaign.phases.all()
    longer = timezone.localtime(first.ends_at + 2 * DAY).strftime("%Y-%m-%dT%H:%M")
    sent = {"phase": first.pk, "act": "extend", "ends_at": longer, "following": "move", "reason": "Snow"}
    assert signed(house.manager).post(desk("calendar", campaign.slug), sent).status_code == 302
    first.refresh_from_db()
    after.refresh_from_db()
    assert (first.ends_at, after.starts_at, after.ends_at) == tuple(NOON + days * DAY for days in (42, 42, 407))
    assert "Moved because: Snow" in text(signed(house.manager).get(desk("calendar", campaign.slug)))


def test_money_by_hand_is_confirmed_by_a_second_person(house: House, signed: Any) -> None:
    campaign = house.campaign(Rules(goal=10_000, two_persons_above=2_000))
    given = {
        "name": "Old friend", "tier": first_tier(campaign).pk, "method": "cheque", "reference": "0042",
        "received_on": "2026-03-02", "key": WHO["key"], "email": "", "backer": "", "gift": "", "country": "",
    }  # fmt: skip
    assert signed(house.manager).post(desk("offline", campaign.slug), given).status_code == 302
    pledge, money = Pledge.objects.get(), OfflineMoney.objects.get()
    there = desk("pledge", campaign.slug, pledge.number)
    confirm = {"act": "confirm", "money": money.pk}
    signed(house.manager).post(there, confirm)
    assert fresh(pledge).state == State.UNPAID
    owner = house.member("second")
    from essaim.people.models import HouseRole

    HouseRole.objects.create(member=owner, role=HouseRole.Role.MANAGER)
    signed(owner).post(there, confirm)
    assert fresh(pledge).state == State.PAID


def test_an_engraved_reward_paid_by_cheque_gets_its_text_and_its_address(house: House, signed: Any) -> None:
    campaign = house.campaign(Rules(goal=10_000), tiers=(house.loaf(**ENGRAVED),))
    tier = first_tier(campaign)
    given = {
        "name": "Old friend", "tier": tier.pk, "method": "cheque", "reference": "0042", "received_on": "2026-03-02",
        "key": WHO["key"], "email": "", "backer": "", "gift": "", "country": "FR",
    }  # fmt: skip
    entered = signed(house.manager).post(desk("offline", campaign.slug), given)
    assert (entered.status_code, "Fill this in for “A hive with your name”." in text(entered)) == (422, True)
    given[f"option-{tier.pk}-name"] = "Jeanne"
    signed(house.manager).post(desk("offline", campaign.slug), given)
    pledge = Pledge.objects.get()
    assert (pledge.country, pledge.shipping, pledge.lines.get().options) == ("FR", 900, {"name": "Jeanne"})
    there = desk("pledge", campaign.slug, pledge.number)
    actions.lock_choices(campaign=campaign, actor=house.manager, at=clock.now())
    assert signed(house.manager).post(there, {"act": "address", **TO, "to-city": ""}).status_code == 422
    assert signed(house.manager).post(there, {"act": "address", **TO}).status_code == 302
    line = pledge.lines.get()
    options = {"act": "options", "line": line.pk, f"tier-{tier.pk}-name": "Jeanne & Paul"}
    assert signed(house.manager).post(there, options).status_code == 302
    assert (fresh(pledge).address["city"], pledge.lines.get().options) == ("Lyon", {"name": "Jeanne & Paul"})


def test_parcels_leave_by_the_carriers_file(house: House, signed: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    campaign = house.campaign(tiers=(house.loaf(ships=True, shipping={"fr": 500}),), rules=Rules(goal=1_000))
    pledge = house.held(campaign, country="FR")
    house.end(campaign)
    with clock.at(NOON + timedelta(days=50)):
        file = SimpleUploadedFile("carrier.csv", f"number;tracking\n{pledge.number};8L00\n99;8L01\nx;1\n".encode())
        client = signed(house.manager)
        done = client.post(
            desk("after", campaign.slug), {"act": "tracking", "carrier": "La Poste", "file": file}, follow=True
        )
        said = text(done)
        assert "1 parcel marked as sent." in said
        assert "line 3: no parcel has the number “99”" in said
        sent = fresh(pledge).delivery
        assert (sent.state, sent.carrier, sent.tracking) == ("sent", "La Poste", "8L00")
        client.post(desk("delay", campaign.slug, first_tier(campaign).pk), {"month": "2027-03", "reason": "Frost."})
        assert first_tier(campaign).delivery_month.isoformat() == "2027-03-01"
        for name in ("pledges", "parcels", "engraving", "money"):
            assert client.get(desk("export", campaign.slug, name)).status_code == 200
        backer = signed(pledge.backer)
        assert backer.post(page("arrived", pledge.token)).status_code == 302
        assert fresh(pledge).delivery.state == "delivered"


def test_the_treasurer_settles_refunds_and_keeps_pots(house: House, signed: Any) -> None:
    campaign = house.campaign(Rules(goal=1_000))
    pledge = house.held(campaign)
    client = signed(house.treasurer)
    pot = {
        "name": "Double",
        "sponsor": "The mill",
        "factor": "100",
        "per_gift": "",
        "per_person": "",
        "per_project": "",
    }
    made = client.post(desk("pots"), pot)
    assert made.status_code == 302
    assert client.post(made["Location"], {"amount": "50", "reference": "T1", "key": WHO["key"]}).status_code == 302
    house.end(campaign)
    with clock.at(NOON + timedelta(days=41)):
        client = signed(house.treasurer)
        there = desk("pledge", campaign.slug, pledge.number)
        refund = {"act": "refund", "amount": "10", "reason": "A broken loaf", "key": WHO["key"]}
        assert client.post(there, refund).status_code == 302
        house.bank.answer()
        assert (fresh(pledge).refunded, fresh(pledge).captured) == (1_000, 3_000)
        assert client.post(desk("money", campaign.slug), {"act": "settle", "key": "one"}).status_code == 302
        assert "Settlement 1" in text(client.get(desk("money", campaign.slug)))


def test_news_is_published_from_the_desk(house: House, signed: Any) -> None:
    campaign = house.campaign()
    given = {"title": "First fire", "body": "It burns.", "backers_only": "on"}
    assert signed(house.manager).post(desk("news", campaign.slug), given).status_code == 302
    assert (Update.objects.get().title, Update.objects.get().backers_only) == ("First fire", True)

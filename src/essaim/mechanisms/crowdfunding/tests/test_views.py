"""The pages of campaigns: what each shows, the pledge from the first click to the receipt, and who may not."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from essaim.kit import clock
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.actions import Line
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules
from essaim.mechanisms.crowdfunding.domain.tiers import CAPITALS
from essaim.mechanisms.crowdfunding.models import OfflineMoney, Pledge, Question, Tier, Update, Withdrawal
from essaim.mechanisms.crowdfunding.tests.bank import fresh
from essaim.mechanisms.crowdfunding.tests.conftest import NOON, House, first_tier

State = Pledge.State
ENGRAVED = {
    "title": "A hive with your name", "amount": 20_000, "stock": 5, "ships": True,
    "shipping": {"fr": 900, "eu": 1_500},
    "options": [{"slug": "name", "label": "Name", "kind": "engraving", "longest": 24}],
}  # fmt: skip
TO = {
    "to-name": "Léa Martin",
    "to-lines": "3 rue des Lilas",
    "to-postcode": "69001",
    "to-city": "Lyon",
    "to-phone": "",
}
WHO = {"on_failure": "refund", "message": "", "place": "Lyon", "key": "6e2a24de-0b5f-4d3e-9a4c-2b7a4c7f0001"}


def page(name: str, *args: Any) -> str:
    return reverse(f"crowdfunding:{name}", args=args)


def desk(name: str, *args: Any) -> str:
    return reverse(f"crowdfunding-studio:{name}", args=args)


@pytest.fixture
def signed(client: Client) -> Any:
    def as_(member: Any) -> Client:
        client.force_login(member)
        client.cookies["django_language"] = "en"
        return client

    client.cookies["django_language"] = "en"
    return as_


def text(response: Any) -> str:
    """The page's words, its figures without their marks."""
    bare = re.sub(r"</?(span|data|time|bdi)[^>]*>", "", response.content.decode())
    return " ".join(unescape(bare).replace("\xa0", " ").split())


PUBLIC = ("initiative", "updates", "questions", "backers", "rules", "share", "new")


@pytest.mark.parametrize("name", PUBLIC)
def test_every_page_is_read_by_a_visitor(house: House, client: Client, name: str) -> None:
    campaign = house.campaign()
    house.held(campaign, on_wall=True, message="Go on", place="Lyon")
    response = client.get(page(name, campaign.slug))
    assert (response.status_code, response.wsgi_request.get_full_path()) == (200, page(name, campaign.slug))


def test_the_campaign_tells_goal_rewards_and_what_is_left(house: House, client: Client) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=2), house.loaf(title="Butter", addon=True, amount=500)))
    house.held(campaign)
    client.cookies["django_language"] = "en"
    said = text(client.get(campaign.get_absolute_url()))
    for words in ("€30", "€100 asked", "1 left", "Back this campaign", "Butter", "December 2026"):
        assert words in said, words


@pytest.mark.parametrize("backers", [1, 3])
def test_the_campaign_page_asks_as_many_questions_whatever_the_crowd(
    house: House, client: Client, django_assert_num_queries: Any, backers: int
) -> None:
    campaign = house.campaign()
    for _ in range(backers):
        house.held(campaign, on_wall=True, place="Lyon")
    client.get(campaign.get_absolute_url())
    with django_assert_num_queries(QUERIES["initiative"]):
        client.get(campaign.get_absolute_url())
    with django_assert_num_queries(QUERIES["backers"]):
        client.get(page("backers", campaign.slug))


QUERIES = {"initiative": 15, "backers": 12}


def test_a_member_pledges_pays_and_comes_back(house: House, signed: Any) -> None:
    campaign = house.campaign(tiers=(house.loaf(**ENGRAVED),))
    tier, lea = first_tier(campaign), house.member("lea")
    client = signed(lea)
    new = page("new", campaign.slug)
    assert client.get(f"{new}?tier={tier.pk}").status_code == 200
    first = {"tier": tier.pk, f"option-{tier.pk}-name": "Léa & Tom", "gift": "5", "country": "FR", "step": "choose"}
    checked = client.post(new, first)
    assert checked.status_code == 200
    assert "€214" in text(checked)
    assert "Léa & Tom" in text(checked)
    paid = client.post(new, {**first, "step": "pay", **TO, **WHO, "on_wall": "on"})
    pledge = Pledge.objects.get()
    assert paid.status_code == 302
    assert paid["Location"].startswith("/testbank/")
    assert (pledge.amount, pledge.rewards, pledge.gift, pledge.shipping) == (21_400, 20_000, 500, 900)
    assert pledge.address == {
        "name": "Léa Martin", "lines": "3 rue des Lilas", "postcode": "69001", "city": "Lyon", "country": "FR",
        "phone": "",
    }  # fmt: skip
    assert pledge.lines.get().options == {"name": "Léa & Tom"}
    assert "is not paid yet" in text(client.get(page("own", pledge.token)))
    house.bank.say(pledge, "authorised")
    assert "your pledge counts" in text(client.get(page("own", pledge.token)))


def test_sent_twice_the_form_makes_one_pledge(house: House, signed: Any) -> None:
    campaign = house.campaign()
    client = signed(house.member("lea"))
    given = {"tier": first_tier(campaign).pk, "gift": "", "step": "pay", **WHO}
    assert [client.post(page("new", campaign.slug), given).status_code for _ in range(2)] == [302, 302]
    assert Pledge.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(house: House, signed: Any) -> None:
    campaign = house.campaign(tiers=(house.loaf(**ENGRAVED),))
    tier = first_tier(campaign)
    client = signed(house.member("lea"))
    given = {"tier": tier.pk, f"option-{tier.pk}-name": "Léa ♥ Tom", "country": "FR", "step": "choose", "gift": "7"}
    refused = client.post(page("new", campaign.slug), given)
    assert refused.status_code == 422
    assert "cannot hold the character" in text(refused)
    assert 'value="Léa ♥ Tom"' in text(refused)
    assert 'value="7"' in text(refused)
    given = {**given, f"option-{tier.pk}-name": "Léa", "step": "pay", **WHO, "message": "Vive le miel"}
    refused = client.post(page("new", campaign.slug), given)
    assert refused.status_code == 422
    assert 'value="Vive le miel"' in text(refused)
    assert not Pledge.objects.exists()


def test_the_engraving_is_drawn_as_it_will_be_cut(house: House, client: Client) -> None:
    campaign = house.campaign(tiers=(house.loaf(**ENGRAVED),))
    tier = first_tier(campaign)
    given = {"tier": tier.pk, f"option-{tier.pk}-name": "Hélène", "country": "FR", "step": "back"}
    for headers in ({}, {"HX-Request": "true", "HX-Target": "div#preview"}):
        shown = client.post(page("new", campaign.slug), given, headers=headers)
        assert '<text class="cut" x="200" y="76">Hélène</text>' in text(shown)


def test_a_guest_gives_by_his_address_and_comes_back_by_his_link(house: House, client: Client) -> None:
    campaign = house.campaign()
    client.cookies["django_language"] = "en"
    given = {"tier": "", "gift": "12,50", "step": "pay", **WHO, "email": "guest@example.org", "name": "Guest"}
    client.cookies["django_language"] = "fr"
    assert client.post(page("new", campaign.slug), given)["Location"].startswith("/testbank/")
    pledge = Pledge.objects.get()
    assert (pledge.backer, pledge.email, pledge.amount, pledge.language) == (None, "guest@example.org", 1_250, "fr")
    assert pledge.letters.get().text.count(page("own", pledge.token)) == 1
    assert client.get(page("own", pledge.token)).status_code == 200
    assert client.post(page("cancel", pledge.token)).status_code == 302
    assert fresh(pledge).state == State.CANCELLED


def test_a_members_pledge_is_his_alone(house: House, signed: Any, client: Client) -> None:
    campaign = house.campaign()
    pledge = house.held(campaign)
    assert client.get(page("own", pledge.token)).status_code == 302
    other = signed(house.member("other"))
    assert other.get(page("own", pledge.token)).status_code == 403
    assert other.post(page("cancel", pledge.token)).status_code == 403
    assert fresh(pledge).state == State.HELD
    assert other.get(page("own", "nobody-knows")).status_code == 404


def test_change_choice_and_cancel(house: House, signed: Any) -> None:
    campaign = house.campaign(tiers=(house.loaf(), house.loaf(title="A crumb", amount=1_000)))
    lea = house.member("lea")
    pledge = house.held(campaign, lea)
    client = signed(lea)
    assert client.post(page("choice", pledge.token), {"choice": "credit"}).status_code == 302
    assert fresh(pledge).on_failure == "credit"
    crumb = Tier.objects.get(title="A crumb")
    given = {"tier": crumb.pk, "gift": "", "step": "choose"}
    assert client.post(page("change", pledge.token), given).status_code == 200
    done = client.post(page("change", pledge.token), {**given, "step": "pay", **WHO})
    assert done["Location"] == page("own", pledge.token)
    assert (fresh(pledge).amount, fresh(pledge).tier, fresh(pledge).on_failure) == (1_000, crumb, "credit")
    dearer = client.post(page("change", pledge.token), {"tier": crumb.pk, "gift": "5", "step": "pay", **WHO})
    assert dearer["Location"].startswith("/testbank/")
    assert fresh(pledge).state == State.HELD
    client.post(page("cancel", pledge.token))
    assert fresh(pledge).state == State.CANCELLED


def test_withdrawal_takes_two_steps_and_leaves_a_receipt(house: House, signed: Any) -> None:
    campaign = house.campaign(Rules(goal=1_000, funding="keep_all"))
    lea = house.member("lea")
    pledge = house.paid(campaign, lea)
    client, there = signed(lea), page("withdrawal", pledge.token)
    assert "Say it" in text(client.get(there))
    assert client.post(there, {"step": "declare"})["Location"] == there
    assert Withdrawal.objects.get().confirmed_at is None
    assert fresh(pledge).state == State.PAID
    assert client.post(there, {"step": "confirm"})["Location"] == there
    house.bank.answer()
    found = Withdrawal.objects.get()
    assert (found.amount, fresh(pledge).state) == (3_000, State.WITHDRAWN)
    shown = text(client.get(there))
    assert "A loaf" in shown
    assert found.sha256 in shown
    assert client.get(page("withdrawal-receipt", pledge.token)).content[:5] == b"%PDF-"
    assert client.get(page("receipt", pledge.token)).content[:5] == b"%PDF-"


def test_after_its_period_withdrawal_says_why_not(house: House, signed: Any) -> None:
    campaign, lea = house.campaign(Rules(goal=3_000, funding=Funding.KEEP_ALL)), house.member("lea")
    pledge = house.paid(campaign, lea)
    client = signed(lea)
    assert "Withdraw from the contract" in text(client.get(page("own", pledge.token)))
    with clock.at(NOON + timedelta(days=16)):
        client = signed(lea)
        over = "The 14 days to withdraw ended on 17/03/2026."
        assert over in text(client.get(page("own", pledge.token)))
        asked = client.get(page("withdrawal", pledge.token))
        assert over in text(asked)
        assert "Write to the house: it may still help." in text(asked)
        assert "I withdraw from the contract" not in text(asked)
        assert client.post(page("withdrawal", pledge.token), {"step": "declare"}).status_code == 409


def test_after_success_address_options_survey_certificate(house: House, signed: Any) -> None:
    campaign = house.campaign(tiers=(house.loaf(**ENGRAVED),))
    lea = house.member("lea")
    pledge = house.held(campaign, lea, lines=[Line(first_tier(campaign), 1, {"name": "Lea"})], country="FR")
    house.end(campaign)
    actions.describe_campaign(
        campaign=campaign, actor=house.manager, survey=[{"slug": "tea", "label": "Tea?", "choices": ["yes", "no"]}]
    )
    client = signed(lea)
    with clock.at(NOON + timedelta(days=41)):
        client = signed(lea)
        said = text(client.get(page("own", pledge.token)))
        assert "Give the address" in said
        assert "Tea?" in said
        assert client.post(page("address", pledge.token), {**TO, "to-city": ""}).status_code == 422
        assert client.post(page("address", pledge.token), TO).status_code == 302
        assert client.post(page("survey", pledge.token), {"survey-tea": "yes"}).status_code == 302
        line, tier = pledge.lines.get(), first_tier(campaign)
        wrong = client.post(page("options", pledge.token), {"line": line.pk, f"tier-{tier.pk}-name": "L♥a"})
        assert wrong.status_code == 422
        right = client.post(page("options", pledge.token), {"line": line.pk, f"tier-{tier.pk}-name": "Léa"})
        assert right.status_code == 302
        assert client.post(page("engraving", pledge.token)).status_code == 302
        assert client.get(page("certificate", pledge.token)).content[:5] == b"%PDF-"
    pledge = fresh(pledge)
    assert (pledge.address["city"], pledge.answers, pledge.lines.get().options) == (
        "Lyon",
        {"tea": "yes"},
        {"name": "Léa"},
    )
    assert pledge.engraving_checked_at == NOON + timedelta(days=41)


def test_my_pledges_and_my_place(house: House, signed: Any) -> None:
    campaign = house.campaign()
    lea = house.member("lea")
    house.held(campaign, lea)
    house.pledge(campaign, email="lea@example.org", lines=[], gift=500)
    client = signed(lea)
    said = text(client.get(page("mine")))
    assert "A second oven" in said
    assert "You made a pledge before you had an account" in said
    assert client.post(page("claim")).status_code == 302
    assert Pledge.objects.filter(backer=lea).count() == 2
    assert "My pledges" in text(client.get("/my/"))


def test_news_for_backers_is_for_backers(house: House, signed: Any) -> None:
    campaign = house.campaign()
    lea, tom = house.member("lea"), house.member("tom")
    house.held(campaign, lea)
    told = actions.publish_update(
        campaign=campaign, author=house.manager, title="Inside", body="The secret oven.", backers_only=True
    )
    assert "The secret oven." in text(signed(lea).get(told.get_absolute_url()))
    refused = signed(tom).get(told.get_absolute_url())
    assert (refused.status_code, "secret oven" in text(refused)) == (403, False)
    assert "One more is for backers only" in text(signed(tom).get(page("updates", campaign.slug)))


def test_a_member_asks_and_the_team_answers(house: House, signed: Any) -> None:
    campaign = house.campaign()
    asked = signed(house.member("lea")).post(page("questions", campaign.slug), {"title": "Gas or wood?"})
    assert asked.status_code == 302
    question = Question.objects.get()
    given = {"question": question.pk, f"a{question.pk}-body": "Wood."}
    assert signed(house.manager).post(desk("news", campaign.slug), given).status_code == 302
    assert "Wood." in text(signed(house.manager).get(page("questions", campaign.slug)))


def test_what_is_embedded_follows_nobody(house: House, client: Client) -> None:
    campaign = house.campaign()
    house.held(campaign)
    shown = client.get(page("widget", campaign.slug))
    policy = shown["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in shown
    assert not shown.cookies
    assert b"<script" not in shown.content
    drawing = client.get(page("widget-image", campaign.slug))
    assert drawing["Content-Type"] == "image/svg+xml"
    assert client.get(page("card", campaign.slug)).content[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_draft_is_seen_by_its_team_only(house: House, signed: Any, client: Client) -> None:
    campaign = house.campaign(opened=False)
    assert client.get(campaign.get_absolute_url()).status_code == 404
    assert client.get(page("widget", campaign.slug)).status_code == 404
    assert "Only the team sees this" in text(signed(house.manager).get(campaign.get_absolute_url()))


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

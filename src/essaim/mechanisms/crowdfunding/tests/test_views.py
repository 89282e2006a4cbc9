"""The pages of campaigns: what each shows, the pledge from the first click to the receipt, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from essaim.kit import clock
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.actions import Line
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules
from essaim.mechanisms.crowdfunding.models import Pledge, Question, Tier, Withdrawal
from essaim.mechanisms.crowdfunding.tests.bank import fresh
from essaim.mechanisms.crowdfunding.tests.conftest import NOON, House, first_tier
from essaim.mechanisms.crowdfunding.tests.pages import ENGRAVED, TO, WHO, State, desk, page, text

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


QUERIES = {"initiative": 15, "backers": 11}


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


def test_a_guest_reads_what_is_for_backers_on_his_pledge(house: House, client: Client) -> None:
    campaign = house.campaign()
    told = {"campaign": campaign, "author": house.manager, "body": "For you."}
    actions.publish_update(title="Inside", backers_only=True, **told)
    pledge = house.pledge(campaign, email="ami@example.org")
    client.cookies["django_language"] = "en"
    inside = page("own-news", pledge.token, 1)
    assert client.get(inside).status_code == 404
    house.bank.hold(pledge)
    assert "Inside" in text(client.get(page("own", pledge.token)))
    assert "For you." in text(client.get(inside))
    assert client.get(page("update", campaign.slug, 1)).status_code == 403


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

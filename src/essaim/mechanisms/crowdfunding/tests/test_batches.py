"""The end of campaigns with many pledges: in batches, every pledge as if it had come alone, money proven."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essaim.activity.models import Activity
from essaim.initiatives import actions as initiatives
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.checks import check_books
from essaim.ledger.models import Request
from essaim.ledger.payments.requests import send_waiting
from essaim.ledger.queries import escrow_balance, member_balance
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions.closing import work_batch
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.models import Pledge, PledgeLine, Refund
from essaim.mechanisms.crowdfunding.tests.bank import fresh
from essaim.mechanisms.crowdfunding.tests.conftest import DAY, NOON, House, balanced

END = NOON + 40 * DAY


@pytest.fixture(autouse=True)
def at_noon(noon: object) -> None:
    """Every campaign here starts at noon."""


def states(campaign: Initiative) -> Counter[str]:
    return Counter(Pledge.objects.filter(campaign=campaign).values_list("state", flat=True))


def turned(campaign: Initiative) -> None:
    with clock.at(END):
        initiatives.turn_phases()


def test_captures_are_heard_together_refused_ones_too(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    pledges = [house.held(campaign) for _ in range(5)]
    house.bank.refuses = {f"pay-{pledges[3].charges.get().payment_id}"}
    house.end(campaign)
    assert states(campaign) == {"paid": 4, "failed": 1}
    assert (escrow_balance(campaign.pk), balanced(campaign)) == (12_000, True)
    told = Activity.objects.filter(type="pledge.fail")
    assert list(told.values_list("object_id", "target")) == [(pledges[3].pk, pledges[3].backer_id)]
    assert fresh(pledges[3]).expires_at == END + Rules(goal=1).retry_days * DAY


def test_a_failed_campaign_pays_back_credits_and_gives_in_one_batch(house: House) -> None:
    campaign = house.campaign(Rules(goal=1_000_000))
    choices = ["refund", "credit", "gift", "refund", "credit", "gift"]
    pledges = [house.held(campaign, on_failure=choice) for choice in choices]
    house.end(campaign)
    assert states(campaign) == {"released": 2, "credited": 2, "given": 2}
    credited = [pledge.backer for pledge, choice in zip(pledges, choices, strict=True) if choice == "credit"]
    assert [member_balance(backer) for backer in credited if backer] == [3_000, 3_000]
    assert (escrow_balance(campaign.pk), balanced(campaign), check_books().sound) == (0, True, True)
    assert not PledgeLine.objects.filter(pledge__in=pledges, holds=True).exists()


@pytest.mark.parametrize("word", ["disputed", "refunded"])
@pytest.mark.parametrize("choice", ["credit", "gift"])
def test_a_bank_that_takes_back_what_was_passed_on_already_costs_the_house(
    house: House, choice: str, word: str
) -> None:
    campaign = house.campaign(Rules(goal=1_000_000))
    pledge = house.held(campaign, on_failure=choice)
    house.end(campaign)
    house.bank.say(pledge, word, 2_000, at=END)
    pledge = fresh(pledge)
    assert (pledge.credited + pledge.given, pledge.lost + pledge.refunded) == (3_000, 2_000)
    assert (pledge.left, pledge.left_twice, queries.money(campaign).borne) == (0, 2_000, 2_000)
    assert (escrow_balance(campaign.pk), balanced(campaign), check_books().sound) == (0, True, True)


def test_received_money_of_a_failed_campaign_goes_back_in_one_batch(house: House) -> None:
    campaign = house.campaign(Rules(goal=1_000_000))
    pledges = [house.paid(campaign) for _ in range(4)]  # a bank that takes at once
    turned(campaign)
    with clock.at(END):
        assert work_batch(campaign=campaign) == 4
    assert (Refund.objects.count(), Request.objects.filter(kind="refund").count()) == (4, 4)
    with clock.at(END):
        house.bank.answer()
    assert states(campaign) == {"refunded": 4}
    assert Refund.objects.filter(done_at=None).count() == escrow_balance(campaign.pk) == 0
    assert balanced(campaign)
    assert all(fresh(pledge).refunded == 3_000 for pledge in pledges)


def test_pots_give_up_what_failed_pledges_had(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    pot = actions.open_pot(actor=house.treasurer, name="Mill", sponsor="The mill")
    actions.fund_pot(pot=pot, treasurer=house.treasurer, amount=50_000, reference="t", key="k")
    actions.join_pot(pot=pot, campaign=campaign, actor=house.treasurer)
    pledges = [house.held(campaign) for _ in range(3)]
    house.bank.refuses = {f"pay-{pledges[0].charges.get().payment_id}"}
    house.end(campaign)
    assert queries.gauge(campaign).matched == 6_000


def test_what_closing_reads_and_writes_does_not_grow_with_the_pledges(house: House) -> None:
    counts = []
    for slug, number in (("first", 2), ("few", 3), ("many", 12)):
        campaign = house.campaign(Rules(goal=3_000), slug=slug)
        for _ in range(number):
            house.held(campaign)
        turned(campaign)
        with clock.at(END), CaptureQueriesContext(connection) as asked:
            work_batch(campaign=campaign)
        words = len(asked)
        with clock.at(END):
            send_waiting()
            with CaptureQueriesContext(connection) as asked:
                assert house.bank.hear_all(house.bank.mailbox) == []
        counts.append((words, len(asked)))
        house.bank.mailbox = []
    assert counts[1] == counts[2]

"""What the database refuses, whoever writes; and that the guards can be taken away and put back."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from essaim.initiatives.actions import change_draft
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.models import OfflineMoney
from essaim.mechanisms.crowdfunding.tests.conftest import House, first_tier


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_outcome_is_written_once(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    house.held(campaign)
    house.end(campaign)
    refused("UPDATE crowdfunding_campaign SET outcome = 'failed'")
    refused("UPDATE crowdfunding_campaign SET raised = raised + 1")


def test_the_legal_mode_stays(house: House) -> None:
    campaign = house.campaign(opened=False)
    with pytest.raises(errors.ModeFrozen):
        change_draft(initiative=campaign, actor=house.manager, rules={"legal_mode": "partner_gift"})
    refused("""UPDATE initiatives_initiative SET rules = jsonb_set(rules, '{legal_mode}', '"partner_gift"')""")


def test_no_reward_counts_beyond_its_stock(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=2),))
    house.held(campaign)
    other = house.pledge(campaign)
    refused(f"UPDATE crowdfunding_tier SET stock = 1; UPDATE crowdfunding_pledge SET state = 'held',"
            f" confirmed_at = now() WHERE id = {other.pk}")  # fmt: skip
    assert first_tier(campaign).stock == 2


def test_settlements_and_money_by_hand_stay(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    pledge = house.pledge(campaign)
    given = {"amount": 3_000, "reference": "cheque 7", "received_on": date(2026, 3, 2), "key": "a"}
    actions.receive_offline(pledge=pledge, actor=house.manager, **given)
    house.end(campaign)
    actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    refused("UPDATE crowdfunding_settlement SET fee = fee + 1")
    refused("DELETE FROM crowdfunding_settlement")
    refused("UPDATE crowdfunding_offlinemoney SET amount = 1")
    refused("DELETE FROM crowdfunding_offlinemoney")
    assert OfflineMoney.objects.get().amount == 3_000


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE crowdfunding_pledge SET amount = amount + 1",
        "UPDATE crowdfunding_pledge SET refunded = 1",
        "UPDATE crowdfunding_pledge SET state = 'paid'",
        "UPDATE crowdfunding_tier SET amount = 0",
        "UPDATE crowdfunding_pledgeline SET quantity = 0",
    ],
)
def test_what_constraints_refuse(house: House, statement: str) -> None:
    house.pledge(house.campaign())
    refused(statement)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_guards_go_and_come_back() -> None:
    try:
        call_command("migrate", "crowdfunding", "0001", verbosity=0)
    finally:
        call_command("migrate", "crowdfunding", verbosity=0)

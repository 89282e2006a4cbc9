"""Pledging: places, prices, payments, changes; each refusal says what is in the way."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.ledger.payments.requests import send_waiting
from essaim.ledger.queries import escrow_balance, member_balance
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.actions.closing import work_off
from essaim.mechanisms.crowdfunding.actions.expiring import expire_pledges
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules
from essaim.mechanisms.crowdfunding.models import Campaign, Pledge
from essaim.mechanisms.crowdfunding.tests.conftest import DAY, NOON, House, balanced, first_tier, fresh

State = Pledge.State


def test_a_pledge_waits_for_its_payment_and_counts_once_the_bank_holds_it(house: House) -> None:
    campaign = house.campaign()
    pledge = house.pledge(campaign)
    assert (pledge.state, pledge.amount, pledge.number) == (State.UNPAID, 3_000, 1)
    assert queries.gauge(campaign).raised == 0
    pledge = house.bank.hold(pledge)
    assert (pledge.state, pledge.confirmed_at) == (State.HELD, NOON)
    assert (queries.gauge(campaign).raised, queries.gauge(campaign).backers) == (3_000, 1)
    assert escrow_balance(campaign.pk) == 0


def test_success_takes_what_is_held_and_settles_to_the_house(house: House) -> None:
    campaign = house.campaign(Rules(goal=6_000, fee=500, vat=2_000))
    for _ in range(2):
        house.held(campaign)
    house.end(campaign)
    row = Campaign.objects.get()
    assert (row.outcome, row.raised, row.backers) == ("succeeded", 6_000, 2)
    assert set(Pledge.objects.values_list("state", "captured")) == {(State.PAID, 3_000)}
    assert escrow_balance(campaign.pk) == 6_000
    made = actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    assert (made.fee, made.vat, made.paid_out, escrow_balance(campaign.pk)) == (300, 1_000, 4_700, 0)
    assert balanced(campaign)
    with pytest.raises(errors.NothingToSettle):
        actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="two")


def test_failure_lets_go_what_is_held_and_no_money_moves(house: House) -> None:
    campaign = house.campaign()
    pledge = house.held(campaign)
    house.end(campaign)
    assert Campaign.objects.get().outcome == "failed"
    assert fresh(pledge).state == State.RELEASED
    assert (escrow_balance(campaign.pk), fresh(pledge).captured) == (0, 0)
    assert balanced(campaign)


@pytest.mark.parametrize(("choice", "state"), [("credit", State.CREDITED), ("gift", State.GIVEN)])
def test_failure_passes_on_what_the_giver_chose(house: House, choice: str, state: str) -> None:
    campaign = house.campaign()
    backer = house.member()
    pledge = house.held(campaign, backer, on_failure=choice)
    house.end(campaign)
    assert fresh(pledge).state == state
    assert member_balance(backer) == (3_000 if choice == "credit" else 0)
    assert escrow_balance(campaign.pk) == 0
    assert balanced(campaign)


def test_a_form_sent_twice_pledges_once_and_a_key_of_another_is_refused(house: House) -> None:
    campaign, backer, key = house.campaign(), house.member(), uuid.uuid4()
    order = Order(lines=[Line(first_tier(campaign))])
    one = actions.make_pledge(campaign=campaign, backer=backer, order=order, key=key)
    assert actions.make_pledge(campaign=campaign, backer=backer, order=order, key=key) == one
    with pytest.raises(errors.KeyUsed):
        actions.make_pledge(campaign=campaign, backer=house.member(), order=order, key=key)
    assert Pledge.objects.count() == 1


def test_unpaid_pledges_hold_their_place_until_they_expire(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=1),))
    pledge = house.pledge(campaign)
    with pytest.raises(errors.TierTaken):
        house.pledge(campaign)
    with clock.at(NOON + timedelta(minutes=60)):
        other = house.pledge(campaign)
        assert expire_pledges() == 1
    assert (fresh(pledge).state, other.state) == (State.LAPSED, State.UNPAID)


def test_money_that_comes_after_the_place_is_gone_goes_back(house: House) -> None:
    campaign = house.campaign(Rules(goal=1_000, funding=Funding.KEEP_ALL), tiers=(house.loaf(stock=1),))
    late = house.pledge(campaign)
    house.bank.open(late)
    with clock.at(NOON + timedelta(minutes=61)):
        house.paid(campaign)
        house.bank.say(late, "succeeded")
        house.bank.answer()
        assert fresh(late).state == State.LAPSED
        assert (fresh(late).captured, fresh(late).refunded) == (3_000, 3_000)
    assert escrow_balance(campaign.pk) == 3_000
    assert balanced(campaign)


def test_money_that_comes_late_takes_its_place_if_it_is_still_there(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=1),))
    late = house.pledge(campaign)
    house.bank.open(late)
    with clock.at(NOON + timedelta(minutes=61)):
        expire_pledges()
        assert fresh(late).state == State.LAPSED
        house.bank.say(late, "authorised")
    assert fresh(late).state == State.HELD
    assert queries.taken([first_tier(campaign).pk]) == {first_tier(campaign).pk: 1}


def test_a_smaller_change_is_made_at_once_and_less_is_taken(house: House) -> None:
    campaign = house.campaign(Rules(goal=2_000), tiers=(house.loaf(), house.loaf(title="A roll", amount=2_000)))
    pledge = house.held(campaign)
    roll = queries.tiers(campaign).get(title="A roll")
    changed = actions.change_pledge(
        pledge=pledge, actor=pledge.backer, order=Order(lines=[Line(roll)]), key=uuid.uuid4()
    )
    assert (changed.pk, changed.amount, changed.state) == (pledge.pk, 2_000, State.HELD)
    house.end(campaign)
    assert fresh(pledge).captured == 2_000 == escrow_balance(campaign.pk)


def test_a_larger_change_is_a_new_pledge_that_replaces_the_old_once_paid(house: House) -> None:
    campaign = house.campaign()
    pledge = house.held(campaign)
    order = Order(lines=[Line(first_tier(campaign), 2)])
    new = actions.change_pledge(pledge=pledge, actor=pledge.backer, order=order, key=uuid.uuid4())
    assert (new.replaces, new.amount, new.state, fresh(pledge).state) == (pledge, 6_000, State.UNPAID, State.HELD)
    house.bank.hold(new)
    assert (fresh(pledge).state, fresh(new).state) == (State.CANCELLED, State.HELD)
    send_waiting()
    assert queries.gauge(campaign).raised == 6_000


def test_a_replacement_takes_the_places_of_the_pledge_it_replaces(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=2),))
    pledge = house.held(campaign)
    order = Order(lines=[Line(first_tier(campaign), 2)])
    new = actions.change_pledge(pledge=pledge, actor=pledge.backer, order=order, key=uuid.uuid4())
    with pytest.raises(errors.TierTaken):
        house.pledge(campaign)
    assert (house.bank.hold(new).state, fresh(pledge).state) == (State.HELD, State.CANCELLED)
    assert queries.taken([first_tier(campaign).pk]) == {first_tier(campaign).pk: 2}


def test_cancelling_lets_go_and_frees_the_place(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=1),))
    pledge = house.held(campaign)
    actions.cancel_pledge(pledge=pledge, actor=pledge.backer)
    house.bank.answer()
    assert fresh(pledge).state == State.CANCELLED
    assert house.pledge(campaign).state == State.UNPAID


def test_a_refused_capture_can_be_made_good(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    pledge = house.held(campaign)
    with clock.at(NOON + 40 * DAY):
        initiatives.turn_phases()
        work_off(campaign)
        house.bank.say(pledge, "failed")
        assert fresh(pledge).state == State.FAILED
        again = house.bank.take(fresh(pledge))
    assert again.state == State.PAID
    assert escrow_balance(campaign.pk) == 3_000
    assert balanced(campaign)


def test_a_bank_that_takes_the_money_back_after_settlement_costs_the_house_and_the_equation_holds(
    house: House,
) -> None:
    campaign = house.campaign(Rules(goal=3_000, funding=Funding.KEEP_ALL))
    pledge = house.paid(campaign)
    house.end(campaign)
    actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    house.bank.say(pledge, "disputed", at=NOON + 50 * DAY)
    assert fresh(pledge).state == State.FAILED
    money = queries.money(campaign)
    assert (money.lost, money.borne, money.escrow, money.balanced) == (3_000, 3_000, 0, True)
    house.bank.say(pledge, "dispute_won", at=NOON + 60 * DAY)
    assert (fresh(pledge).state, queries.money(campaign).borne, balanced(campaign)) == (State.PAID, 0, True)


def test_a_partial_refund_after_settlement_calls_money_back(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000, funding=Funding.KEEP_ALL))
    pledge = house.paid(campaign)
    house.end(campaign)
    actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    given = {"pledge": pledge, "treasurer": house.treasurer, "reason": "Two loaves were burnt.", "key": "a"}
    actions.refund_pledge(amount=1_000, **given)
    actions.refund_pledge(amount=1_000, **given)
    house.bank.answer()
    assert (fresh(pledge).state, fresh(pledge).refunded) == (State.PAID, 1_000)
    assert queries.money(campaign).paid_out == 2_000
    assert balanced(campaign)


def test_guests_pledge_by_one_mail_and_members_claim_what_they_pledged_as_guests(house: House) -> None:
    campaign = house.campaign()
    pledge = house.bank.hold(house.pledge(campaign, email="Ada@example.org"))
    letter = pledge.letters.get()
    assert (letter.kind, letter.to) == ("link", "ada@example.org")
    assert pledge.token in letter.text
    ada = house.member("ada")
    assert actions.claim_pledges(member=ada) == 1
    assert fresh(pledge).backer == ada
    with pytest.raises(errors.NotYourPledge):
        actions.cancel_pledge(pledge=pledge, actor=None)


def test_two_goals_take_the_money_at_the_minimum_and_go_on(house: House) -> None:
    campaign = house.campaign(Rules(funding=Funding.TWO_GOALS, goal=3_000, optimum=9_000), rounds=(40, 40))
    first = house.held(campaign)
    house.end(campaign)
    row = Campaign.objects.get()
    assert (row.passed_at, row.outcome, fresh(first).state) == (NOON + 40 * DAY, "", State.PAID)
    with clock.at(NOON + 50 * DAY):
        second = house.paid(campaign)
    house.end(campaign, 80)
    assert (Campaign.objects.get().outcome, fresh(second).state) == ("succeeded", State.PAID)
    assert Campaign.objects.get().raised == 6_000


def test_two_goals_fail_for_good_below_the_minimum(house: House) -> None:
    campaign = house.campaign(Rules(funding=Funding.TWO_GOALS, goal=4_000, optimum=9_000), rounds=(40, 40))
    pledge = house.held(campaign)
    house.end(campaign)
    assert (Campaign.objects.get().outcome, fresh(pledge).state) == ("failed", State.RELEASED)
    with clock.at(NOON + 50 * DAY), pytest.raises(errors.CampaignClosed):
        house.pledge(campaign)

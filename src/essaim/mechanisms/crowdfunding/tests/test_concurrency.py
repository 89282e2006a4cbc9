"""Real threads on the last places, the same word told twice at once, two tabs at the end: never one too many."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.ledger.events import receive_event
from essaim.ledger.models import JournalEntry
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.actions.closing import work_off
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules
from essaim.mechanisms.crowdfunding.models import Campaign, Match, Pledge, Settlement
from essaim.mechanisms.crowdfunding.tests.bank import Bank, fresh
from essaim.mechanisms.crowdfunding.tests.conftest import DAY, NOON, House, balanced, first_tier, make_house

pytestmark = pytest.mark.django_db(transaction=True)
END = NOON + 40 * DAY


@pytest.fixture
def house(transactional_db: None, bank: Bank) -> Iterator[House]:
    with clock.at(NOON):
        yield make_house(bank)


def at_once(acts: Sequence[Callable[[], object]], at: object = NOON) -> list[object]:
    """Each act in a thread of its own, all let go at the same moment; results or refusals."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            with clock.at(at):  # type: ignore[arg-type]
                gate.wait()
                return patiently(act)
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def patiently(act: Callable[[], object]) -> object:
    """The database lends its few connections one after another: whoever got none asks again, as a person would."""
    while True:
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(0.05)
            continue
        return act()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_hundred_on_the_last_ten(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=10),))
    tier, members = first_tier(campaign), house.members(200)

    def pledge(member: object) -> Callable[[], object]:
        order = Order(lines=[Line(tier)])
        return lambda: actions.make_pledge(campaign=campaign, backer=member, order=order, key=uuid.uuid4())  # type: ignore[arg-type]

    results = at_once([pledge(member) for member in members])
    assert Counter(isinstance(result, Pledge) for result in results) == {True: 10, False: 190}
    assert set(results) - {result for result in results if isinstance(result, Pledge)} == {errors.TierTaken}
    assert queries.taken([tier.pk]) == {tier.pk: 10}
    assert sorted(Pledge.objects.values_list("number", flat=True)) == list(range(1, 11))


def test_one_word_told_many_times_at_once_counts_once(house: House) -> None:
    campaign = house.campaign(Rules(goal=1_000, funding=Funding.KEEP_ALL))
    pledge = house.pledge(campaign)
    house.bank.open(pledge)
    said = house.bank.said("succeeded", f"pay-{pledge.charges.get().payment_id}", 3_000)
    at_once([lambda: receive_event(provider=house.bank.slug, said=said) for _ in range(8)])
    assert (fresh(pledge).captured, escrow_balance(campaign.pk)) == (3_000, 3_000)
    assert JournalEntry.objects.filter(kind="payment").count() == 1


def test_the_last_place_paid_late_and_taken_by_another_at_once(house: House) -> None:
    """One of the two has it; the other's money goes back."""
    campaign = house.campaign(Rules(goal=1_000, funding=Funding.KEEP_ALL), tiers=(house.loaf(stock=1),))
    late, other = house.pledge(campaign), house.member()
    house.bank.open(late)
    after = NOON + DAY
    said = house.bank.said("succeeded", f"pay-{late.charges.get().payment_id}", 3_000)
    order = Order(lines=[Line(first_tier(campaign))])
    at_once(
        [
            lambda: receive_event(provider=house.bank.slug, said=said),
            lambda: actions.make_pledge(campaign=campaign, backer=other, order=order, key=uuid.uuid4()),
        ],
        after,
    )
    with clock.at(after):
        house.bank.answer()
        assert sum(queries.taken([first_tier(campaign).pk]).values()) == 1
    assert balanced(campaign)
    assert escrow_balance(campaign.pk) == (3_000 if fresh(late).state == "paid" else 0)


def test_a_round_closed_from_many_sides_has_one_outcome(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    house.held(campaign)
    at_once([lambda: initiatives.turn_phases() for _ in range(4)], END)
    results = at_once([lambda: actions.close_campaign(campaign=campaign, actor=house.manager)] * 3, END)
    assert results == [errors.CampaignClosed] * 3
    assert Campaign.objects.get().outcome == "succeeded"


def test_two_workers_take_each_pledge_once(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    for _ in range(6):
        house.held(campaign)
    with clock.at(END):
        initiatives.turn_phases()
    done = at_once([lambda: work_off(campaign, size=1) for _ in range(3)], END)
    assert sum(int(str(each)) for each in done) == 6
    with clock.at(END):
        house.bank.answer()
    assert len([each for each in house.bank.asked.values() if each[0] == "succeeded"]) == 6
    assert escrow_balance(campaign.pk) == 18_000


def test_the_last_cents_of_a_pot_go_to_who_commits_first(house: House) -> None:
    campaign = house.campaign(Rules(goal=100_000))
    pot = actions.open_pot(actor=house.treasurer, name="Mill", sponsor="The mill")
    actions.fund_pot(pot=pot, treasurer=house.treasurer, amount=7_000, reference="t", key="one")
    actions.join_pot(pot=pot, campaign=campaign, actor=house.treasurer)
    pledges = [house.pledge(campaign) for _ in range(4)]
    words = []
    for pledge in pledges:
        house.bank.open(pledge)
        words.append(house.bank.said("authorised", f"pay-{pledge.charges.get().payment_id}", 3_000))
    at_once([lambda said=said: receive_event(provider=house.bank.slug, said=said) for said in words])
    assert sorted(Match.objects.values_list("amount", flat=True)) == [1_000, 3_000, 3_000]
    assert queries.gauge(campaign).raised == 19_000


def test_a_settlement_asked_in_many_tabs_is_made_once(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000, fee=1_000))
    house.held(campaign)
    house.end(campaign)
    give = {"campaign": campaign, "treasurer": house.treasurer}
    at_once([lambda n=n: actions.settle_campaign(key=f"form{n % 2}", **give) for n in range(6)], END)
    assert (Settlement.objects.count(), escrow_balance(campaign.pk)) == (1, 0)

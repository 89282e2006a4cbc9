"""Money by hand, pots, refunds, parcels, delays, withdrawal: each act, and who may."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from essaim.activity.models import Activity
from essaim.initiatives.domain import NotRunningHere, PhaseShut
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.ledger.queries import balance_of, escrow_balance
from essaim.mechanisms.crowdfunding import actions, policy, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import Funding, LegalMode, Partner, Rules
from essaim.mechanisms.crowdfunding.exports import EXPORTS
from essaim.mechanisms.crowdfunding.letters import send_waiting
from essaim.mechanisms.crowdfunding.models import Delivery, Letter, OfflineMoney, Pledge, Refund
from essaim.mechanisms.crowdfunding.tests.bank import fresh
from essaim.mechanisms.crowdfunding.tests.conftest import DAY, NOON, House, balanced, first_tier

State = Pledge.State
KEEP = Rules(goal=3_000, funding=Funding.KEEP_ALL, two_persons_above=5_000)
CUT = {"slug": "cut", "label": "Name", "kind": "engraving", "longest": 20, "required": False}


def by_hand(house: House, campaign: Any, quantity: int = 1, **more: Any) -> Pledge:
    given = {
        "order": Order(lines=[Line(first_tier(campaign), quantity)]), "method": "cheque", "reference": "no 7",
        "received_on": date(2026, 3, 2), "key": uuid.uuid4(), "name": "Zoé", **more,
    }  # fmt: skip
    return actions.enter_offline_pledge(campaign=campaign, actor=house.manager, **given)


def test_a_cheque_counts_at_once_below_the_limit(house: House) -> None:
    campaign = house.campaign(KEEP)
    pledge = by_hand(house, campaign)
    assert (pledge.state, pledge.captured, pledge.method) == (State.PAID, 3_000, "cheque")
    assert (escrow_balance(campaign.pk), balance_of("house:bank:EUR")) == (3_000, 3_000)
    assert balanced(campaign)


def test_above_the_limit_another_person_confirms(house: House) -> None:
    campaign = house.campaign(KEEP)
    pledge = by_hand(house, campaign, 2)
    money = OfflineMoney.objects.get()
    assert (pledge.state, money.confirmed_at, escrow_balance(campaign.pk)) == (State.UNPAID, None, 0)
    with pytest.raises(errors.NotByOnePerson):
        actions.confirm_offline(money=money, actor=house.manager)
    owner = campaign.community.memberships.earliest("pk").member
    assert actions.confirm_offline(money=money, actor=owner).state == State.PAID
    actions.confirm_offline(money=money, actor=owner)
    assert escrow_balance(campaign.pk) == 6_000


def test_money_by_hand_leaves_a_trace(house: House) -> None:
    with pytest.raises(errors.OfflineNotBacked):
        by_hand(house, house.campaign(KEEP), reference=" ")
    assert Pledge.objects.count() == 0


def test_money_by_hand_goes_back_by_hand(house: House) -> None:
    campaign = house.campaign(Rules(goal=10_000))
    pledge = by_hand(house, campaign)
    house.end(campaign)
    refund = Refund.objects.get()
    assert (refund.payment, refund.amount, refund.done_at) == (None, 3_000, None)
    given = {"treasurer": house.treasurer, "reference": "transfer 9", "day": date(2026, 4, 20)}
    actions.send_back_by_hand(refund=refund, **given)
    actions.send_back_by_hand(refund=refund, **given)
    assert (fresh(pledge).state, escrow_balance(campaign.pk), balance_of("house:bank:EUR")) == (State.REFUNDED, 0, 0)
    assert balanced(campaign)


def test_a_pot_adds_to_pledges_and_its_money_moves_when_settled(house: House) -> None:
    campaign = house.campaign(Rules(goal=6_000))
    pot = actions.open_pot(actor=house.treasurer, name="Mill", sponsor="The mill", per_person=2_500)
    actions.fund_pot(pot=pot, treasurer=house.treasurer, amount=4_000, reference="t", key="a")
    actions.fund_pot(pot=pot, treasurer=house.treasurer, amount=4_000, reference="t", key="a")
    actions.join_pot(pot=pot, campaign=campaign, actor=house.treasurer)
    one, two = house.held(campaign), house.held(campaign)
    assert [pledge.matches.get().amount for pledge in (one, two)] == [2_500, 1_500]
    with pytest.raises(errors.PotEmpty):
        actions.return_pot(pot=pot, treasurer=house.treasurer, amount=1, reference="t", key="b")
    actions.cancel_pledge(pledge=one, actor=one.backer)
    three = house.held(campaign)
    assert three.matches.get().amount == 2_500
    house.end(campaign)
    made = actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    assert (made.matched, made.paid_out, balance_of(f"cause:pot-{pot.pk}:EUR")) == (4_000, 10_000, 0)
    assert balanced(campaign)


def test_a_failed_campaign_gives_the_pot_its_promise_back(house: House) -> None:
    campaign = house.campaign(Rules(goal=100_000))
    pot = actions.open_pot(actor=house.treasurer, name="Mill", sponsor="The mill")
    actions.fund_pot(pot=pot, treasurer=house.treasurer, amount=4_000, reference="t", key="a")
    actions.join_pot(pot=pot, campaign=campaign, actor=house.treasurer)
    house.held(campaign)
    house.end(campaign)
    actions.return_pot(pot=pot, treasurer=house.treasurer, amount=4_000, reference="t", key="b")
    assert balance_of(f"cause:pot-{pot.pk}:EUR") == 0


def test_withdrawal_takes_two_steps_and_leaves_a_receipt(house: House) -> None:
    tier = house.loaf(ships=True, shipping={"fr": 600})
    campaign = house.campaign(KEEP, tiers=(tier,))
    pledge = house.paid(campaign, country="FR")
    house.end(campaign)
    actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    with clock.at(NOON + 50 * DAY):
        actions.mark_sent(pledge=pledge, actor=house.manager, carrier="Poste", tracking="1Z")
    with clock.at(NOON + 52 * DAY):
        actions.mark_delivered(pledge=pledge, actor=pledge.backer)
    with clock.at(NOON + 60 * DAY):
        declared = actions.declare_withdrawal(pledge=pledge, actor=pledge.backer)
        assert (fresh(pledge).state, declared.receipt) == (State.PAID, "")
    with clock.at(NOON + 60 * DAY + timedelta(seconds=90)):
        done = actions.confirm_withdrawal(withdrawal=declared, actor=pledge.backer)
        assert actions.confirm_withdrawal(withdrawal=declared, actor=pledge.backer) == done
        house.bank.answer()
    assert (fresh(pledge).state, fresh(pledge).refunded, done.amount) == (State.WITHDRAWN, 3_600, 3_600)
    assert "A loaf" in done.receipt
    assert "01/05/2026 14:00:00" in done.receipt
    assert "01/05/2026 14:01:30" in done.receipt
    assert Letter.objects.get(kind="withdrawal").text == done.receipt
    assert send_waiting() == 1
    assert escrow_balance(campaign.pk) == 0
    assert balanced(campaign)


def test_withdrawal_ends_and_does_not_come_with_gifts(house: House) -> None:
    campaign = house.campaign(KEEP)
    pledge, gift = house.paid(campaign), house.paid(campaign, lines=[], gift=500)
    with pytest.raises(errors.NoWithdrawal):
        actions.declare_withdrawal(pledge=gift, actor=gift.backer)
    with clock.at(NOON + 20 * DAY), pytest.raises(errors.WithdrawalOver):
        actions.declare_withdrawal(pledge=pledge, actor=pledge.backer)


def test_what_was_engraved_cannot_be_taken_back_once_locked(house: House) -> None:
    campaign = house.campaign(KEEP, tiers=(house.loaf(options=[CUT]),))
    pledge = house.paid(campaign, lines=[Line(first_tier(campaign), 1, {"cut": "Zoé"})])
    actions.lock_choices(campaign=campaign, actor=house.manager, at=NOON)
    with pytest.raises(errors.MadeForYou):
        actions.declare_withdrawal(pledge=pledge, actor=pledge.backer)
    with pytest.raises(errors.ChoicesLocked):
        actions.give_address(pledge=pledge, actor=pledge.backer, address={})


def test_the_engraver_gets_what_was_read_over(house: House) -> None:
    campaign = house.campaign(KEEP, tiers=(house.loaf(options=[CUT]),))
    pledge = house.paid(campaign, lines=[Line(first_tier(campaign), 1, {"cut": "Zo"})])
    line = pledge.lines.get()
    actions.change_options(pledge=pledge, actor=pledge.backer, line=line, options={"cut": "Zoé & Léo"})
    actions.check_engraving(pledge=pledge, actor=pledge.backer)
    name, content = EXPORTS["engraving"](campaign)
    assert name == "oven-engraving.csv"
    assert "1,A loaf,Name,Zoé & Léo,1,True" in content.decode()


def test_delays_are_told_to_those_who_wait(house: House) -> None:
    campaign = house.campaign(KEEP)
    pledge, tier = house.paid(campaign), first_tier(campaign)
    with pytest.raises(errors.NotALaterMonth):
        actions.announce_delay(tier=tier, actor=house.manager, month=date(2026, 12, 20), reason="Rain")
    delay = actions.announce_delay(tier=tier, actor=house.manager, month=date(2027, 1, 20), reason="Rain")
    assert (delay.before, delay.after) == (date(2026, 12, 1), date(2027, 1, 1))
    assert [first_tier(campaign).delivery_month, first_tier(campaign).promised_month] == [
        date(2027, 1, 1), date(2026, 12, 1)
    ]  # fmt: skip
    assert pledge.letters.get(kind="delay").to == pledge.backer.email  # type: ignore[union-attr]


def test_a_parcel_is_sent_arrives_or_comes_back(house: House) -> None:
    pledge = house.paid(house.campaign(KEEP))
    actions.mark_sent(pledge=pledge, actor=house.manager, tracking="1Z")
    assert actions.mark_returned(pledge=pledge, actor=house.manager).state == Delivery.State.RETURNED
    actions.mark_sent(pledge=pledge, actor=house.manager)
    first = actions.mark_delivered(pledge=pledge, actor=pledge.backer)
    assert actions.mark_delivered(pledge=pledge, actor=house.manager) == first
    kinds = Activity.objects.filter(type__startswith="parcel.").order_by("pk").values_list("type", flat=True)
    assert list(kinds) == ["parcel.send", "parcel.return", "parcel.send", "parcel.deliver"]


def test_partner_gifts_go_to_the_partner_and_bear_no_vat(house: House) -> None:
    partner = Partner("Collecte SA", "12345", "ACPR")
    rules = Rules(legal_mode=LegalMode.PARTNER_GIFT, funding=Funding.KEEP_ALL, goal=1_000, partner=partner)
    campaign = house.campaign(rules, tiers=())
    house.paid(campaign, lines=[], gift=2_000)
    house.end(campaign)
    made = actions.settle_campaign(campaign=campaign, treasurer=house.treasurer, key="one")
    assert (made.vat, made.paid_out, balance_of(f"cause:partner-{campaign.pk}:EUR")) == (0, 2_000, 2_000)


def test_a_campaign_opens_only_when_complete(house: House) -> None:
    with pytest.raises(errors.NotComplete):
        house.campaign(Rules(legal_mode=LegalMode.PARTNER_GIFT), tiers=())
    with pytest.raises(errors.NotComplete):
        house.campaign(Rules(goal=1_000), tiers=({"title": "A loaf", "amount": 100},), slug="second")
    with pytest.raises(errors.NotComplete):
        house.campaign(Rules(goal=1_000), rounds=(10, 10), slug="third")


def test_a_tier_people_chose_keeps_what_they_chose(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=3),))
    house.held(campaign)
    tier = first_tier(campaign)
    with pytest.raises(errors.TierInUse):
        actions.change_tier(tier=tier, actor=house.manager, amount=1)
    with pytest.raises(errors.TierInUse):
        actions.change_tier(tier=tier, actor=house.manager, stock=0)
    assert actions.change_tier(tier=tier, actor=house.manager, stock=1, title="The loaf").stock == 1
    actions.withdraw_tier(tier=tier, actor=house.manager)
    with pytest.raises(errors.TierWithdrawn):
        house.pledge(campaign)


Act = Callable[[House, Any, Any], object]
ACTS: dict[str, Act] = {
    "make": lambda house, campaign, who: actions.make_pledge(
        campaign=campaign, backer=who, order=Order(gift=500), key=uuid.uuid4(), email="a@example.org"
    ),
    "tier": lambda house, campaign, who: actions.add_tier(campaign=campaign, actor=who, title="Roll", amount=100),
    "pot": lambda house, campaign, who: actions.open_pot(actor=who, name="x", sponsor="y"),
    "update": lambda house, campaign, who: actions.publish_update(campaign=campaign, author=who, title="a", body="b"),
    "lock": lambda house, campaign, who: actions.lock_choices(campaign=campaign, actor=who, at=NOON),
    "offline": lambda house, campaign, who: actions.enter_offline_pledge(
        campaign=campaign, actor=who, order=Order(gift=500), method="cash", reference="r", key=uuid.uuid4(),
        received_on=date(2026, 3, 2),
    ),
}  # fmt: skip
RUNS, MONEY, ANYONE = {"manager"}, {"treasurer"}, {"manager", "treasurer", "member", "guest"}
MAY = {"make": ANYONE, "tier": RUNS, "pot": MONEY, "update": RUNS, "lock": RUNS, "offline": RUNS}


@pytest.mark.parametrize("role", ["manager", "treasurer", "member", "guest"])
@pytest.mark.parametrize("act", ACTS)
def test_who_may_what_while_the_round_runs(house: House, act: str, role: str) -> None:
    campaign = house.campaign()
    who = {"manager": house.manager, "treasurer": house.treasurer, "member": house.member(), "guest": None}[role]
    try:
        ACTS[act](house, campaign, who)
        done = True
    except Refusal:
        done = False
    assert done == (role in MAY[act])


@pytest.mark.parametrize(
    ("day", "refusal"), [(-1, PhaseShut), (0, None), (39, None), (41, errors.CampaignClosed), (500, PhaseShut)]
)
def test_when_one_pledges(house: House, day: int, refusal: type[Refusal] | None) -> None:
    campaign = house.campaign()
    with clock.at(NOON + day * DAY):
        if refusal is None:
            house.pledge(campaign)
            return
        with pytest.raises(refusal):
            house.pledge(campaign)


def test_late_pledges_come_after_a_success_and_are_charged_at_once(house: House) -> None:
    campaign = house.campaign(Rules(goal=3_000))
    house.held(campaign)
    house.end(campaign)
    with clock.at(NOON + 41 * DAY):
        late = house.paid(campaign)
    assert (late.late, late.state, queries.campaign_of(campaign).raised) == (True, State.PAID, 3_000)
    with pytest.raises(NotRunningHere):
        actions.mark_sent(pledge=late, actor=late.backer)  # type: ignore[arg-type]
    with pytest.raises(policy.NotTreasurer):
        actions.refund_pledge(pledge=late, treasurer=house.manager, amount=1, reason="x", key="x")

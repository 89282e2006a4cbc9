"""Money neither appears nor vanishes, whatever happens in whatever order: pledges, banks, ends, refunds, kills."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from essaim.initiatives import actions as initiatives
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.ledger import providers
from essaim.ledger.models import Payment, Request
from essaim.ledger.payments.requests import send_waiting
from essaim.ledger.providers import Said
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.actions.closing import work_batch
from essaim.mechanisms.crowdfunding.actions.expiring import expire_pledges
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules
from essaim.mechanisms.crowdfunding.models import Campaign, Charge, OfflineMoney, Pledge, Refund
from essaim.mechanisms.crowdfunding.statements import EQUATION, PLACES, TALLIES
from essaim.mechanisms.crowdfunding.tests.bank import Bank
from essaim.mechanisms.crowdfunding.tests.conftest import DAY, NOON, House, make_house

WORDS = ("authorised", "succeeded", "failed", "pending", "step_up", "expired", "cancelled")
LATER = ("failed", "disputed", "dispute_won", "refunded")
RULES = {
    funding: Rules(
        funding=funding, goal=6_000, optimum=9_000 if funding is Funding.TWO_GOALS else 0, fee=700, fee_from=6_000,
        vat=2_000, two_persons_above=3_000,
    )
    for funding in Funding
}  # fmt: skip


class Killed(Exception):
    """The process dies here: what was not committed never was."""


@contextmanager
def killed() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Killed
    except (Killed, Refusal):
        pass


class Life(RuleBasedStateMachine):
    """One campaign with 5 loaves and any number of rolls, a pot of 50 €, a bank that says anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.heard, self.outcome = NOON, list[Said](), ""
        self.bank = Bank()
        self.kept = dict(providers._providers)
        providers._providers.clear()
        providers._providers[self.bank.slug] = self.bank

    def teardown(self) -> None:
        providers._providers.clear()
        providers._providers.update(self.kept)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(funding=st.sampled_from(Funding))
    def found(self, funding: Funding) -> None:
        with clock.at(self.now):
            self.house: House = make_house(self.bank)
            rounds = (10, 10) if funding is Funding.TWO_GOALS else (10,)
            tiers = (House.loaf(stock=5), House.loaf(title="A roll", amount=1_000))
            self.campaign: Initiative = self.house.campaign(RULES[funding], rounds=rounds, tiers=tiers)
            self.people = self.house.members(3)
            pot = actions.open_pot(actor=self.house.treasurer, name="Mill", sponsor="The mill", per_person=2_000)
            actions.fund_pot(pot=pot, treasurer=self.house.treasurer, amount=5_000, reference="t", key="k")
            actions.join_pot(pot=pot, campaign=self.campaign, actor=self.house.treasurer)

            for backer, loaves in zip(self.people, (1, 1, 0), strict=True):
                order = self.order(loaves, 1, 0, ("refund", "credit", "gift")[loaves])
                made = actions.make_pledge(campaign=self.campaign, backer=backer, order=order, key=uuid.uuid4())
                self.bank.hold(made) if RULES[funding].funding.keeps_all is False else self.bank.take(made)

    def stands(self, rows: Any) -> bool:
        return hasattr(self, "campaign") and rows.exists()

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do it now; a refusal leaves nothing behind."""
        try:
            with clock.at(self.now), transaction.atomic():
                return act()
        except Refusal:
            return None

    def one(self, rows: Any, pick: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    def pledge_at(self, pick: int, *states: str) -> Pledge | None:
        rows = Pledge.objects.select_related("campaign__community", "backer", "tier")
        return self.one(rows.filter(state__in=states) if states else rows, pick)

    def order(self, loaves: int, rolls: int, gift: int, choice: str = "refund") -> Order:
        loaf, roll = queries.tiers(self.campaign).order_by("pk")
        lines = [Line(tier, number) for tier, number in ((loaf, loaves), (roll, rolls)) if number]
        return Order(lines=lines, gift=gift, on_failure=choice)

    @rule(
        person=st.integers(0, 3), loaves=st.integers(0, 3), rolls=st.integers(0, 2),
        gift=st.sampled_from([0, 1, 777]), choice=st.sampled_from(Pledge.Choice.values),
    )  # fmt: skip
    def pledge(self, person: int, loaves: int, rolls: int, gift: int, choice: str) -> None:
        backer = self.people[person] if person < 3 else None
        order = self.order(loaves, rolls, gift, choice)
        email = "" if backer else "guest@example.org"
        given = {"campaign": self.campaign, "backer": backer, "order": order, "email": email}
        made = self.attempt(lambda: actions.make_pledge(key=uuid.uuid4(), **given))
        if made:
            self.attempt(lambda: self.bank.open(made))

    @rule(pick=st.integers(0, 30), loaves=st.integers(0, 1), choice=st.sampled_from(Pledge.Choice.values))
    def pledge_and_pay(self, pick: int, loaves: int, choice: str) -> None:
        """The usual way, so that much of the rest has something to work on."""
        given = {
            "campaign": self.campaign,
            "backer": self.people[pick % 3],
            "order": self.order(loaves, 1, 0, choice),
        }
        made = self.attempt(lambda: actions.make_pledge(key=uuid.uuid4(), **given))
        charge = self.attempt(lambda: self.bank.open(made)) if made else None
        if charge is not None:
            self.tell(charge, "authorised" if charge.payment.capture == "later" else "succeeded", None)

    @precondition(lambda self: self.stands(Charge.objects))
    @rule(pick=st.integers(0, 30), word=st.sampled_from(WORDS))
    def bank_says(self, pick: int, word: str) -> None:
        charge = self.one(Charge.objects.select_related("payment").exclude(payment__reference=None), pick)
        if charge is not None:
            self.tell(charge, word, None)

    @precondition(lambda self: self.stands(Pledge.objects.filter(captured__gt=0)))
    @rule(pick=st.integers(0, 30), word=st.sampled_from(LATER), share=st.sampled_from([1, 2, 3]))
    def bank_says_later(self, pick: int, word: str, share: int) -> None:
        charge = self.one(Charge.objects.select_related("payment").filter(payment__captured__gt=0), pick)
        if charge is not None:
            self.tell(charge, word, max(charge.payment.captured // share, 1))

    def tell(self, charge: Charge, word: str, amount: int | None) -> None:
        self.now += timedelta(seconds=1)
        said = self.attempt(lambda: self.bank.say_of(charge.payment, word, amount))
        if said is not None:
            self.heard.append(said)

    @precondition(lambda self: bool(self.heard))
    @rule(pick=st.integers(0, 30))
    def bank_says_it_again(self, pick: int) -> None:
        if self.heard:
            self.attempt(lambda: self.bank.hear(self.heard[pick % len(self.heard)]))

    @precondition(lambda self: self.stands(Pledge.objects.filter(state__in=queries.WAITING)))
    @rule(pick=st.integers(0, 30))
    def open_again(self, pick: int) -> None:
        pledge = self.pledge_at(pick)
        if pledge is not None:
            self.attempt(lambda: self.bank.open(pledge))

    @precondition(lambda self: self.stands(Request.objects.filter(state="waiting")))
    @rule()
    def requests_leave(self) -> None:
        self.attempt(send_waiting)

    @precondition(lambda self: bool(self.bank.mailbox))
    @rule(pick=st.integers(0, 30), twice=st.booleans())
    def a_word_arrives(self, pick: int, twice: bool) -> None:
        if self.bank.mailbox:
            said = self.bank.mailbox.pop(pick % len(self.bank.mailbox))
            self.heard.append(said)
            for _ in range(1 + twice):
                self.attempt(lambda: self.bank.hear(said))

    @precondition(lambda self: bool(self.bank.mailbox) or bool(self.heard))
    @rule(again=st.integers(0, 3))
    def many_words_arrive(self, again: int) -> None:
        """All that is in the mailbox, and some heard before, in one message."""
        words, self.bank.mailbox = [*self.bank.mailbox, *self.heard[:again]], []
        self.heard += words
        failed = self.attempt(lambda: self.bank.hear_all(words)) or []
        assert all(isinstance(error, Refusal) for _said, error in failed), failed

    @precondition(lambda self: self.stands(Charge.objects))
    @rule(word=st.sampled_from([*WORDS, *LATER]), share=st.sampled_from([1, 1, 2]))
    def bank_says_of_all(self, word: str, share: int) -> None:
        """The same of every payment, in one message."""
        self.now += timedelta(seconds=1)
        with clock.at(self.now):
            rows = Payment.objects.filter(pk__in=Charge.objects.values("payment")).exclude(reference=None)
            words = [
                self.bank.said(word, str(row.reference), max((row.captured or row.amount) // share, 1))
                for row in rows
            ]
        self.heard += words
        failed = self.attempt(lambda: self.bank.hear_all(words)) or []
        assert all(isinstance(error, Refusal) for _said, error in failed), failed

    @rule(pick=st.integers(0, 30), loaves=st.integers(0, 2), rolls=st.integers(0, 2), gift=st.sampled_from([0, 50]))
    def change(self, pick: int, loaves: int, rolls: int, gift: int) -> None:
        pledge = self.pledge_at(pick)
        if pledge is not None:
            order = self.order(loaves, rolls, gift)
            given = {"pledge": pledge, "actor": pledge.backer, "order": order, "key": uuid.uuid4()}
            made = self.attempt(lambda: actions.change_pledge(**given))
            if made:
                self.attempt(lambda: self.bank.open(made))

    @rule(pick=st.integers(0, 30))
    def cancel(self, pick: int) -> None:
        pledge = self.pledge_at(pick)
        if pledge is not None:
            self.attempt(lambda: actions.cancel_pledge(pledge=pledge, actor=pledge.backer))

    @rule(pick=st.integers(0, 30), choice=st.sampled_from(Pledge.Choice.values))
    def choose(self, pick: int, choice: str) -> None:
        pledge = self.pledge_at(pick)
        if pledge is not None:
            self.attempt(lambda: actions.choose_on_failure(pledge=pledge, actor=pledge.backer, choice=choice))

    @precondition(lambda self: self.stands(Pledge.objects.filter(state__in=["unpaid", "failed"])))
    @rule(pick=st.integers(0, 30), confirm=st.booleans())
    def by_hand(self, pick: int, confirm: bool) -> None:
        pledge = self.pledge_at(pick, "unpaid", "failed")
        if pledge is None:
            return
        given = {
            "amount": pledge.amount,
            "reference": "cheque",
            "received_on": date(2026, 3, 3),
            "key": str(uuid.uuid4()),
        }
        manager = self.house.manager
        money = self.attempt(lambda: actions.receive_offline(pledge=pledge, actor=manager, **given))
        if money is not None and confirm:
            owner = self.house.community.memberships.earliest("pk").member
            self.attempt(lambda: actions.confirm_offline(money=OfflineMoney.objects.get(pk=money.pk), actor=owner))

    @precondition(lambda self: self.stands(Refund.objects.filter(payment=None, done_at=None)))
    @rule(pick=st.integers(0, 30))
    def back_by_hand(self, pick: int) -> None:
        refund = self.one(Refund.objects.filter(payment=None, done_at=None).select_related("pledge__campaign"), pick)
        if refund is not None:
            given = {"treasurer": self.house.treasurer, "reference": "transfer", "day": date(2026, 4, 1)}
            self.attempt(lambda: actions.send_back_by_hand(refund=refund, **given))

    @rule(minutes=st.sampled_from([5, 61, 60 * 24, 60 * 24 * 8]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.attempt(initiatives.turn_phases)

    @precondition(lambda self: self.now < NOON + 20 * DAY)
    @rule()
    def a_round_ends(self) -> None:
        self.now = NOON + (10 if self.now < NOON + 10 * DAY else 20) * DAY
        self.attempt(initiatives.turn_phases)

    @precondition(lambda self: self.stands(Pledge.objects.filter(expires_at__lte=self.now)))
    @rule()
    def unpaid_ones_expire(self) -> None:
        self.attempt(expire_pledges)

    @precondition(lambda self: self.stands(queries.to_work_off()))
    @rule(size=st.integers(1, 3), dies=st.booleans())
    def work(self, size: int, dies: bool) -> None:
        if dies:
            with clock.at(self.now), killed():
                work_batch(campaign=self.campaign, size=size)
        else:
            self.attempt(lambda: work_batch(campaign=self.campaign, size=size))

    @precondition(lambda self: self.stands(Campaign.objects.filter(Q(outcome="succeeded") | ~Q(passed_at=None))))
    @rule()
    def settle(self) -> None:
        key = str(uuid.uuid4())
        given = {"campaign": self.campaign, "treasurer": self.house.treasurer, "key": key}
        self.attempt(lambda: actions.settle_campaign(**given))

    @precondition(lambda self: self.stands(Pledge.objects.filter(state="paid")))
    @rule(pick=st.integers(0, 30), part=st.sampled_from([1, 2]))
    def refund(self, pick: int, part: int) -> None:
        pledge = self.pledge_at(pick, "paid", "failed")
        if pledge is not None:
            given = {"treasurer": self.house.treasurer, "reason": "burnt", "key": str(uuid.uuid4())}
            amount = pledge.amount // part
            self.attempt(lambda: actions.refund_pledge(pledge=pledge, amount=amount, **given))

    @precondition(lambda self: self.stands(Pledge.objects.filter(state__in=["held", "paid"])))
    @rule(pick=st.integers(0, 30))
    def withdraw(self, pick: int) -> None:
        pledge = self.pledge_at(pick, "held", "paid")
        if pledge is not None:
            declared = self.attempt(lambda: actions.declare_withdrawal(pledge=pledge, actor=pledge.backer))
            if declared:
                self.attempt(lambda: actions.confirm_withdrawal(withdrawal=declared, actor=pledge.backer))

    @invariant()
    def the_equation_holds(self) -> None:
        if hasattr(self, "campaign"):
            money = queries.money(self.campaign)
            assert money.balanced, money
            assert money.escrow >= 0
            assert asked(EQUATION) == []
            assert asked(TALLIES) == []
            assert queries.gauge(self.campaign) == queries.counted_again(self.campaign)

    @invariant()
    def no_place_is_given_twice(self) -> None:
        if hasattr(self, "campaign"):
            assert asked(PLACES) == []
            with clock.at(self.now):
                loaf = queries.tiers(self.campaign).order_by("pk")[0]
                assert promised(loaf.pk) <= 5

    @invariant()
    def there_is_one_outcome(self) -> None:
        if hasattr(self, "campaign"):
            said = Campaign.objects.filter(initiative=self.campaign).values_list("outcome", flat=True).first() or ""
            assert not self.outcome or said == self.outcome
            self.outcome = said


def promised(tier: int) -> int:
    """Places kept now; of a pledge and the one that would replace it, the larger."""
    keeping = Pledge.objects.filter(queries.keeps_place(clock.now()), lines__tier=tier, lines__holds=True)
    kept = {row[0]: row[1:] for row in keeping.values_list("pk", "lines__quantity", "replaces")}
    total = sum(quantity for quantity, _old in kept.values())
    return total - sum(min(quantity, kept[old][0]) for quantity, old in kept.values() if old in kept)


def asked(question: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_money_neither_appears_nor_vanishes() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

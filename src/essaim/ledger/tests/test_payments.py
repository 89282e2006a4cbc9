"""Payments follow the provider's word: in any order, told any number of times."""

from __future__ import annotations

import itertools
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.activity.models import Activity
from essaim.ledger import accounts, queries
from essaim.ledger.checks import check_books
from essaim.ledger.entries import gift
from essaim.ledger.models import JournalEntry, Payment, ProviderEvent
from essaim.ledger.payments import actions, domain
from essaim.ledger.payments.domain import NotRefundable
from essaim.ledger.post import post
from essaim.ledger.tests.fakes import said
from essaim.people.policy import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(quiet, ada):
    """Ada was asked for 20 € towards initiative 3."""
    target = accounts.escrow(3)
    return actions.open_payment(payer=ada, target=target, amount=20_00, memo="Honey", key=uuid.uuid4())[0]


def books() -> dict[str, int]:
    codes = ("house:bank:EUR", "escrow:3:EUR", "house:losses:EUR")
    return {code.split(":")[1]: queries.balance_of(code) for code in codes}


def facts(payment: Payment) -> tuple[str, int, int, int]:
    """Also checks that nothing is held any more once something was taken."""
    payment.refresh_from_db()
    assert payment.captured_at is None or (payment.authorised, payment.attempted_at) == (0, None)
    return payment.state, payment.captured, payment.refunded, payment.lost


def test_opening_posts_nothing(payment):
    assert (payment.state, JournalEntry.objects.count()) == ("created", 0)


def test_opening_again_with_the_same_key_asks_once(quiet, payment, ada):
    again, _url = actions.open_payment(payer=ada, target=payment.target, amount=20_00, memo="Honey", key=payment.pk)
    assert again == payment
    assert Payment.objects.count() == 1


def test_success_moves_the_money(payment):
    event = said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    assert (event.outcome, facts(payment)) == ("applied", ("succeeded", 20_00, 0, 0))
    assert books() == {"bank": 20_00, "3": 20_00, "losses": 0}


def test_the_same_event_twice_counts_once(payment):
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    assert books()["bank"] == 20_00
    assert ProviderEvent.objects.count() == 1


def test_two_successes_count_once(payment):
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    assert said("e2", "payment.succeeded", payment.reference, 20_00, 2).outcome == "stale"
    assert books()["bank"] == 20_00


def test_a_refund_waits_for_its_payment(payment):
    early = said("e2", "payment.refunded", payment.reference, 5_00, 2)
    assert early.outcome == "waiting"
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    early.refresh_from_db()
    assert (early.outcome, facts(payment)) == ("applied", ("succeeded", 20_00, 5_00, 0))
    assert books() == {"bank": 15_00, "3": 15_00, "losses": 0}


def test_an_unknown_event_is_kept(payment):
    assert said("e9", "customer.renamed", payment.reference, 0, 1).outcome == "unknown"
    assert said("e8", "payment.blessed", payment.reference, 0, 1).outcome == "unknown"


def test_an_event_before_its_reference_waits(quiet, ada):
    key = uuid.uuid4()
    early = said("e1", "payment.succeeded", f"pay-{key}", 20_00, 1)
    assert early.outcome == "waiting"
    actions.open_payment(payer=ada, target=accounts.escrow(3), amount=20_00, memo="m", key=key)
    early.refresh_from_db()
    assert (early.outcome, books()["3"]) == ("applied", 20_00)


def test_a_refusal_then_a_second_attempt(payment):
    said("e1", "payment.failed", payment.reference, 20_00, 1)
    assert facts(payment)[0] == "failed"
    said("e2", "payment.succeeded", payment.reference, 20_00, 2)
    assert facts(payment) == ("succeeded", 20_00, 0, 0)


def test_a_late_failure_takes_the_money_back(payment):
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    said("e2", "payment.failed", payment.reference, 20_00, 9)
    assert facts(payment) == ("disputed", 20_00, 0, 20_00)
    assert books() == {"bank": 0, "3": 0, "losses": 0}


def test_a_chargeback_of_spent_money_is_the_houses_loss(payment):
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    post(gift(3, "heritage", key="g", amount=15_00, memo="m"))
    said("e2", "payment.disputed", payment.reference, 20_00, 9)
    assert books() == {"bank": 0, "3": 0, "losses": 15_00}


def test_a_dispute_that_is_won_makes_the_loss_good(payment):
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    post(gift(3, "heritage", key="g", amount=15_00, memo="m"))
    said("e2", "payment.disputed", payment.reference, 20_00, 9)
    said("e3", "payment.dispute_won", payment.reference, 20_00, 12)
    assert books() == {"bank": 20_00, "3": 5_00, "losses": 0}
    assert facts(payment) == ("succeeded", 20_00, 0, 0)


STORIES = [
    [
        ("payment.pending", 20_00),
        ("payment.succeeded", 20_00),
        ("payment.refunded", 5_00),
        ("payment.refunded", 15_00),
    ],
    [("payment.failed", 20_00), ("payment.pending", 20_00), ("payment.succeeded", 20_00)],
    [("payment.succeeded", 20_00), ("payment.refunded", 5_00), ("payment.disputed", 15_00)],
    [("payment.pending", 20_00), ("payment.succeeded", 20_00), ("payment.failed", 20_00)],
    [("payment.pending", 20_00), ("payment.failed", 20_00)],
    [("payment.succeeded", 20_00), ("payment.disputed", 20_00), ("payment.dispute_won", 20_00)],
    [("payment.step_up", 20_00), ("payment.authorised", 20_00), ("payment.succeeded", 12_00)],
    [("payment.authorised", 20_00), ("payment.expired", 20_00)],
    [("payment.failed", 20_00), ("payment.authorised", 20_00), ("payment.cancelled", 20_00)],
    [("payment.succeeded", 20_00), ("payment.refunded", 20_00), ("payment.refund_failed", 20_00)],
]


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_every_order_of_arrival_ends_alike(payment, story):
    ends = set()
    for order in itertools.permutations(range(len(story))):
        with transaction.atomic():
            for place in order:
                type_, amount = story[place]
                said(f"e{place}", type_, payment.reference, amount, place)
            assert check_books().sound
            ends.add((facts(payment), tuple(books().values())))
            transaction.set_rollback(True)
    assert len(ends) == 1


EVENT = st.tuples(
    st.sampled_from(
        [*sorted(type_.removeprefix("payment.") for type_ in domain.TYPES), "blessed"],
    ),
    st.integers(min_value=1, max_value=25_00),
    st.integers(min_value=0, max_value=9),
    st.integers(min_value=0, max_value=5),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(EVENT, max_size=10))
def test_whatever_is_said_the_books_are_sound(payment, events):
    """Nonsense included: repeated, contradictory, too large."""
    with transaction.atomic():
        for type_, amount, second, number in events:
            said(f"e{number}", f"payment.{type_}", payment.reference, amount, second)
        assert check_books().sound
        _state, captured, refunded, lost = facts(payment)
        held = books()
        assert held["bank"] == captured - refunded - lost
        assert held["3"] - held["losses"] == held["bank"]
        assert captured - refunded - lost >= 0
        transaction.set_rollback(True)


def test_paying_in_is_for_treasurers(quiet, ada, new_member):
    with pytest.raises(Forbidden):
        actions.pay_in(actor=ada, amount=1, unit="EUR", memo="m", key=uuid.uuid4())
    eve = new_member("eve", "treasurer")
    payment, url = actions.pay_in(actor=eve, amount=500_00, unit="EUR", memo="Budget", key=uuid.uuid4())
    said("e1", "payment.succeeded", payment.reference, 500_00, 1)
    assert (url, queries.balance_of("house:own:EUR")) == (f"/quiet/{payment.pk}/", 500_00)
    assert list(Activity.objects.values_list("type", "public")) == [("payment.opened", False)]


def test_a_refund_is_asked_and_posts_when_it_is_done(quiet, payment, new_member):
    eve = new_member("eve", "treasurer")
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    actions.refund_payment(actor=eve, payment=payment, amount=8_00, key=uuid.uuid4())
    assert quiet.asked[-1] == ("refund", payment.reference, 8_00)
    assert books()["bank"] == 20_00
    said("e2", "payment.refunded", payment.reference, 8_00, 2)
    assert books()["bank"] == 12_00


def test_no_more_is_refunded_than_was_paid(payment, new_member):
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    with pytest.raises(NotRefundable):
        actions.refund_payment(actor=new_member("eve", "owner"), payment=payment, amount=20_01, key=uuid.uuid4())

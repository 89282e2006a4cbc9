"""Money held now and taken later, as the sandbox plays it: confirmed at the bank, refused, expired, taken back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from essaim.connectors.sandbox import actions, delivery
from essaim.connectors.sandbox.domain import HELD
from essaim.connectors.sandbox.models import Word
from essaim.kit import clock
from essaim.ledger import accounts, queries
from essaim.ledger.checks import check_books
from essaim.ledger.models import Request
from essaim.ledger.payments import requests
from essaim.ledger.payments.actions import cancel_payment, capture_payment, open_payment
from essaim.ledger.payments.domain import NotCancellable, NotCapturable

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def payment(db):
    with clock.at(NOW):
        return open_payment(
            payer=None, target=accounts.escrow(3), amount=20_00, memo="Honey", key=uuid.uuid4(), capture="later"
        )[0]


def choose(payment, *choices):
    with clock.at(NOW):
        for choice in choices:
            actions.choose(reference=payment.reference, choice=choice)
    return after(payment)


def after(payment, days=0):
    """What is known of the payment that many days later; requests are sent and words delivered on the way."""
    with clock.at(NOW + timedelta(days=days)):
        requests.send_waiting()
        delivery.deliver_due()
    payment.refresh_from_db()
    return payment.state


def take(payment, days, amount=20_00):
    with clock.at(NOW + timedelta(days=days)):
        return capture_payment(payment, amount, f"take {payment.pk}")


@pytest.mark.parametrize(
    ("choice", "held", "taken", "at_last", "left"),
    [
        ("authorised", "authorised", "succeeded", "succeeded", 20_00),
        ("capture-refused", "authorised", "failed", "failed", 0),
        ("late-failure", "authorised", "succeeded", "disputed", 0),
        ("disputed", "authorised", "succeeded", "disputed", 0),
        ("expires", "authorised", "succeeded", "succeeded", 20_00),
    ],
)
def test_what_is_held_is_taken(payment, choice, held, taken, at_last, left):
    assert choose(payment, choice) == held
    assert (payment.authorised, queries.escrow_balance(3)) == (20_00, 0)
    take(payment, days=1)
    assert after(payment, days=1) == taken
    assert after(payment, days=9) == at_last
    assert queries.escrow_balance(3) == queries.balance_of("house:bank:EUR") == left
    assert check_books().sound


def test_every_choice_of_a_hold_is_tried():
    tried = {row[0] for row in test_what_is_held_is_taken.pytestmark[0].args[1]}
    assert tried | {"refused", "check"} == set(HELD)


def test_a_refusal_holds_nothing(payment):
    assert choose(payment, "refused") == "failed"
    with pytest.raises(NotCapturable):
        take(payment, days=1)


@pytest.mark.parametrize(("answer", "state"), [("confirmed", "authorised"), ("refused", "failed")])
def test_the_banks_page(client, payment, answer, state):
    page = f"/sandbox/pay/{payment.reference}/"
    with clock.at(NOW):
        assert client.post(page, {"choice": "check"})["Location"] == page
    assert after(payment) == "step_up"
    shown = client.get(page).content.decode()
    assert 'value="confirmed"' in shown
    assert 'value="authorised"' not in shown
    with clock.at(NOW):
        assert client.post(page, {"choice": answer})["Location"] == f"/payments/{payment.pk}/"
    after(payment, days=1)
    assert payment.state == state


def test_what_is_held_says_until_when(payment):
    choose(payment, "authorised")
    assert payment.expires_at == NOW + timedelta(days=90)


def test_a_hold_of_a_week_expires(payment):
    choose(payment, "expires")
    assert after(payment, days=8) == "expired"
    assert (payment.authorised, payment.expires_at) == (0, None)
    with pytest.raises(NotCapturable):
        take(payment, days=8)


def test_a_hold_gone_before_the_request_arrives_is_refused(payment):
    choose(payment, "expires")
    request = take(payment, days=6)
    with clock.at(NOW + timedelta(days=8)):  # the word of the expiry is still on its way
        requests.send_waiting()
    request.refresh_from_db()
    payment.refresh_from_db()
    assert (request.state, request.reason, payment.state) == ("refused", "nothing is held", "failed")


def test_what_is_taken_does_not_expire(payment):
    choose(payment, "expires")
    take(payment, days=6)
    after(payment, days=6)
    assert not Word.objects.filter(type="payment.expired").exists()


def test_a_part_is_taken_and_the_rest_let_go(payment):
    choose(payment, "authorised")
    take(payment, days=1, amount=12_00)
    after(payment, days=1)
    assert (payment.captured, payment.authorised, queries.escrow_balance(3)) == (12_00, 0, 12_00)


def test_more_than_is_held_is_not_asked(payment):
    choose(payment, "authorised")
    with pytest.raises(NotCapturable):
        take(payment, days=1, amount=20_01)


@pytest.mark.parametrize("choices", [(), ("authorised",), ("check",), ("refused",)])
def test_letting_go(payment, choices):
    choose(payment, *choices)
    with clock.at(NOW):
        cancel_payment(payment, "let go")
        cancel_payment(payment, "let go")
    assert after(payment, days=1) == "cancelled"
    assert Request.objects.count() == Word.objects.filter(type="payment.cancelled").count() == 1
    with pytest.raises(NotCancellable):
        cancel_payment(payment, "again")
    with pytest.raises(actions.ChosenAlready):
        choose(payment, "authorised")


def test_taken_twice_is_taken_once(payment):
    choose(payment, "authorised")
    assert take(payment, days=1) == take(payment, days=1)
    after(payment, days=1)
    Request.objects.update(state="waiting")  # the worker died before it wrote that it had sent it
    assert after(payment, days=2) == "succeeded"
    assert Word.objects.filter(type="payment.succeeded").count() == 1

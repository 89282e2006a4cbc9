"""What Stripe's words mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from essaim.connectors.stripe.domain import CARD_HOLD, holds_until, read
from essaim.connectors.stripe.tests import shapes
from essaim.connectors.stripe.tests.shapes import KEY, START, at, event


@pytest.mark.parametrize(
    ("type_", "thing", "meaning", "amount"),
    [
        ("payment_intent.created", shapes.intent(), None, 0),
        ("payment_intent.requires_action", shapes.intent(), "payment.step_up", 20_00),
        ("payment_intent.processing", shapes.intent(), "payment.pending", 20_00),
        ("payment_intent.amount_capturable_updated", shapes.intent(), None, 0),
        ("payment_intent.succeeded", shapes.intent(amount_received=12_00), "payment.succeeded", 12_00),
        ("payment_intent.payment_failed", shapes.intent(), "payment.failed", 20_00),
        ("payment_intent.canceled", shapes.intent(cancellation_reason="automatic"), "payment.expired", 20_00),
        ("payment_intent.canceled", shapes.intent(cancellation_reason=None), "payment.cancelled", 20_00),
        ("charge.succeeded", shapes.charge(), "payment.authorised", 20_00),
        ("charge.succeeded", shapes.charge(captured=True), None, 0),
        ("charge.captured", shapes.charge(captured=True), None, 0),
        ("charge.refunded", shapes.charge(captured=True), None, 0),
        ("checkout.session.completed", shapes.session(payment_intent="pi_1"), None, 0),
        ("checkout.session.expired", shapes.session(), "payment.cancelled", 20_00),
        ("setup_intent.created", shapes.setup_intent(), None, 0),
        ("setup_intent.requires_action", shapes.setup_intent(), "payment.step_up", 0),
        ("setup_intent.succeeded", shapes.setup_intent(), "payment.authorised", 0),
        ("setup_intent.setup_failed", shapes.setup_intent(), "payment.failed", 0),
        ("setup_intent.canceled", shapes.setup_intent(), "payment.cancelled", 0),
        ("refund.created", shapes.refund(5_00), "payment.refunded", 5_00),
        ("refund.created", shapes.refund(5_00, status="pending"), "payment.refunded", 5_00),
        ("refund.created", shapes.refund(5_00, status="requires_action"), None, 5_00),
        ("refund.failed", shapes.refund(5_00, status="failed"), "payment.refund_failed", 5_00),
        ("charge.dispute.created", shapes.dispute(), None, 0),
        ("charge.dispute.funds_withdrawn", shapes.dispute(), "payment.disputed", 20_00),
        ("charge.dispute.funds_reinstated", shapes.dispute(), "payment.dispute_won", 20_00),
        ("payout.paid", {"id": "po_1", "object": "payout", "amount": 1, "currency": "eur"}, None, 0),
    ],
)
def test_each_event(type_, thing, meaning, amount):
    found = read(event(1, type_, thing))
    assert (found.type, found.amount, found.unit or "EUR", found.at) == (meaning, amount, "EUR", at(0))


def test_names_are_read_whether_given_or_expanded():
    told = read(event(1, "charge.succeeded", shapes.charge(payment_intent={"id": "pi_9"}, customer={"id": "cus_9"})))
    assert (told.payment, told.intent, told.customer) == (KEY, "pi_9", "cus_9")
    assert read(event(1, "payment_intent.succeeded", shapes.intent())).intent == "pi_1"


def test_a_hold_says_until_when():
    assert read(event(1, "charge.succeeded", shapes.charge())).expires_at == at(600_000)
    assert read(event(1, "charge.succeeded", shapes.charge(payment_method_details=None))).expires_at is None


def test_an_agreement_is_read_when_it_is_made():
    assert read(event(1, "setup_intent.succeeded", shapes.setup_intent())).agreement == "pm_1"
    assert read(event(1, "setup_intent.created", shapes.setup_intent())).agreement == ""
    assert read(event(1, "payment_intent.succeeded", shapes.intent())).agreement == ""


def test_one_refund_has_one_name_whatever_tells_it():
    names = {
        read(event(number, type_, shapes.refund(5_00))).event_id
        for number, type_ in enumerate(["refund.created", "refund.updated", "charge.refund.updated"])
    }
    assert names == {"re_1.refunded"}
    assert read(event(4, "refund.failed", shapes.refund(5_00, status="failed"))).event_id == "re_1.refund_failed"
    assert read(event(5, "payment_intent.succeeded", shapes.intent())).event_id == "evt_5"


@pytest.mark.parametrize(
    ("until", "held"), [(None, True), (CARD_HOLD, True), (CARD_HOLD + timedelta(seconds=1), False)]
)
def test_how_long_a_card_holds(until, held):
    assert holds_until(at(0), until and at(0) + until) is held


@pytest.mark.parametrize("nonsense", [{}, {"data": {}}, {"id": "e", "type": "x", "created": START, "data": {}}])
def test_what_is_not_an_event_is_said(nonsense):
    with pytest.raises(KeyError):
        read(nonsense)

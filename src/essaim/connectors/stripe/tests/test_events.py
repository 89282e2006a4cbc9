"""Stripe's events at the house's door: signed, fresh, once, in any order."""

from __future__ import annotations

import itertools
import json
import time

import pytest
from django.db import transaction

from essaim.connectors.stripe.tests import shapes
from essaim.connectors.stripe.tests.fake_api import refusal
from essaim.connectors.stripe.tests.shapes import KEY, event, signed, tell
from essaim.ledger import queries
from essaim.ledger.checks import check_books
from essaim.ledger.models import ProviderEvent

pytestmark = pytest.mark.django_db
PAID = event(1, "payment_intent.succeeded", shapes.intent(amount_received=20_00), 5)


def test_a_signed_event_moves_the_books_once(opened, client):
    payment = opened()
    assert [tell(client, PAID).json()["events"][0]["outcome"] for _time in range(2)] == ["applied", "applied"]
    payment.refresh_from_db()
    assert (payment.state, queries.balance_of("house:provider:EUR"), queries.escrow_balance(3)) == (
        "succeeded",
        20_00,
        20_00,
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Stripe-Signature": "nonsense"},
        {"Stripe-Signature": "t=1,v0=abc"},
        signed(json.dumps(PAID), secret="whsec_other"),
        signed(json.dumps(PAID) + " "),
        signed(json.dumps(PAID), when=time.time() - 301),
    ],
    ids=["none", "nonsense", "scheme", "secret", "body", "replayed"],
)
def test_what_is_not_signed_or_not_fresh_is_refused(opened, client, headers):
    opened()
    assert tell(client, PAID, headers).status_code == 400
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{}", "no", '{"id": "e", "data": {"object": []}}'])
def test_signed_nonsense_is_refused(opened, client, body):
    opened()
    answer = client.post("/payments/stripe/events/", body, content_type="application/json", headers=signed(body))
    assert answer.status_code == 400


def test_two_secrets_stand_while_one_replaces_the_other(opened, client, settings):
    opened()
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_old", "whsec_new"]
    for number, secret in enumerate(["whsec_old", "whsec_new"]):
        told = event(number, "product.created", {"id": "prod_1", "object": "product"})
        assert tell(client, told, signed(json.dumps(told), secret)).status_code == 200


def test_what_is_not_understood_is_kept_whole(opened, client):
    opened()
    told = event(7, "payout.paid", {"id": "po_1", "object": "payout", "amount": 5, "currency": "eur"})
    assert tell(client, told).json() == {"events": [{"id": "evt_7", "outcome": "unknown"}]}
    kept = ProviderEvent.objects.get()
    assert (kept.type, kept.body) == ("stripe:payout.paid", told)


def test_payments_of_another_shop_are_kept_and_move_nothing(opened, api, client):
    opened()
    api.answers["/v1/payment_intents/pi_other"] = (200, shapes.intent("elsewhere", id="pi_other"))
    api.answers["/v1/payment_intents/pi_gone"] = refusal("invalid_request_error", "No such payment_intent", 404)
    for number, name in enumerate(["pi_other", "pi_gone"]):
        told = event(number, "charge.dispute.funds_withdrawn", shapes.dispute(payment_intent=name))
        assert tell(client, told).json()["events"][0]["outcome"] == "unknown"
    assert check_books().sound
    assert queries.balance_of("house:provider:EUR") == 0


STORIES = {
    "held, taken, half paid back": [
        ("charge.succeeded", shapes.charge()),
        ("payment_intent.succeeded", shapes.intent(amount_received=20_00)),
        ("refund.created", shapes.refund(10_00)),
        ("refund.updated", shapes.refund(10_00)),
    ],
    "paid, disputed, won": [
        ("payment_intent.succeeded", shapes.intent(amount_received=20_00)),
        ("charge.dispute.created", shapes.dispute()),
        ("charge.dispute.funds_withdrawn", shapes.dispute()),
        ("charge.dispute.funds_reinstated", shapes.dispute()),
    ],
    "a refund that fails": [
        ("payment_intent.succeeded", shapes.intent(amount_received=20_00)),
        ("refund.created", shapes.refund(20_00, status="pending")),
        ("refund.failed", shapes.refund(20_00, status="failed")),
    ],
    "held, let go by time": [
        ("charge.succeeded", shapes.charge()),
        ("payment_intent.amount_capturable_updated", shapes.intent(amount_capturable=20_00)),
        ("payment_intent.canceled", shapes.intent(cancellation_reason="automatic")),
    ],
    "refused, then paid": [
        ("payment_intent.payment_failed", shapes.intent()),
        ("payment_intent.requires_action", shapes.intent()),
        ("payment_intent.succeeded", shapes.intent(amount_received=20_00)),
    ],
}
ENDS = {
    "held, taken, half paid back": ("succeeded", 20_00, 10_00, 0, 10_00),
    "paid, disputed, won": ("succeeded", 20_00, 0, 0, 20_00),
    "a refund that fails": ("succeeded", 20_00, 0, 0, 20_00),
    "held, let go by time": ("expired", 0, 0, 0, 0),
    "refused, then paid": ("succeeded", 20_00, 0, 0, 20_00),
}


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_every_order_ends_alike(opened, api, client, story):
    """Each event delivered twice; a dispute told before its payment is asked about at Stripe."""
    api.answers["/v1/payment_intents/pi_1"] = (200, shapes.intent())
    payment = opened(capture="later")
    told = [event(number, type_, thing, number) for number, (type_, thing) in enumerate(STORIES[story])]
    for order in itertools.permutations(told):
        with transaction.atomic():
            for one in order:
                assert tell(client, one).status_code == tell(client, one).status_code == 200
            payment.refresh_from_db()
            held = queries.balance_of("house:provider:EUR")
            assert (payment.state, payment.captured, payment.refunded, payment.lost, held) == ENDS[story]
            assert queries.escrow_balance(3) == held
            transaction.set_rollback(True)


def test_an_unreachable_stripe_makes_it_tell_again(opened, api, client, monkeypatch):
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *given, **named: 0)
    opened()
    api.answers["/v1/payment_intents/pi_1"] = refusal("api_error", "we are sorry", 500)
    told = event(1, "charge.dispute.funds_withdrawn", shapes.dispute())
    assert tell(client, told).status_code == 503
    assert not ProviderEvent.objects.exists()


def test_the_intent_that_paid_is_the_one_paid_back(opened, client):
    """A card kept is charged again after a refusal: another intent."""
    from essaim.connectors.stripe.models import Checkout

    opened()
    tell(client, event(1, "payment_intent.payment_failed", shapes.intent(id="pi_a"), 1))
    tell(client, event(2, "payment_intent.succeeded", shapes.intent(id="pi_b", amount_received=20_00), 2))
    tell(client, event(3, "payment_intent.processing", shapes.intent(id="pi_a"), 0))
    assert Checkout.objects.get(key=KEY).intent == "pi_b"

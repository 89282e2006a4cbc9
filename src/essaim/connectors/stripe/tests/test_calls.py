"""What the house asks of Stripe: once each, under its own keys; what Stripe refuses, and when it is silent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from essaim.connectors.stripe.models import Checkout
from essaim.connectors.stripe.provider import StripeProvider
from essaim.connectors.stripe.tests import shapes
from essaim.connectors.stripe.tests.fake_api import refusal
from essaim.connectors.stripe.tests.shapes import KEY, event, tell
from essaim.kit import clock
from essaim.ledger import accounts, providers
from essaim.ledger.models import Request
from essaim.ledger.payments import requests
from essaim.ledger.payments.actions import cancel_payment, capture_payment, open_payment, return_payment
from essaim.ledger.providers import ProviderRefused, ProviderSilent, ProviderUnknown

pytestmark = pytest.mark.django_db
NOW = shapes.at(0)
PAGE = "https://checkout.stripe.com/c/pay/cs_6f1c1f6e"
COMMON = {
    "client_reference_id": KEY,
    "metadata[payment]": KEY,
    "success_url": f"https://house.example/payments/{KEY}/",
    "cancel_url": f"https://house.example/payments/{KEY}/",
}
PRICED = {
    "mode": "payment",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "eur",
    "line_items[0][price_data][unit_amount]": "2000",
    "line_items[0][price_data][product_data][name]": "Honey",
    "payment_intent_data[metadata][payment]": KEY,
    "payment_intent_data[description]": "Honey",
}
AGREED = {
    "mode": "setup",
    "currency": "eur",
    "customer_creation": "always",
    "setup_intent_data[metadata][payment]": KEY,
    "setup_intent_data[description]": "Honey",
}


@pytest.mark.parametrize(
    ("capture", "until", "mode", "params"),
    [
        ("now", None, "now", PRICED),
        ("later", None, "hold", PRICED | {"payment_intent_data[capture_method]": "manual"}),
        ("later", 4, "hold", PRICED | {"payment_intent_data[capture_method]": "manual"}),
        ("later", 40, "agreement", AGREED),
    ],
)
def test_the_page_the_payer_is_sent_to(opened, api, capture, until, mode, params):
    with clock.at(NOW):
        payment = opened(capture=capture, until=NOW + timedelta(days=until) if until else None)
    assert api.asked == [("/v1/checkout/sessions", COMMON | params, f"open {KEY}")]
    assert (payment.reference, Checkout.objects.get().mode) == (KEY, mode)


def test_opening_again_asks_nothing(opened, api):
    opened()
    again, url = open_payment(payer=None, target=accounts.escrow(3), amount=20_00, memo="Honey", key=KEY)
    assert (again.reference, url, len(api.asked)) == (KEY, PAGE, 1)


def test_paying_out_to_members_is_not_stripes(connected):
    with pytest.raises(ProviderUnknown):
        providers.payout_provider()
    with pytest.raises(ProviderRefused):
        connected.payout(key="k", amount=1, unit="EUR", destination="FR76")


@pytest.fixture
def held(opened, client):
    """20 € are held on a card."""
    payment = opened(capture="later")
    tell(client, event("hold", "charge.succeeded", shapes.charge(), 1))
    payment.refresh_from_db()
    assert (payment.state, payment.expires_at) == ("authorised", shapes.at(600_000))
    return payment


@pytest.fixture
def agreed(opened, client):
    """The payer let us keep his card for 20 € in forty days."""
    with clock.at(NOW):
        payment = opened(capture="later", until=NOW + timedelta(days=40))
    tell(client, event("kept", "setup_intent.succeeded", shapes.setup_intent(), 1))
    payment.refresh_from_db()
    assert (payment.state, payment.authorised, payment.expires_at) == ("authorised", 20_00, None)
    return payment


def test_taking_what_is_held(held, api):
    api.answers["/v1/payment_intents/pi_1/capture"] = (200, shapes.intent(status="succeeded"))
    capture_payment(held, 12_00, "k")
    assert requests.send_waiting() == 1
    assert api.asked[1:] == [("/v1/payment_intents/pi_1/capture", {"amount_to_capture": "1200"}, "capture k")]
    held.refresh_from_db()
    assert held.state == "authorised"  # taken when Stripe's event says so


def test_taking_from_a_card_kept(agreed, api):
    api.answers["/v1/payment_intents"] = (200, shapes.intent(id="pi_2", status="succeeded"))
    capture_payment(agreed, 20_00, "k")
    requests.send_waiting()
    params = {
        "amount": "2000",
        "currency": "eur",
        "customer": "cus_1",
        "payment_method": "pm_1",
        "off_session": "true",
        "confirm": "true",
        "description": "Honey",
        "metadata[payment]": KEY,
    }
    assert api.asked[1:] == [("/v1/payment_intents", params, "capture k")]


def test_a_card_that_refuses_fails_the_payment(agreed, api):
    api.answers["/v1/payment_intents"] = refusal("card_error", "Your card was declined.", 402, "card_declined")
    request = capture_payment(agreed, 20_00, "k")
    requests.send_waiting()
    request.refresh_from_db()
    agreed.refresh_from_db()
    assert (request.state, request.reason, agreed.state) == ("refused", "Your card was declined.", "failed")


def test_letting_a_hold_go(held, api):
    api.answers["/v1/payment_intents/pi_1/cancel"] = (200, shapes.intent(status="canceled"))
    cancel_payment(held, "k")
    requests.send_waiting()
    assert api.asked[1:] == [("/v1/payment_intents/pi_1/cancel", {}, "cancel k")]


def test_letting_a_kept_card_go(agreed, api):
    """Stripe sends no event for it: its answer is its word."""
    api.answers["/v1/payment_methods/pm_1/detach"] = (200, {"id": "pm_1", "object": "payment_method"})
    cancel_payment(agreed, "k")
    requests.send_waiting()
    agreed.refresh_from_db()
    assert (api.asked[1:], agreed.state) == ([("/v1/payment_methods/pm_1/detach", {}, "cancel k")], "cancelled")


def test_closing_a_page_nobody_paid_on(opened, api):
    api.answers["/v1/checkout/sessions/cs_6f1c1f6e/expire"] = (200, shapes.session(status="expired"))
    cancel_payment(opened(), "k")
    requests.send_waiting()
    assert api.asked[1:] == [("/v1/checkout/sessions/cs_6f1c1f6e/expire", {}, "cancel k")]


def test_paying_back(held, api, client):
    tell(client, event(2, "payment_intent.succeeded", shapes.intent(amount_received=20_00), 2))
    held.refresh_from_db()
    api.answers["/v1/refunds"] = (200, shapes.refund(5_00))
    return_payment(held, 5_00, "k")
    requests.send_waiting()
    params = {"payment_intent": "pi_1", "amount": "500", "metadata[payment]": KEY}
    assert api.asked[1:] == [("/v1/refunds", params, "refund k")]


@pytest.mark.parametrize(
    "answer",
    [
        refusal("rate_limit_error", "slow down", 429),
        refusal("api_error", "we are sorry", 500),
        refusal("invalid_request_error", "no such key", 401),
    ],
)
def test_what_may_pass_is_asked_again(held, api, monkeypatch, answer):
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *given, **named: 0)
    api.answers["/v1/payment_intents/pi_1/capture"] = answer
    capture_payment(held, 20_00, "k")
    assert (requests.send_waiting(), Request.objects.get().state) == (0, "waiting")
    assert {key for path, _given, key in api.asked if "capture" in path} == {"capture k"}


def test_a_house_without_a_network_is_told(connected, settings, monkeypatch):
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *given, **named: 0)
    settings.STRIPE_API = "http://127.0.0.1:9"
    with pytest.raises(ProviderSilent):
        connected.create_payment(key="k", amount=1, unit="EUR", memo="m", return_path="/")


@pytest.mark.parametrize("act", ["capture", "refund", "cancel"])
def test_nothing_is_asked_about_what_was_never_opened(connected, act):
    given = {"reference": "nothing", "key": "k"} | ({} if act == "cancel" else {"amount": 1})
    with pytest.raises(ProviderRefused):
        getattr(connected, act)(**given)


def test_the_provider_fits_the_port():
    provider: providers.Provider = StripeProvider()
    assert (provider.slug, provider.account) == ("stripe", "provider")

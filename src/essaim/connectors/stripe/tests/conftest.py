"""A house connected to Stripe, whose side of the wire the tests play."""

from __future__ import annotations

import pytest

from essaim.connectors.stripe.provider import StripeProvider
from essaim.connectors.stripe.tests.fake_api import FakeApi
from essaim.connectors.stripe.tests.shapes import KEY, SECRET, session
from essaim.ledger import accounts, providers
from essaim.ledger.payments.actions import open_payment


@pytest.fixture
def connected(settings, monkeypatch):
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRETS = "sk_test_house", [SECRET]
    settings.BASE_URL = "https://house.example"
    provider = StripeProvider()
    monkeypatch.setattr(providers, "_providers", {"stripe": provider})
    return provider


@pytest.fixture
def api(connected, settings):
    with FakeApi() as api:
        settings.STRIPE_API = api.address
        api.answers["/v1/checkout/sessions"] = lambda given: (200, session(given["metadata[payment]"]))
        yield api


@pytest.fixture
def opened(db, api):
    """Opens 20 € for initiative 3 at Stripe."""

    def opened(**given):
        given = {"payer": None, "target": accounts.escrow(3), "amount": 20_00, "memo": "Honey", "key": KEY, **given}
        return open_payment(**given)[0]

    return opened

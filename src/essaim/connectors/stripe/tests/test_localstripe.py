"""Against localstripe, a Stripe of another hand: a process of its own, under the GPL, imported by nothing of ours.

It has no hosted page and tells of successes and failures only: the payer's part is played by the API, and what it
leaves untold by our own shapes (`test_calls`, `test_events`).
"""

from __future__ import annotations

import queue
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request as Http
from urllib.request import urlopen

import pytest

from essaim.connectors.stripe.client import answering
from essaim.connectors.stripe.models import Checkout
from essaim.connectors.stripe.provider import StripeProvider
from essaim.connectors.stripe.statement import line
from essaim.connectors.stripe.tests import shapes
from essaim.connectors.stripe.tests.shapes import KEY, SECRET, event, tell
from essaim.ledger import accounts, providers, queries
from essaim.ledger.models import Payment
from essaim.ledger.payments import requests
from essaim.ledger.payments.actions import cancel_payment, capture_payment, return_payment

PYTHON = Path(__file__).resolve().parents[5] / ".localstripe/bin/python"
SERVE = """
import sys
from aiohttp import web
from localstripe.resources import Store
from localstripe.server import app
Store.dump_to_disk = lambda store: None  # it would keep its state in one file for all
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
"""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.xdist_group("localstripe"),  # one server for all of them
    pytest.mark.skipif(not PYTHON.exists(), reason="localstripe is not installed: make localstripe"),
]
CARD = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2030", "cvc": "123"}


class Door(HTTPServer):
    """Where localstripe posts its events; the test carries them to the house."""

    def __init__(self) -> None:
        self.told: queue.Queue[tuple[str, bytes]] = queue.Queue()
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                door.told.put((self.headers["Stripe-Signature"], body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture(scope="module")
def door():
    with Door() as door:
        threading.Thread(target=door.serve_forever, args=[0.02], daemon=True).start()
        yield door
        door.shutdown()


@pytest.fixture(scope="module")
def stripe(door, tmp_path_factory):
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    home = tmp_path_factory.mktemp("localstripe")
    with subprocess.Popen([PYTHON, "-c", SERVE, str(port)], cwd=home, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        hook = f"url=http://127.0.0.1:{door.server_port}/&secret={SECRET}".encode()
        urlopen(Http(f"{address}/_config/webhooks/house", hook)).close()
        yield address
        process.terminate()


def _wait(address: str) -> None:
    for _attempt in range(600):
        try:
            urlopen(f"{address}/js.stripe.com/v3/").close()
            return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture
def house(stripe, settings, monkeypatch):
    urlopen(Http(f"{stripe}/_config/data", method="DELETE")).close()
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRETS, settings.STRIPE_API = "sk_test_house", [SECRET], stripe
    monkeypatch.setattr(providers, "_providers", {"stripe": StripeProvider()})


@pytest.fixture
def held(house, client):
    """The payer has had 20 € held on Stripe's page; the event localstripe does not send is told by us."""
    with answering() as api:
        card = api.v1.payment_methods.create({"type": "card", "card": CARD})
        intent = api.v1.payment_intents.create(
            {
                "amount": 20_00,
                "currency": "eur",
                "capture_method": "manual",
                "payment_method": card.id,
                "metadata": {"payment": KEY},
                "confirm": True,
            }
        )
    assert intent.status == "requires_capture"
    Checkout.objects.create(key=KEY, mode="hold", session="cs_1", url="u", amount=20_00, unit="EUR", memo="Honey")
    payment = Payment.objects.create(
        pk=KEY,
        provider="stripe",
        reference=KEY,
        target=accounts.escrow(3),
        amount=20_00,
        unit="EUR",
        memo="Honey",
        capture="later",
    )
    tell(client, event(intent.id, "charge.succeeded", shapes.charge(payment_intent=intent.id)))
    payment.refresh_from_db()
    return payment


def hear(door, client, times=1):
    """Carry what localstripe said to the house, each message the given number of times."""
    signature, body = door.told.get(timeout=60)
    headers = {"Stripe-Signature": signature}
    answers = [
        client.post("/payments/stripe/events/", body, content_type="application/json", headers=headers)
        for _time in range(times)
    ]
    assert {answer.status_code for answer in answers} == {200}


def test_held_money_is_taken_and_a_part_paid_back(door, held, client):
    assert held.state == "authorised"
    capture_payment(held, 20_00, "take")
    assert requests.send_waiting() == 1
    hear(door, client, times=2)
    held.refresh_from_db()
    assert (held.state, held.captured, queries.balance_of("house:provider:EUR")) == ("succeeded", 20_00, 20_00)

    return_payment(held, 5_00, "back")
    assert requests.send_waiting() == 1
    intent = Checkout.objects.get().intent
    with answering() as api:
        (made,) = api.v1.refunds.list({"payment_intent": intent}).data
    assert (made.amount, made.status) == (5_00, "succeeded")
    tell(client, event("back", "refund.created", made.to_dict()))
    assert queries.escrow_balance(3) == queries.balance_of("house:provider:EUR") == 15_00


def test_held_money_is_let_go(held):
    cancel_payment(held, "let go")
    assert requests.send_waiting() == 1
    with answering() as api:
        assert api.v1.payment_intents.retrieve(Checkout.objects.get().intent).status == "canceled"


def test_taking_what_was_let_go_is_refused(door, held, client):
    with answering() as api:
        api.v1.payment_intents.cancel(Checkout.objects.get().intent)
    cancel_payment(held, "let go")  # told too late: refused, and nothing changes
    requests.send_waiting()
    held.refresh_from_db()
    assert (held.state, queries.escrow_balance(3)) == ("authorised", 0)
    assert held.requests.get().state == "refused"


def test_its_balance_is_read_as_lines(door, held, client):
    """It knows no periods: its lines are fetched here, and read as Stripe's are."""
    capture_payment(held, 20_00, "take")
    requests.send_waiting()
    hear(door, client)
    held.refresh_from_db()
    return_payment(held, 5_00, "back")
    requests.send_waiting()
    with answering() as api:
        told = [line(one.to_dict()) for one in api.v1.balance_transactions.list({"expand": ["data.source"]}).data]
    mine = [(one.kind, one.amount, one.fee, one.unit) for one in told if one.reference == KEY]
    assert mine == [("refund", -5_00, 0, "EUR"), ("payment", 20_00, 0, "EUR")]

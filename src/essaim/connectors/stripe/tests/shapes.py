"""Stripe's objects and events in the shapes of its API reference: the fields we read, and some others."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any

START = 1_790_000_000
KEY = "6f1c1f6e-0000-4000-8000-000000000001"
SECRET = "whsec_test"


def at(second: int) -> datetime:
    return datetime.fromtimestamp(START + second, UTC)


def event(number: int | str, type_: str, thing: dict[str, Any], second: int = 0) -> dict[str, Any]:
    return {
        "id": f"evt_{number}",
        "object": "event",
        "api_version": "2026-09-30.acacia",
        "created": START + second,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": type_,
        "data": {"object": thing},
    }


def intent(key: str = KEY, amount: int = 20_00, **changes: Any) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "cancellation_reason": None,
        "capture_method": "manual",
        "currency": "eur",
        "customer": None,
        "latest_charge": "ch_1",
        "metadata": {"payment": key},
        "payment_method": "pm_1",
        "status": "requires_capture",
        **changes,
    }


def charge(key: str = KEY, amount: int = 20_00, **changes: Any) -> dict[str, Any]:
    return {
        "id": "ch_1",
        "object": "charge",
        "amount": amount,
        "captured": False,
        "currency": "eur",
        "metadata": {"payment": key},
        "payment_intent": "pi_1",
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "capture_before": START + 600_000}},
        "status": "succeeded",
        **changes,
    }


def refund(amount: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": "re_1",
        "object": "refund",
        "amount": amount,
        "charge": "ch_1",
        "currency": "eur",
        "metadata": {},
        "payment_intent": "pi_1",
        "status": "succeeded",
        **changes,
    }


def dispute(amount: int = 20_00, **changes: Any) -> dict[str, Any]:
    return {
        "id": "du_1",
        "object": "dispute",
        "amount": amount,
        "charge": "ch_1",
        "currency": "eur",
        "metadata": {},
        "payment_intent": "pi_1",
        "reason": "fraudulent",
        "status": "needs_response",
        **changes,
    }


def session(key: str = KEY, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"cs_{key[:8]}",
        "object": "checkout.session",
        "amount_total": 20_00,
        "currency": "eur",
        "customer": None,
        "metadata": {"payment": key},
        "mode": "payment",
        "payment_intent": None,
        "payment_status": "unpaid",
        "setup_intent": None,
        "status": "open",
        "url": f"https://checkout.stripe.com/c/pay/cs_{key[:8]}",
        **changes,
    }


def setup_intent(key: str = KEY, **changes: Any) -> dict[str, Any]:
    return {
        "id": "seti_1",
        "object": "setup_intent",
        "customer": "cus_1",
        "metadata": {"payment": key},
        "payment_method": "pm_1",
        "status": "succeeded",
        **changes,
    }


def transaction(number: int, type_: str, amount: int, source: Any, fee: int = 0, second: int = 0) -> dict[str, Any]:
    return {
        "id": f"txn_{number}",
        "object": "balance_transaction",
        "amount": amount,
        "available_on": START + second,
        "created": START + second,
        "currency": "eur",
        "description": None,
        "fee": fee,
        "fee_details": [],
        "net": amount - fee,
        "source": source,
        "status": "available",
        "type": type_,
    }


def signed(body: str, secret: str = SECRET, when: float | None = None) -> dict[str, str]:
    """The header Stripe sends: scheme v1, HMAC-SHA256 of moment and body."""
    stamp = int(when if when is not None else time.time())
    mac = hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    return {"Stripe-Signature": f"t={stamp},v1={mac}"}


def tell(client: Any, told: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    body = json.dumps(told)
    headers = signed(body) if headers is None else headers
    return client.post("/payments/stripe/events/", body, content_type="application/json", headers=headers)

"""What Stripe's words mean in the house's. Pure.

Sources: Stripe's API reference (objects `event`, `payment_intent`, `charge`, `refund`, `dispute`, `setup_intent`,
`checkout.session`, `balance_transaction`). Amounts are in minor units on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from essaim.ledger.payments import domain as payments

CARD_HOLD = timedelta(days=5)
"""How long card networks surely hold an amount (the shortest of Stripe's table for customers present)."""


@dataclass(frozen=True, slots=True)
class Read:
    """An event read. `type` None: nothing the house acts on. `payment` is the house's key when the event bears it;
    `intent` the payment intent it is about, by which the key is found otherwise. `event_id` is the fact's own
    name where several events tell the same fact.
    """

    event_id: str
    type: str | None
    amount: int
    unit: str
    at: datetime
    payment: str = ""
    intent: str = ""
    expires_at: datetime | None = None
    agreement: str = ""
    """The payment method kept for later, when the payer agreed to one."""
    customer: str = ""


def holds_until(now: datetime, until: datetime | None) -> bool:
    """Whether a card's hold surely lasts that long; otherwise the payer's agreement is kept instead."""
    return until is None or until <= now + CARD_HOLD


def read(event: Mapping[str, Any]) -> Read:
    """Raises KeyError or TypeError when it is not an event at all."""
    thing = event["data"]["object"]
    type_, amount = _meaning(event["type"], thing)
    return Read(
        event_id=_name(event, thing, type_),
        type=type_,
        amount=amount,
        unit=str(thing.get("currency") or "").upper(),
        at=moment(event["created"]),
        payment=str((thing.get("metadata") or {}).get("payment") or ""),
        intent=intent_of(thing),
        expires_at=_held_until(thing) if type_ == payments.AUTHORISED else None,
        agreement=_id(thing.get("payment_method")) if event["type"] == "setup_intent.succeeded" else "",
        customer=_id(thing.get("customer")),
    )


def _meaning(type_: str, thing: Mapping[str, Any]) -> tuple[str | None, int]:
    """The house's word for the event, and the amount it is about."""
    match type_:
        case "payment_intent.requires_action":
            return payments.STEP_UP, thing["amount"]
        case "payment_intent.processing":
            return payments.PENDING, thing["amount"]
        case "payment_intent.succeeded":
            return payments.SUCCEEDED, thing.get("amount_received") or thing["amount"]
        case "payment_intent.payment_failed":
            return payments.FAILED, thing["amount"]
        case "payment_intent.canceled":
            expired = thing.get("cancellation_reason") == "automatic"
            return payments.EXPIRED if expired else payments.CANCELLED, thing["amount"]
        case "charge.succeeded" if thing.get("captured") is False:
            return payments.AUTHORISED, thing["amount"]
        case "checkout.session.expired":
            return payments.CANCELLED, thing.get("amount_total") or 0
        case "charge.dispute.funds_withdrawn":
            return payments.DISPUTED, thing["amount"]
        case "charge.dispute.funds_reinstated":
            return payments.DISPUTE_WON, thing["amount"]
    if type_.startswith("setup_intent."):
        return SETUPS.get(type_), 0
    if type_ in REFUNDS:
        return _refund(thing), thing["amount"]
    return None, 0


SETUPS = {
    "setup_intent.succeeded": payments.AUTHORISED,
    "setup_intent.requires_action": payments.STEP_UP,
    "setup_intent.setup_failed": payments.FAILED,
    "setup_intent.canceled": payments.CANCELLED,
}
REFUNDS = frozenset({"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})


def _refund(refund: Mapping[str, Any]) -> str | None:
    """The money leaves Stripe's balance when a refund is made; one that fails brings it back."""
    match refund.get("status"):
        case "failed" | "canceled":
            return payments.REFUND_FAILED
        case "succeeded" | "pending":
            return payments.REFUNDED
    return None


def _name(event: Mapping[str, Any], thing: Mapping[str, Any], type_: str | None) -> str:
    """Several events tell of one refund or dispute: each fact counts once, whichever tells it first."""
    if type_ in (payments.REFUNDED, payments.REFUND_FAILED, payments.DISPUTED, payments.DISPUTE_WON):
        return f"{thing['id']}.{type_.removeprefix('payment.')}"
    return str(event["id"])


def intent_of(thing: Mapping[str, Any]) -> str:
    return thing["id"] if thing.get("object") == "payment_intent" else _id(thing.get("payment_intent"))


def _held_until(charge: Mapping[str, Any]) -> datetime | None:
    details = charge.get("payment_method_details") or {}
    until = (details.get("card") or {}).get("capture_before")
    return moment(until) if until else None


def _id(named: Any) -> str:
    """An object's id, whether Stripe gives the id or the object."""
    return str(named["id"] if isinstance(named, Mapping) else named or "")


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

"""Stripe's balance, line by line, as its own accounts have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from essaim.connectors.stripe.domain import intent_of, moment
from essaim.connectors.stripe.models import Checkout
from essaim.ledger.providers import StatementLine

if TYPE_CHECKING:
    import stripe

KINDS = {
    "charge": "payment",
    "payment": "payment",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund-failed",
    "payment_failure_refund": "refund-failed",
    "payment_failure": "chargeback",
    "payout": "transfer",
    "payout_cancel": "transfer",
    "payout_failure": "transfer",
    "stripe_fee": "fee",
    "tax_fee": "fee",
}
"""Stripe's types of balance transactions in the house's words; what is missing here is shown as `other`."""


def lines(client: stripe.StripeClient, since: datetime, until: datetime) -> Iterator[StatementLine]:
    """From `since` to before `until`, by the moment the balance changed."""
    params: Any = {
        "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
        "expand": ["data.source"],
        "limit": 100,
    }
    for transaction in client.v1.balance_transactions.list(params).auto_paging_iter():
        yield line(transaction.to_dict())


def line(transaction: Mapping[str, Any]) -> StatementLine:
    source = transaction.get("source")
    thing = source if isinstance(source, Mapping) else {"id": source}
    return StatementLine(
        line_id=transaction["id"],
        kind=_kind(transaction, thing),
        amount=transaction["amount"],
        fee=transaction["fee"],
        unit=transaction["currency"].upper(),
        reference=_reference(thing),
        at=moment(transaction["created"]),
        memo=transaction.get("description") or transaction["type"],
    )


def _kind(transaction: Mapping[str, Any], thing: Mapping[str, Any]) -> str:
    if transaction["type"] == "adjustment" and thing.get("object") == "dispute":
        return "chargeback" if transaction["amount"] < 0 else "chargeback-won"
    return KINDS.get(transaction["type"], "other")


def _reference(thing: Mapping[str, Any]) -> str:
    """The house's payment, when the movement is about one; else what Stripe calls it."""
    key = (thing.get("metadata") or {}).get("payment")
    if key:
        return str(key)
    intent = intent_of(thing)
    checkout = Checkout.objects.filter(intent=intent).first() if intent else None
    return checkout.key if checkout else str(thing.get("id") or "")

"""The sandbox behind the house's port to payment providers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.urls import reverse
from standardwebhooks.webhooks import WebhookVerificationError

from essaim.connectors.sandbox import actions
from essaim.connectors.sandbox.models import Order
from essaim.connectors.sandbox.signature import webhook
from essaim.connectors.sandbox.statement import statement
from essaim.kit.errors import gettext_noop as _
from essaim.ledger.providers import Opened, Said, StatementLine, WebhookRefused


class SandboxProvider:
    """Moves no money. Its events are as signed, late, doubled and disordered as real ones."""

    slug = "sandbox"
    title = _("Payment sandbox")
    account = "bank"
    pays_out = True

    def create_payment(
        self,
        *,
        key: str,
        amount: int,
        unit: str,
        memo: str,
        return_path: str,
        capture: str = "now",
        until: datetime | None = None,
    ) -> Opened:
        order = actions.take_order(
            kind=Order.Kind.PAYMENT,
            key=key,
            amount=amount,
            unit=unit,
            memo=memo,
            return_path=return_path,
            capture=capture,
        )
        return Opened(order.reference, reverse("sandbox:pay", args=[order.reference]))

    def capture(self, *, reference: str, amount: int, key: str) -> None:
        actions.take_held(reference=reference, amount=amount, key=key)

    def cancel(self, *, reference: str, key: str) -> None:
        actions.let_go(reference=reference, key=key)

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        actions.say(reference=reference, type="payment.refunded", amount=amount, key=key)

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        order = actions.take_order(kind=Order.Kind.PAYOUT, key=key, amount=amount, unit=unit, memo=destination)
        actions.play_payout(order=order)
        return order.reference

    def statement(self, *, since: datetime, until: datetime) -> Iterator[StatementLine]:
        return statement(since, until)

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Said:
        """Signature and a window of five minutes, by Standard Webhooks 1.0."""
        try:
            told = webhook().verify(body, dict(headers))
            return Said(
                event_id=str(told["id"]),
                type=str(told["type"]),
                reference=str(told["reference"]),
                amount=int(told["amount"]),
                occurred_at=datetime.fromisoformat(told["occurred_at"]),
                body=told,
                expires_at=datetime.fromisoformat(told["expires_at"]) if told.get("expires_at") else None,
            )
        except (WebhookVerificationError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise WebhookRefused from error
        except (KeyError, TypeError, ValueError) as error:
            raise WebhookRefused from error

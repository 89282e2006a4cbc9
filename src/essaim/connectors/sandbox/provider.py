"""The sandbox behind the house's port to payment providers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from standardwebhooks.webhooks import WebhookVerificationError

from essaim.connectors.sandbox import actions, asking
from essaim.connectors.sandbox.models import Order
from essaim.connectors.sandbox.signature import webhook
from essaim.connectors.sandbox.statement import statement
from essaim.kit.errors import gettext_noop as _
from essaim.ledger.providers import Ask, Opened, ProviderRefused, Said, StatementLine, WebhookRefused


class SandboxProvider:
    """Moves no money. Its events are as signed, late, doubled and disordered as real ones."""

    slug = "sandbox"
    title = _("Payment sandbox")
    account = "bank"
    pays_out = True
    most_at_once = 1_000

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
        self._ask(Ask("capture", reference, amount, key))

    def cancel(self, *, reference: str, key: str) -> None:
        self._ask(Ask("cancel", reference, 0, key))

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        self._ask(Ask("refund", reference, amount, key))

    def _ask(self, ask: Ask) -> None:
        (refused,) = self.ask_many([ask])
        if refused is not None:
            raise refused

    def ask_many(self, asks: Sequence[Ask]) -> Sequence[ProviderRefused | None]:
        return asking.answer_all(asks=asks)

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        order = actions.take_order(kind=Order.Kind.PAYOUT, key=key, amount=amount, unit=unit, memo=destination)
        actions.play_payout(order=order)
        return order.reference

    def statement(self, *, since: datetime, until: datetime) -> Iterator[StatementLine]:
        return statement(since, until)

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Sequence[Said]:
        """Signature and a window of five minutes, by Standard Webhooks 1.0: one for all events of the message."""
        try:
            return [_said(told) for told in webhook().verify(body, dict(headers))["events"]]
        except (WebhookVerificationError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise WebhookRefused from error
        except (KeyError, TypeError, ValueError) as error:
            raise WebhookRefused from error


def _said(told: dict[str, Any]) -> Said:
    return Said(
        event_id=str(told["id"]),
        type=str(told["type"]),
        reference=str(told["reference"]),
        amount=int(told["amount"]),
        occurred_at=datetime.fromisoformat(told["occurred_at"]),
        body=told,
        expires_at=datetime.fromisoformat(told["expires_at"]) if told.get("expires_at") else None,
    )

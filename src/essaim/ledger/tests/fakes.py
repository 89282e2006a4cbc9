"""A provider that only remembers: the tests say its words themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from essaim.ledger.events import receive_event
from essaim.ledger.models import ProviderEvent
from essaim.ledger.providers import Opened, Said

START = datetime(2026, 5, 1, 9, tzinfo=UTC)


class QuietProvider:
    slug = "quiet"
    account = "bank"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []

    def create_payment(self, *, key: str, amount: int, unit: str, memo: str, return_path: str) -> Opened:
        self.asked.append(("pay", key, amount))
        return Opened(f"pay-{key}", f"/quiet/{key}/")

    def capture(self, *, reference: str, amount: int, key: str) -> None:
        self.asked.append(("capture", reference, amount))

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        self.asked.append(("refund", reference, amount))

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        self.asked.append(("payout", key, amount))
        return f"out-{key}"

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Said:
        raise NotImplementedError


def said(event_id: str, type_: str, reference: str | None, amount: int, second: int) -> ProviderEvent:
    """The provider says that something happened at that second after START."""
    happened = START + timedelta(seconds=second)
    return receive_event(provider="quiet", said=Said(event_id, type_, reference or "", amount, happened))

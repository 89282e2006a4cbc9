"""A provider that only remembers: the tests say its words themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from essaim.kit.errors import Refusal
from essaim.ledger.events import receive_event
from essaim.ledger.models import ProviderEvent
from essaim.ledger.providers import Opened, Said, StatementLine

START = datetime(2026, 5, 1, 9, tzinfo=UTC)


class QuietProvider:
    slug = "quiet"
    title = "Quiet"
    account = "bank"
    pays_out = True

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []
        self.lines: list[StatementLine] = []
        self.mood: Refusal | None = None

    def _answer(self) -> None:
        if self.mood is not None:
            raise self.mood

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
        self.asked.append(("pay" if capture == "now" else "hold", key, amount))
        return Opened(f"pay-{key}", f"/quiet/{key}/")

    def capture(self, *, reference: str, amount: int, key: str) -> None:
        self._answer()
        self.asked.append(("capture", reference, amount))

    def cancel(self, *, reference: str, key: str) -> None:
        self._answer()
        self.asked.append(("cancel", reference, 0))

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        self.asked.append(("refund", reference, amount))

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        self.asked.append(("payout", key, amount))
        return f"out-{key}"

    def statement(self, *, since: datetime, until: datetime) -> list[StatementLine]:
        return [line for line in self.lines if since <= line.at < until]

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> list[Said]:
        raise NotImplementedError


def said(
    event_id: str, type_: str, reference: str | None, amount: int, second: int, until: int | None = None
) -> ProviderEvent:
    """The provider says that something happened at that second after START."""
    happened = START + timedelta(seconds=second)
    expires = None if until is None else START + timedelta(seconds=until)
    word = Said(event_id, type_, reference or "", amount, happened, expires_at=expires)
    return receive_event(provider="quiet", said=word)

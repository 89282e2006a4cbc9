"""Bank transfers behind the house's port to payment providers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from essaim.connectors.banktransfer import actions
from essaim.connectors.banktransfer.models import Booking, Order, Transfer
from essaim.connectors.banktransfer.queries import noon
from essaim.kit import clock
from essaim.kit.errors import gettext_noop as _
from essaim.ledger.payments.domain import CANCELLED
from essaim.ledger.providers import Opened, ProviderRefused, Said, StatementLine, WebhookRefused


class BankTransferProvider:
    """A transfer cannot be held: asked to take later, it is taken when it arrives. What a statement says is the
    bank's word; nothing comes by a webhook.
    """

    slug = actions.SLUG
    title = _("Bank transfer")
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
        transfer = actions.expect(key=key, amount=amount, unit=unit, memo=memo, return_path=return_path)
        return Opened(transfer.reference or "", reverse("banktransfer:pay", args=[key]))

    def capture(self, *, reference: str, amount: int, key: str) -> Said | None:
        raise ProviderRefused(reason="a transfer is not held")

    def cancel(self, *, reference: str, key: str) -> Said:
        """The house no longer waits. Money that comes nevertheless waits for a person."""
        Transfer.objects.filter(reference=reference).update(closed=True)
        transfer = Transfer.objects.get(reference=reference)
        return Said(f"closed:{key}", CANCELLED, reference, transfer.amount, clock.now())

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        """Back to the account the money came from."""
        transfer = Transfer.objects.get(reference=reference)
        booking = transfer.bookings.filter(state=Booking.State.MATCHED).first()
        if booking is None:
            raise ProviderRefused(reason="nothing was received")
        actions.order_out(
            kind=Order.Kind.REFUND,
            key=f"refund:{key}",
            amount=amount,
            unit=transfer.unit,
            party=booking.party,
            account=booking.iban,
            memo=transfer.memo[:140],
            transfer=transfer,
        )

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        order = actions.order_out(
            kind=Order.Kind.PAYOUT,
            key=f"payout:{key}",
            amount=amount,
            unit=unit,
            party="",
            account=destination,
            memo=key,
        )
        return order.name or ""

    def statement(self, *, since: datetime, until: datetime) -> Iterator[StatementLine]:
        """What was received for payments and paid back: the rest of the account is not these books' affair."""
        received = Booking.objects.filter(
            state=Booking.State.MATCHED, day__gte=since.date(), day__lte=until.date()
        ).select_related("transfer")
        for row in received.order_by("day", "id"):
            yield _line(f"booking:{row.pk}", "payment", row.amount, row.unit, row.transfer, noon(row.day), row.text)
        sent = Order.objects.filter(kind=Order.Kind.REFUND, settled_at__gte=since, settled_at__lt=until)
        for order in sent.exclude(state=Order.State.RETURNED).select_related("transfer").order_by("id"):
            at = order.settled_at or since
            yield _line(f"order:{order.pk}", "refund", -order.amount, order.unit, order.transfer, at, order.memo)

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Sequence[Said]:
        raise WebhookRefused


def _line(
    name: str, kind: str, amount: int, unit: str, transfer: Transfer | None, at: datetime, memo: str
) -> StatementLine:
    reference = (transfer.reference or "") if transfer else ""
    return StatementLine(name, kind, amount, 0, unit, reference, at, memo[:300])

"""Bank transfers behind the house's port to payment providers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from essaim.connectors.banktransfer import actions
from essaim.connectors.banktransfer.models import Booking, Order, Transfer
from essaim.connectors.banktransfer.queries import noon, received
from essaim.kit import clock
from essaim.kit.errors import gettext_noop as _
from essaim.ledger.payments.domain import CANCELLED, Move
from essaim.ledger.payouts.domain import Move as Payout
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
        """Back to the account the money came from; when it came from several, a person says to which."""
        transfer = Transfer.objects.get(reference=reference)
        came = received(transfer)
        if not came:
            raise ProviderRefused(reason="nothing was received")
        accounts = {booking.iban for booking in came}
        actions.order_out(
            kind=Order.Kind.REFUND,
            key=f"refund:{key}",
            amount=amount,
            unit=transfer.unit,
            party=came[-1].party,
            account=accounts.pop() if len(accounts) == 1 else "",
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
        """What was received for payments, paid back and paid out: the rest of the account is not these books'
        affair. A payment received in parts is one line, on the day it was whole."""
        yield from _received(since, until)
        moved = Q(settled_at__gte=since, settled_at__lt=until) | Q(returned_at__gte=since, returned_at__lt=until)
        orders = Order.objects.filter(moved).exclude(kind=Order.Kind.BACK).select_related("transfer")
        for order in orders.order_by("id"):
            for kind, amount, at in _moves(order):
                if since <= at < until:
                    name = f"order:{order.pk}" if amount < 0 else f"order:{order.pk}:returned"
                    yield StatementLine(name, kind, amount, 0, order.unit, _reference(order), at, order.memo)

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Sequence[Said]:
        raise WebhookRefused


def _received(since: datetime, until: datetime) -> Iterator[StatementLine]:
    rows = Booking.objects.filter(state=Booking.State.MATCHED, day__lte=until.date()).select_related("transfer")
    for row in rows.filter(Q(day__gte=since.date()) | Q(transfer__bookings__day__gte=since.date())).distinct():
        assert row.transfer is not None
        came = received(row.transfer)
        at = noon(max(booking.day for booking in came))
        amount, reference = sum(booking.amount for booking in came), row.transfer.reference or ""
        yield StatementLine(f"booking:{row.pk}", "payment", amount, 0, row.unit, reference, at, row.text[:300])


KINDS = {Order.Kind.REFUND: (Move.REFUND, Move.REFUND_BACK), Order.Kind.PAYOUT: (Payout.SETTLE, Payout.RETURN)}


def _moves(order: Order) -> Iterator[tuple[str, int, datetime]]:
    """It left, and perhaps came back."""
    left, back = KINDS[Order.Kind(order.kind)]
    if order.settled_at is not None:
        yield str(left), -order.amount, order.settled_at
    if order.returned_at is not None:
        yield str(back), order.amount, order.returned_at


def _reference(order: Order) -> str:
    return (order.transfer.reference if order.transfer else order.name) or ""

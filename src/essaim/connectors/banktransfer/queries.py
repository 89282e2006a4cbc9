"""Reads of the bank's side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.db.models import Q, QuerySet

from essaim.connectors.banktransfer import domain
from essaim.connectors.banktransfer.domain import Expected
from essaim.connectors.banktransfer.models import Booking, Order, Transfer


def waiting() -> QuerySet[Booking]:
    """Money that came in and waits for a person, the oldest first."""
    return Booking.objects.filter(state=Booking.State.WAITING).order_by("day", "id")


def open_transfers() -> QuerySet[Transfer]:
    """What is still to be received."""
    received = Booking.objects.filter(state=Booking.State.MATCHED, transfer__isnull=False)
    return Transfer.objects.filter(closed=False).exclude(pk__in=received.values("transfer"))


def candidates(booking: Booking) -> list[Transfer]:
    """Payments a person may think of for this money: named in it, or of the same amount."""
    named = domain.references(booking.text)
    found = open_transfers().filter(Q(reference__in=named) | Q(amount=booking.amount, unit=booking.unit))
    return list(found.order_by("-created_at")[:10])


def expected(references: Iterable[str]) -> list[tuple[str, Expected]]:
    found = Transfer.objects.filter(reference__in=list(references))
    return [(transfer.reference or "", expected_of(transfer)) for transfer in found]


def expected_of(transfer: Transfer) -> Expected:
    paid = transfer.bookings.filter(state=Booking.State.MATCHED).exists()
    came = sum(booking.amount for booking in parts_waiting(transfer))
    return Expected(transfer.amount, transfer.unit, paid, transfer.closed, came)


def parts_waiting(transfer: Transfer) -> list[Booking]:
    """What has come of it and is too little, the oldest first."""
    waiting = transfer.bookings.filter(state=Booking.State.WAITING, why=Booking.Why.PART)
    return list(waiting.order_by("day", "id"))


def received(transfer: Transfer) -> list[Booking]:
    """The movements it was received by."""
    states = [Booking.State.MATCHED, Booking.State.PART]
    return list(transfer.bookings.filter(state__in=states).order_by("day", "id"))


def orders_to_send() -> QuerySet[Order]:
    return Order.objects.filter(state=Order.State.WAITING).order_by("id")


def noon(day: date) -> datetime:
    """Statements tell days: the middle of it, which is the same day in every zone of Europe."""
    return datetime.combine(day, time(12), UTC)

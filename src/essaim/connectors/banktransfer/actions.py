"""Reading statements, deciding what money is, sending what is owed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction

from essaim.activity.record import record
from essaim.connectors.banktransfer import camt, domain, queries, table
from essaim.connectors.banktransfer.domain import Line, Read, Verdict
from essaim.connectors.banktransfer.models import Booking, Order, Statement, Transfer
from essaim.connectors.banktransfer.verbs import BookingSetAside, OrderConfirmed, StatementRead, TransferMatched
from essaim.kit import clock
from essaim.ledger import policy
from essaim.ledger.events import receive_event
from essaim.ledger.payments.domain import REFUNDED, SUCCEEDED
from essaim.ledger.payouts.domain import iban
from essaim.ledger.providers import Said
from essaim.people.models import Member
from essaim.people.policy import allow
from essaim.people.queries import house

SLUG = "banktransfer"
State = Booking.State


@transaction.atomic
def expect(*, key: str, amount: int, unit: str, memo: str, return_path: str) -> Transfer:
    """The transfer of that key, with its reference; asked again it is the same."""
    transfer, new = Transfer.objects.get_or_create(
        key=key, defaults={"amount": amount, "unit": unit, "memo": memo, "return_path": return_path}
    )
    if new:
        transfer.reference = domain.reference(transfer.pk, settings.BANK_IBAN[:2])
        transfer.save(update_fields=["reference"])
    return transfer


def read_statement(*, actor: Member, file: str, content: bytes) -> Statement:
    """Keep what is new in the file and match it; lines read before are known and change nothing."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    found = _read(content)
    with transaction.atomic():
        statement = _keep(found, file=file, content=content, actor=actor)
        record(StatementRead(file, statement.new, len(found.faults)), actor=actor, public=False)
    match_new(statement)
    return statement


def match_new(statement: Statement) -> None:
    """Each movement in a transaction of its own; what a stop left undone is done when the file is read again."""
    undecided = Booking.objects.filter(state=State.WAITING, why="")
    for pk in undecided.order_by("day", "id").values_list("pk", flat=True):
        _decide(pk)


@transaction.atomic
def match_booking(*, actor: Member, booking: Booking, transfer: Transfer) -> Booking:
    """A person says which payment this money is for, whatever its amount and reference. Parts of it that wait are
    received with it; nothing more is waited for."""
    booking = _undecided(actor, booking)
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if queries.expected_of(transfer).paid:
        raise domain.PaidAlready
    booking.decided_by, booking.decided_at = actor, clock.now()
    _receive(booking, transfer)
    record(TransferMatched(transfer.reference or "", booking.amount, booking.unit), actor=actor, public=False)
    return booking


@transaction.atomic
def set_aside(*, actor: Member, booking: Booking, reason: str) -> Booking:
    """It is no payment of the house's: it stays out of these books."""
    booking = _undecided(actor, booking)
    if not reason.strip():
        raise domain.ReasonMissing
    _aside(booking, actor, reason.strip())
    return booking


@transaction.atomic
def send_back(*, actor: Member, booking: Booking, account: str = "") -> Order:
    """The money goes back to whom it came from."""
    booking = _undecided(actor, booking)
    number = booking.iban or (iban(account) if account else "")
    if not number:
        raise domain.AccountMissing
    order = order_out(
        kind=Order.Kind.BACK,
        key=f"back:{booking.pk}",
        amount=booking.amount,
        unit=booking.unit,
        party=booking.party,
        account=number,
        memo=booking.text[:140],
    )
    _aside(booking, actor, str(Order.Kind.BACK.label))
    return order


def order_out(
    *,
    kind: str,
    key: str,
    amount: int,
    unit: str,
    party: str,
    account: str,
    memo: str,
    transfer: Transfer | None = None,
) -> Order:
    """Money to be sent, once by its key, under an end-to-end reference the statement gives back."""
    with transaction.atomic():
        order, new = Order.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "amount": amount,
                "unit": unit,
                "party": party,
                "iban": account,
                "memo": memo,
                "transfer": transfer,
            },
        )
        if new:
            order.name = f"ESSAIM{order.pk:010d}"
            order.save(update_fields=["name"])
    return order


@transaction.atomic
def write_account(*, actor: Member, order: Order, account: str) -> Order:
    """The account a refund goes to, when the statement did not say."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    order = _lock_order(order, Order.State.WAITING)
    order.iban = iban(account)
    order.save(update_fields=["iban"])
    return order


@transaction.atomic
def give_orders(*, actor: Member) -> list[Order]:
    """What waits and has an account is given to the bank: the file of it is written from these."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    orders = list(queries.orders_to_send().exclude(iban="").select_for_update())
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(state=Order.State.GIVEN)
    return orders


@transaction.atomic
def confirm_order(*, actor: Member, order: Order) -> Order:
    """A person has seen at the bank that it was sent."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    order = _lock_order(order, Order.State.WAITING, Order.State.GIVEN)
    _settle(order, Order.State.SETTLED, queries.noon(clock.now().date()))
    record(OrderConfirmed(order.name or "", order.amount, order.unit), actor=actor, public=False)
    return order


def _read(content: bytes) -> Read:
    """CAMT.053 or a table; of the house's account."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        found = camt.read(content)
    else:
        found = table.read(content, house().currency)
    if found.account and found.account != settings.BANK_IBAN:
        raise domain.OtherAccount(account=found.account)
    return found


def _keep(found: Read, *, file: str, content: bytes, actor: Member) -> Statement:
    names = domain.names(found.lines)
    days = sorted(line.day for line in found.lines)
    statement = Statement.objects.create(
        file=file[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        faults=[{"place": fault.place, "reason": fault.reason} for fault in found.faults],
        reader=actor,
    )
    rows = [_row(statement, name, line) for name, line in zip(names, found.lines, strict=True)]
    Booking.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    statement.new = statement.bookings.count()
    statement.known = len(rows) - statement.new
    statement.save(update_fields=["new", "known"])
    return statement


def _row(statement: Statement, name: str, line: Line) -> Booking:
    written = " ".join(filter(None, (line.text, line.reference, line.end_to_end)))
    return Booking(
        name=name,
        statement=statement,
        day=line.day,
        amount=line.amount,
        unit=line.unit,
        party=line.name[:140],
        iban=line.iban[:34],
        text=written,
        state=State.WAITING,
    )


@transaction.atomic
def _decide(pk: int) -> None:
    """By the reference alone; what does not fit exactly waits for a person."""
    booking = Booking.objects.select_for_update().get(pk=pk)
    if booking.state != State.WAITING or booking.why:
        return
    order = _order_in(booking)
    if booking.amount < 0 or order is not None:
        _went_out(booking, order)
        return
    written = domain.references(booking.text)
    list(Transfer.objects.select_for_update().filter(reference__in=written).order_by("pk"))
    line = Line(booking.day, booking.amount, booking.unit, text=booking.text)
    verdict, reference = domain.judge(line, queries.expected(written))
    if verdict is Verdict.MATCHED:
        _receive(booking, Transfer.objects.get(reference=reference))
        return
    booking.why = str(verdict)
    if verdict is Verdict.PART:
        booking.transfer = Transfer.objects.get(reference=reference)
    booking.save(update_fields=["why", "transfer"])


def _order_in(booking: Booking) -> Order | None:
    """The order of ours that a movement carries the name of."""
    words = [word for word in booking.text.split() if word.startswith("ESSAIM")]
    return Order.objects.select_for_update().filter(name__in=words).first()


def _went_out(booking: Booking, order: Order | None) -> None:
    """Money that left, or an order of ours that came back."""
    booking.state = State.OUT
    booking.save(update_fields=["state"])
    if order is None or abs(booking.amount) != order.amount:
        return
    if booking.amount < 0 and order.state in (Order.State.WAITING, Order.State.GIVEN):
        _settle(order, Order.State.SETTLED, queries.noon(booking.day))
    elif booking.amount > 0 and order.state == Order.State.SETTLED:
        _settle(order, Order.State.RETURNED, queries.noon(booking.day))


WORDS = {
    (Order.Kind.REFUND, Order.State.SETTLED): REFUNDED,
    (Order.Kind.REFUND, Order.State.RETURNED): "payment.refund_failed",
    (Order.Kind.PAYOUT, Order.State.SETTLED): "payout.settled",
    (Order.Kind.PAYOUT, Order.State.RETURNED): "payout.returned",
}


def _settle(order: Order, state: Order.State, at: Any) -> None:
    order.state = state
    if state == Order.State.SETTLED:
        order.settled_at = at
    else:
        order.returned_at = at
    order.save(update_fields=["state", "settled_at", "returned_at"])
    word = WORDS.get((Order.Kind(order.kind), state))
    if word is not None:
        reference = order.transfer.reference if order.transfer else order.name
        said = Said(f"order:{order.pk}:{state}", word, reference or "", order.amount, at, {"order": order.name})
        receive_event(provider=SLUG, said=said)


def _receive(booking: Booking, transfer: Transfer) -> None:
    """The payment is received by this movement and by the parts that came before it."""
    parts = [part for part in queries.parts_waiting(transfer) if part.pk != booking.pk]
    Booking.objects.filter(pk__in=[part.pk for part in parts]).update(state=State.PART)
    booking.state, booking.transfer = State.MATCHED, transfer
    booking.save()
    said = Said(
        f"booking:{booking.pk}",
        SUCCEEDED,
        transfer.reference or "",
        booking.amount + sum(part.amount for part in parts),
        queries.noon(max([booking.day, *(part.day for part in parts)])),
        {"statement": booking.statement.file, "booking": booking.name},
    )
    receive_event(provider=SLUG, said=said)


def _aside(booking: Booking, actor: Member, reason: str) -> None:
    booking.state, booking.reason = State.ASIDE, reason
    booking.decided_by, booking.decided_at = actor, clock.now()
    booking.save()
    record(BookingSetAside(booking.amount, booking.unit, reason), actor=actor, public=False)


def _undecided(actor: Member, booking: Booking) -> Booking:
    """Locked, and still waiting."""
    booking = Booking.objects.select_for_update().select_related("statement").get(pk=booking.pk)
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    if booking.state != State.WAITING:
        raise domain.BookingDecided
    return booking


def _lock_order(order: Order, *states: str) -> Order:
    order = Order.objects.select_for_update(of=("self",)).select_related("transfer").get(pk=order.pk)
    if order.state not in states:
        raise domain.BookingDecided
    return order

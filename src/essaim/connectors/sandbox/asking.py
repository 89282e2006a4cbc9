"""What the house asks about payments: to take what is held, to let go, to pay back. One request is a batch of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from essaim.connectors.sandbox.actions import words_of
from essaim.connectors.sandbox.domain import Word as Line
from essaim.connectors.sandbox.domain import played
from essaim.connectors.sandbox.jobs import ring
from essaim.connectors.sandbox.models import Order, Word
from essaim.kit import clock
from essaim.kit.rows import write_rows
from essaim.ledger.providers import Ask, ProviderRefused

FINAL = ("payment.succeeded", "payment.expired")


@dataclass
class Desk:
    """What is known of the orders asked about, locked, and what is done with them."""

    orders: dict[str, Order]
    held: dict[int, Word]
    ended: set[int]
    answered: set[str]
    closed: list[Order] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def say(self, order: Order, amount: int, lines: tuple[Line, ...], key: str) -> None:
        self.words += words_of(order, amount, lines, key)
        self.answered.add(key)

    def close(self, order: Order, how: str) -> None:
        order.closed = how
        self.closed.append(order)


@transaction.atomic
def answer_all(*, asks: Sequence[Ask]) -> list[ProviderRefused | None]:
    """Answer each in its order; None: its words follow. The same key again asks nothing new."""
    desk = _desk(asks)
    answers = [_answer(desk, ask) for ask in asks]
    write_rows(desk.closed, ["closed"])
    # What was held is no longer: it will not expire.
    Word.objects.filter(order__in=desk.closed, type="payment.expired", due_at__gt=clock.now()).delete()
    Word.objects.bulk_create(desk.words)
    if desk.words:
        transaction.on_commit(ring)
    return answers


def _desk(asks: Sequence[Ask]) -> Desk:
    found = Order.objects.select_for_update().filter(reference__in={ask.reference for ask in asks}).order_by("pk")
    orders = {order.reference: order for order in found}
    words = Word.objects.filter(order__in=orders.values())
    held = {word.order_id: word for word in words.filter(type="payment.authorised").order_by("-due_at", "-id")}
    ended = set(words.filter(type__in=FINAL).values_list("order_id", flat=True))
    keys = Word.objects.filter(request_key__in=[ask.key for ask in asks])
    return Desk(orders, held, ended, {str(key) for key in keys.values_list("request_key", flat=True)})


def _answer(desk: Desk, ask: Ask) -> ProviderRefused | None:
    if ask.key in desk.answered:
        return None
    order = desk.orders.get(ask.reference)
    if order is None:
        return ProviderRefused(reason="no such payment")
    match ask.kind:
        case "capture":
            return _take(desk, order, ask)
        case "cancel":
            return _let_go(desk, order, ask)
    desk.say(order, ask.amount, (Line("payment.refunded"),), ask.key)
    return None


def _take(desk: Desk, order: Order, ask: Ask) -> ProviderRefused | None:
    held = desk.held.get(order.pk)
    if order.closed or held is None or (held.expires_at and held.expires_at <= clock.now()):
        return ProviderRefused(reason="nothing is held")
    if ask.amount > order.amount:
        return ProviderRefused(reason="less is held")
    desk.close(order, "taken")
    desk.say(order, ask.amount, played(order.capture, order.choice).taken, ask.key)
    return None


def _let_go(desk: Desk, order: Order, ask: Ask) -> ProviderRefused | None:
    if order.closed or order.pk in desk.ended:
        return ProviderRefused(reason="it is closed")
    desk.close(order, "let go")
    desk.say(order, order.amount, (Line("payment.cancelled"),), ask.key)
    return None

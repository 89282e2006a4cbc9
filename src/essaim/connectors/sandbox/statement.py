"""The sandbox's own account of what moved: its words, whether the house has heard them or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from essaim.connectors.sandbox.models import Order, Word
from essaim.kit import clock
from essaim.ledger.payments import domain
from essaim.ledger.payments.domain import Event, Facts, Move
from essaim.ledger.payouts import domain as payouts
from essaim.ledger.providers import StatementLine

GAINS = frozenset({Move.CAPTURE, Move.RECOVERY, Move.REFUND_BACK})


def statement(since: datetime, until: datetime) -> Iterator[StatementLine]:
    """What happened from `since` to before `until`, and not after now."""
    happened = Word.objects.filter(occurred_at__gte=since, occurred_at__lt=until, occurred_at__lte=clock.now())
    orders = Order.objects.filter(pk__in=happened.values("order"))
    for order in orders.order_by("id").prefetch_related("words").iterator(500):
        lines = _lines(order) if order.kind == Order.Kind.PAYMENT else _payout_lines(order)
        yield from (line for line in lines if since <= line.at < until)


def _lines(order: Order) -> Iterator[StatementLine]:
    """The order's words as they happened, whatever the order of their arrival."""
    facts = Facts()
    for word in _happened(order):
        outcome = domain.apply(facts, Event(word.type, word.amount, word.occurred_at))
        facts = outcome.facts or facts
        if outcome.move is not None:
            amount = outcome.amount if outcome.move in GAINS else -outcome.amount
            at, memo = word.occurred_at, order.memo or order.reference
            yield StatementLine(word.event_id, str(outcome.move), amount, 0, order.unit, order.reference, at, memo)


def _payout_lines(order: Order) -> Iterator[StatementLine]:
    facts = payouts.Facts("sent")
    for word in _happened(order):
        outcome = payouts.apply(facts, word.type, word.occurred_at)
        facts = outcome.facts or facts
        if outcome.move in (payouts.Move.SETTLE, payouts.Move.RETURN):
            amount = -order.amount if outcome.move is payouts.Move.SETTLE else order.amount
            memo, at = order.reference, word.occurred_at
            yield StatementLine(word.event_id, str(outcome.move), amount, 0, order.unit, order.reference, at, memo)


def _happened(order: Order) -> list[Word]:
    """In the order of time, none of what is still to come."""
    words = [word for word in order.words.all() if word.occurred_at <= clock.now()]
    return sorted(words, key=lambda word: (word.occurred_at, word.pk))

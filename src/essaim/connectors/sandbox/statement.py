"""The sandbox's own account of what moved: its words, whether the house has heard them or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from essaim.connectors.sandbox.models import Order, Word
from essaim.kit import clock
from essaim.ledger.payments import domain
from essaim.ledger.payments.domain import Event, Facts, Move
from essaim.ledger.providers import StatementLine

GAINS = frozenset({Move.CAPTURE, Move.RECOVERY, Move.REFUND_BACK})


def statement(since: datetime, until: datetime) -> Iterator[StatementLine]:
    """What happened from `since` to before `until`, and not after now."""
    happened = Word.objects.filter(occurred_at__gte=since, occurred_at__lt=until, occurred_at__lte=clock.now())
    orders = Order.objects.filter(kind=Order.Kind.PAYMENT, pk__in=happened.values("order"))
    for order in orders.order_by("id").prefetch_related("words").iterator(500):
        yield from (line for line in _lines(order) if since <= line.at < until)


def _lines(order: Order) -> Iterator[StatementLine]:
    """The order's words as they happened, whatever the order of their arrival."""
    facts = Facts()
    for word in sorted(order.words.all(), key=lambda word: (word.occurred_at, word.pk)):
        if word.occurred_at > clock.now():
            break
        outcome = domain.apply(facts, Event(word.type, word.amount, word.occurred_at))
        facts = outcome.facts or facts
        if outcome.move is not None:
            amount = outcome.amount if outcome.move in GAINS else -outcome.amount
            at, memo = word.occurred_at, order.memo or order.reference
            yield StatementLine(word.event_id, str(outcome.move), amount, 0, order.unit, order.reference, at, memo)

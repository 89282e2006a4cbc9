"""Who hears that a payment moved. Callbacks run in the transaction in which the provider's word is applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from essaim.ledger.payments.domain import Facts, Move

if TYPE_CHECKING:
    from essaim.ledger.models import Payment, ProviderEvent


@dataclass(frozen=True, slots=True)
class Moved:
    """An event was applied to `payment` (locked, saved): what was known before and after, and what money moved.

    `event` is the row that said so; `move` None means that no money moved, only the state.
    """

    payment: Payment
    type: str
    before: Facts
    after: Facts
    move: Move | None
    amount: int
    at: datetime
    event: ProviderEvent


Heard = Callable[[Moved], None]
Lock = Callable[["Payment"], None]


@dataclass(frozen=True, slots=True)
class Listener:
    heard: Heard
    lock: Lock | None


_listeners: dict[str, Listener] = {}


def listen(purpose: str, heard: Heard, *, lock: Lock | None = None) -> None:
    """Call `heard` whenever a payment opened for `purpose` moves (from an AppConfig's `ready()`).

    `lock` is called before the payment is locked, so that both ways round take the initiative's lock first. What
    `heard` raises undoes the event with it; the provider tells it again.
    """
    _listeners[purpose] = Listener(heard, lock)


def lock_for(payment: Payment) -> None:
    listener = _listeners.get(payment.purpose)
    if listener is not None and listener.lock is not None:
        listener.lock(payment)


def tell(moved: Moved) -> None:
    listener = _listeners.get(moved.payment.purpose)
    if listener is not None:
        listener.heard(moved)

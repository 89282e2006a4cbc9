"""Who hears that payments moved. Callbacks run in the transaction in which the provider's words are applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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


Heard = Callable[[Sequence[Moved]], None]
Lock = Callable[[Sequence["Payment"]], None]


@dataclass(frozen=True, slots=True)
class Listener:
    heard: Heard
    lock: Lock | None


_listeners: dict[str, Listener] = {}


def listen(purpose: str, heard: Heard, *, lock: Lock | None = None) -> None:
    """Call `heard` whenever payments opened for `purpose` move (from an AppConfig's `ready()`): with one move, or
    with those of many payments, no payment twice.

    `lock` is called before the payments are locked, so that both ways round take the initiative's lock first. What
    `heard` raises undoes the events with it; of many, they are then applied in halves, down to the one that fails.
    """
    _listeners[purpose] = Listener(heard, lock)


def lock_for(payments: Iterable[Payment]) -> None:
    by_purpose: defaultdict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        by_purpose[payment.purpose].append(payment)
    for purpose in sorted(by_purpose):
        listener = _listeners.get(purpose)
        if listener is not None and listener.lock is not None:
            listener.lock(by_purpose[purpose])


def tell(moves: Iterable[Moved]) -> None:
    by_purpose: defaultdict[str, list[Moved]] = defaultdict(list)
    for moved in moves:
        by_purpose[moved.payment.purpose].append(moved)
    for purpose in sorted(by_purpose.keys() & _listeners.keys()):
        _listeners[purpose].heard(by_purpose[purpose])

"""The rights to one's data: a folder that keeps something about people says how to show it and how to let it go.

    rights.register("ideas", portrait=ideas_of, erase=forget_ideas)

from an application's `ready()`. `portrait(member)` returns rows (a list of flat dictionaries, a CSV each) or one
dictionary; a value that is a stored file is copied into the export. `erase(member)` runs inside the erasure's
transaction, before the account itself is emptied. `owed(member)` names money that is still the member's:
he is asked to have it paid out, or to give it up in so many words, before he goes. Money already `under_way` to
him cannot be given up any more: he goes when it has arrived. `hold(member)` comes before all of it, and before the
account's own row is locked: it locks what may pay the member, so that nobody pays him while he goes, and brings what
he is owed up to this moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from essaim.people.models import Member

Row = Mapping[str, Any]
Portrait = Callable[[Member], Row | Sequence[Row]]
Erase = Callable[[Member], None]


@dataclass(frozen=True)
class Owed:
    """Money of the member, in minor units; `under_way` once its payment was asked for and has not ended."""

    amount: int
    unit: str
    under_way: bool = False


@dataclass(frozen=True)
class Holding:
    """What one folder keeps about people."""

    name: str
    portrait: Portrait
    erase: Erase | None
    owed: Callable[[Member], Sequence[Owed]] | None
    hold: Callable[[Member], None] | None


_holdings: dict[str, Holding] = {}


def register(
    name: str,
    *,
    portrait: Portrait,
    erase: Erase | None = None,
    owed: Callable[[Member], Sequence[Owed]] | None = None,
    hold: Callable[[Member], None] | None = None,
) -> None:
    """Declare what a folder keeps. Raises LookupError when the name is taken."""
    if name in _holdings:
        raise LookupError(f"{name} is registered twice")
    _holdings[name] = Holding(name, portrait, erase, owed, hold)


def holdings() -> Iterator[Holding]:
    """All declarations, later folders first: what stands above goes before what it stands on."""
    yield from reversed(list(_holdings.values()))


def still_owed(member: Member) -> list[Owed]:
    """Amounts the house still owes the member, and pays or keeps as he decides."""
    return [owed for owed in _owed(member) if not owed.under_way]


def under_way(member: Member) -> list[Owed]:
    """Amounts whose payment to the member has begun and not ended."""
    return [owed for owed in _owed(member) if owed.under_way]


def _owed(member: Member) -> list[Owed]:
    found = [owed for holding in holdings() if holding.owed for owed in holding.owed(member)]
    return [owed for owed in found if owed.amount > 0]

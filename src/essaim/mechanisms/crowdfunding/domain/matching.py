"""Match-funding: sponsors add to pledges from pots, within caps, until a pot is empty, in the order of commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from essaim.mechanisms.crowdfunding.domain.rules import WHOLE


@dataclass(frozen=True)
class Pot:
    """`factor` in basis points of a pledge (10,000 doubles it). Caps in minor units; None: no cap.

    `left` is what the pot has promised to nobody; `person` and `project` what it already adds to this person's
    pledges and to this campaign.
    """

    id: int
    factor: int
    left: int
    per_gift: int | None = None
    per_person: int | None = None
    per_project: int | None = None
    person: int = 0
    project: int = 0


def matched(pot: Pot, amount: int) -> int:
    """What the pot adds to a pledge of `amount`, rounded down."""
    wished = amount * pot.factor // WHOLE
    caps = [wished, pot.left]
    if pot.per_gift is not None:
        caps.append(pot.per_gift)
    if pot.per_person is not None:
        caps.append(pot.per_person - pot.person)
    if pot.per_project is not None:
        caps.append(pot.per_project - pot.project)
    return max(min(caps), 0)


def all_matched(pots: Sequence[Pot], amount: int) -> Mapping[int, int]:
    """What each pot adds, by its id; every pot matches the giver's own money, never another sponsor's."""
    added = {pot.id: matched(pot, amount) for pot in pots}
    return {pot: sum_ for pot, sum_ in added.items() if sum_}

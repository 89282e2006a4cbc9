"""What the pages show, prepared: lines of the proof, steps of a payout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essaim.kit.parts import Event
from essaim.ledger import chart, words
from essaim.ledger.models import Payout
from essaim.people.models import Member

HELD = ("asset", "expense")
STEPS: dict[str, str | Promise] = {
    "requested": _("Asked"),
    "approval": _("Approved by one person"),
    "identity": _("Identity checked"),
    "approved": _("Approved"),
    "sent": _("Sent to the bank"),
    "settled": _("Arrived"),
    "refused": _("Refused"),
    "cancelled": _("Cancelled"),
    "failed": _("Failed: the money is on the balance again"),
    "set-aside": _("A later word of the provider was set aside"),
    "returned": _("Returned by the bank: the money is on the balance again"),
}


class ProofSide(NamedTuple):
    """One side of the balance in words."""

    lines: list[tuple[str, int]]
    total: int


def proof_lines(unit: str, sums: dict[str, int]) -> tuple[ProofSide, ProofSide]:
    """(what is there and what was spent, where it comes from and whom it belongs to): two equal totals."""
    told: Mapping[str, str | Promise] = words.GROUPS
    left: tuple[str, ...] = HELD
    if unit == chart.POINTS:  # the house issues points as it holds money
        told, left, sums = words.POINT_GROUPS, ("equity", *HELD), {**sums, "equity": -sums.get("equity", 0)}
    lines = [(group in left, str(told[group]), amount) for group, amount in sums.items() if amount]
    there, whose = (
        [(label, amount) for on_left, label, amount in lines if on_left is side] for side in (True, False)
    )
    return _side(there), _side(whose)


def _side(lines: list[tuple[str, int]]) -> ProofSide:
    return ProofSide(lines, sum(amount for _label, amount in lines))


def payout_events(payout: Payout) -> list[Event]:
    """The payout's history, for the timeline."""
    steps = list(payout.steps.select_related("actor"))
    return [
        Event(
            title=str(STEPS.get(step.state, step.state)),
            when=step.at,
            detail=step.reason if step.state != "identity" else "",
            state="now" if step is steps[-1] else "done",
        )
        for step in steps
    ]


def reader(request: HttpRequest) -> Member:
    """Who looks at the page. Policies refuse the anonymous, whom Django gives another class."""
    return cast(Member, request.user)

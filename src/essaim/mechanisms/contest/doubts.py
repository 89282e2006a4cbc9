"""Awards in doubt: paid for votes of which some were voided afterwards, so that those that stand do not suffice."""

from __future__ import annotations

from essaim.initiatives.models import Initiative
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.errors import RungNotReached
from essaim.mechanisms.contest.domain.rules import Rung
from essaim.mechanisms.contest.models import Idea, RungReached


def favour_within_window(idea: Idea, step: Rung) -> ladder.Favour:
    """The valid votes that count towards the rung."""
    since = queries.voting_since(idea)
    return queries.favour(idea, until=since and ladder.window_end(step, since))


def awards_in_doubt(contest: Initiative | None = None) -> list[RungReached]:
    """The oldest first, of one contest or of all; each with `favour`, the votes that stand now."""
    paid = RungReached.objects.filter(amount__gt=0, decided_by=None, decision=None, idea__voidings__isnull=False)
    if contest is not None:
        paid = paid.filter(idea__contest=contest)
    rows = paid.distinct().select_related("idea__contest", "idea__author")
    return [row for row in rows if _is_in_doubt(row)]


def _is_in_doubt(row: RungReached) -> bool:
    step = queries.rules_of(row.idea.contest).rung(row.rung)
    if not ladder.automatic(step):
        return False
    row.favour = favour_within_window(row.idea, step)  # type: ignore[attr-defined]
    try:
        ladder.enough_votes(step, row.favour)  # type: ignore[attr-defined]
    except RungNotReached:
        return True
    return False

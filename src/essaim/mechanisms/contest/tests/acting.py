"""What tests of acts share: rules without money, what was told, what was posted, a juror's score."""

from __future__ import annotations

from essaim.activity.models import Activity
from essaim.initiatives.models import Initiative
from essaim.ledger.models import JournalEntry
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain.rules import Ballot, Rules
from essaim.mechanisms.contest.models import (
    Idea,
)
from essaim.mechanisms.contest.tests.conftest import House
from essaim.people.models import Member

FREE = Rules(ballot=Ballot.OPINION)


def told(type_: str) -> list[tuple[str | None, dict[str, object]]]:
    """(actor's handle, payload) of the activities of a type."""
    rows = Activity.objects.filter(type=type_).order_by("id")
    return [(row.actor and row.actor.handle, row.payload) for row in rows]


def postings(key: str) -> dict[str, int]:
    entry = JournalEntry.objects.get(key=key)
    return {posting.account.code: posting.amount for posting in entry.postings.select_related("account")}


def scored(house: House, contest: Initiative, idea: Idea, score: int = 80) -> Member:
    juror = queries.jury(contest).first().member
    actions.score_idea(idea=idea, juror=juror, score=score)
    return juror

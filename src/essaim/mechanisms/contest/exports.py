"""What anyone may take away: the ballots without names, the ideas, the count."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from essaim.initiatives.models import Initiative
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.domain import tallies
from essaim.mechanisms.contest.domain.sheets import unharmed
from essaim.mechanisms.contest.models import Idea


def ballots_json(contest: Initiative) -> tuple[str, bytes]:
    """The ballots without names, with the rules: all it takes to count again."""
    return f"{contest.slug}-ballots.json", _json(queries.published_ballots(contest))


def ballots_csv(contest: Initiative) -> tuple[str, bytes]:
    """The ballots without names: one line per voter and idea."""
    votes = queries.published_ballots(contest)["votes"]
    rows = ([vote[name] for name in tallies.LINE] for vote in votes)
    return f"{contest.slug}-ballots.csv", _csv(tallies.LINE, rows)


def count_json(contest: Initiative) -> tuple[str, bytes]:
    """The count with its hash, as `essaim tally` prints it."""
    return f"{contest.slug}-count.json", _json(queries.told_tally(contest))


IDEA_COLUMNS = (
    "number", "source_id", "title", "body", "author", "authors", "state", "merged_into", "categories", "place",
    "language", "published_at", "agree", "disagree", "pass", "rungs", "verdict", "answer", "answered_at",
)  # fmt: skip


def ideas_csv(contest: Initiative) -> tuple[str, bytes]:
    """Ideas with their authors, votes, rungs and answers. Votes stay blank while the rules hide them."""
    rows = queries.with_cards(Idea.objects.filter(contest=contest, state__in=queries.ON_SHOW).order_by("number"))
    counts = queries.favours(contest) if queries.results_shown(contest) else None
    return f"{contest.slug}-ideas.csv", _csv(IDEA_COLUMNS, (_idea_row(idea, counts) for idea in rows))


def _idea_row(idea: Idea, counts: dict[int, tuple[int, int, int]] | None) -> list[Any]:
    answer = next(iter(idea.answers.all()), None)
    shown = idea.state == Idea.State.PUBLISHED
    return [
        idea.number,
        idea.source_id or "",
        idea.title if shown else "",
        idea.body if shown else "",
        idea.author.handle,
        "; ".join(f"{row.member.handle} {row.share / 100:g} %" for row in idea.authorships.all()),
        idea.state,
        idea.merged_into.number if idea.merged_into else "",
        "; ".join(idea.categories),
        idea.place,
        idea.language,
        idea.published_at.isoformat() if idea.published_at else "",
        *(counts.get(idea.pk, (0, 0, 0)) if counts is not None else ("", "", "")),
        "; ".join(f"{row.rung} {row.reached_at.date().isoformat()}" for row in idea.rungs.all()),
        answer.verdict if answer else "",
        answer.body if answer else "",
        answer.answered_at.isoformat() if answer else "",
    ]


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte-order mark, for spreadsheets; cells that a spreadsheet would run are disarmed."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(header)
    writer.writerows([unharmed(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


EXPORTS = {"ballots": ballots_json, "ballots-csv": ballots_csv, "count": count_json, "ideas": ideas_csv}

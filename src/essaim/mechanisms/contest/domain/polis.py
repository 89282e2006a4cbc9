"""A Pol.is conversation as its export gives it: statements, and every vote with its time.

Values are 1 agree, −1 disagree, 0 pass. Re-votes occur; the last vote per voter and statement counts, by time and
then by place in the file. Statements moderated out keep the votes they had: the export's own counts per participant
hold them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.contest.domain import sheets
from essaim.mechanisms.contest.domain.sheets import Fault, Row

STATEMENTS, VOTES, PEOPLE, SUMMARY = "comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"
ANSWERS = frozenset({-1, 0, 1})


class NoStatements(Refusal):
    cause = _("“%(folder)s” holds no statements.")
    remedy = _(
        "Give the folder of a Pol.is export: at least comments.csv, with the columns comment-id and comment-body."
    )


@dataclass(frozen=True)
class Statement:
    id: str
    text: str
    author: str
    moderation: int | None
    at: datetime | None


@dataclass(frozen=True)
class Event:
    """One vote as it was cast; `order` is its line."""

    statement: str
    voter: str
    value: int
    at: datetime | None
    order: int


@dataclass(frozen=True)
class Conversation:
    topic: str = ""
    description: str = ""
    url: str = ""
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    published: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """The export's own (agree, disagree, pass) per voter."""
    faults: tuple[Fault, ...] = ()


def conversation(files: Mapping[str, bytes], *, folder: str = "") -> Conversation:
    """Read an export, given as {file name: content}; only comments.csv must be there. Raises NoStatements."""
    faults: list[Fault] = []
    statements = _statements(files.get(STATEMENTS, b""), faults)
    if not statements:
        raise NoStatements(folder=folder)
    events = _events(files.get(VOTES, b""), frozenset(statements), faults)
    told = _summary(files.get(SUMMARY, b""))
    return Conversation(
        topic=told.get("topic", ""),
        description=told.get("conversation-description", ""),
        url=told.get("url", ""),
        statements=tuple(statements.values()),
        events=tuple(sorted(events, key=lambda event: (event.at or sheets.EARLIEST, event.order))),
        published=_published(files.get(PEOPLE, b""), faults),
        faults=tuple(faults),
    )


def _statements(content: bytes, faults: list[Fault]) -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for row in sheets.read(content):
        id_ = sheets.identifier(row.get("comment-id", "statement-id", "id"))
        if id_ is None:
            faults.append(Fault(STATEMENTS, row.line, _("no comment-id")))
        elif id_ in found:
            faults.append(Fault(STATEMENTS, row.line, _("this comment-id was already given")))
        else:
            found[id_] = _statement(id_, row, faults)
    return found


def _statement(id_: str, row: Row, faults: list[Fault]) -> Statement:
    text = row.cells.get("comment-body", "") or row.get("body", "text", "txt")
    if not text:
        faults.append(Fault(STATEMENTS, row.line, _("an empty statement; kept for its votes"), kept=True))
    moderation = sheets.whole_number(row.get("moderated", "mod"))
    return Statement(
        id=id_,
        text=text,
        author=sheets.identifier(row.get("author-id", "author")) or "",
        moderation=moderation if moderation in ANSWERS else None,
        at=sheets.moment(row.get("timestamp", "created")),
    )


def _events(content: bytes, known: frozenset[str], faults: list[Fault]) -> list[Event]:
    timed = "timestamp" in sheets.columns(content)
    seen: set[Event] = set()
    events = []
    for row in sheets.read(content):
        event = _event(row, known, timed=timed)
        if isinstance(event, str):
            faults.append(Fault(VOTES, row.line, event))
        elif (same := Event(event.statement, event.voter, event.value, event.at, 0)) in seen and timed:
            continue
        else:
            seen.add(same)
            events.append(event)
    return events


def _event(row: Row, known: frozenset[str], *, timed: bool) -> Event | str:
    """The vote of a row, or what is wrong with it."""
    statement = sheets.identifier(row.get("comment-id", "statement-id"))
    voter = sheets.identifier(row.get("voter-id", "participant", "voter"))
    value = sheets.whole_number(row.get("vote", "value"))
    at = sheets.moment(row.get("timestamp"))
    if statement is None or voter is None:
        return _("no comment-id or no voter-id")
    if statement not in known:
        return _("a vote on a statement that is not in comments.csv")
    if value not in ANSWERS or value is None:
        return _("the vote is neither -1, 0 nor 1")
    if timed and at is None:
        return _("the time cannot be read")
    return Event(statement, voter, value, at, row.line)


def _published(content: bytes, faults: list[Fault]) -> dict[str, tuple[int, int, int]]:
    counts = {}
    for row in sheets.read(content):
        voter = sheets.identifier(row.get("participant", "voter-id"))
        agree, disagree, all_ = (sheets.whole_number(row.get(name)) for name in ("n-agree", "n-disagree", "n-votes"))
        if voter is None or agree is None or disagree is None or all_ is None or min(agree, disagree, all_) < 0:
            faults.append(Fault(PEOPLE, row.line, _("no counts to compare with")))
        else:
            counts[voter] = (agree, disagree, all_ - agree - disagree)
    return counts


def _summary(content: bytes) -> dict[str, str]:
    lines = csv.reader(io.StringIO(sheets.decoded(content), newline=""))
    return {line[0].strip().lower(): line[1].strip() for line in lines if len(line) > 1}

"""Proposals as a Decidim export gives them: one or several rows each, texts in one or several languages.

A proposal is known by its id, and by its round where the file has one: processes of different years count their
proposals again from 1. Rows that repeat a proposal add what differs in them, its links to plans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.contest.domain import sheets
from essaim.mechanisms.contest.domain.sheets import Fault, Row

VERDICTS = {
    "accepted": "accepted",
    "rejected": "rejected",
    "evaluating": "evaluating",
    "in-evaluation": "evaluating",
    "in-discussion": "evaluating",
    "implemented": "done",
    "executed": "done",
}
SILENT = frozenset({"", "not-answered", "published", "proposed", "pending", "validated"})
NOWHERE = frozenset({"location_not_specified", "location-not-specified"})
ABOUT_PLANS = ("link-plans", "selected", "num-link-proposals", "adj-budget", "budgetamount")
KEPT = (
    "round",
    "latitude",
    "longitude",
    "versionscount",
    "total-comments-count",
    "supports",
    "votes",
    "reference",
    "url",
)


class NoProposals(Refusal):
    cause = _("“%(file)s” holds no proposals.")
    remedy = _("Give a CSV export of proposals, with at least the columns id and title.")


@dataclass(frozen=True)
class Proposal:
    id: str
    title: str
    body: str
    language: str
    verdict: str
    withdrawn: bool
    answer: str
    place: str
    categories: tuple[str, ...]
    at: datetime | None
    answered_at: datetime | None
    origin: Mapping[str, object] = field(default_factory=dict)
    """What the source knew and a contest has no place for; `plans` lists the links."""


@dataclass(frozen=True)
class Proposals:
    proposals: tuple[Proposal, ...]
    faults: tuple[Fault, ...]


def proposals(content: bytes, *, file: str = "", languages: Iterable[str] = ("fr", "en")) -> Proposals:
    """Read an export. `languages` are preferred, in order, where a text stands in several. Raises NoProposals."""
    faults: list[Fault] = []
    groups: dict[str, list[Row]] = {}
    for row in sheets.read(content):
        key = _key(row)
        if key is None:
            faults.append(Fault(file, row.line, _("no id")))
        elif key in groups and _texts(row, "title") != _texts(groups[key][0], "title"):
            faults.append(Fault(file, row.line, _("this id was already given to a proposal with another title")))
        else:
            groups.setdefault(key, []).append(row)
    if not groups:
        raise NoProposals(file=file)
    preferred = tuple(languages)
    found = tuple(_proposal(key, rows, preferred, file, faults) for key, rows in groups.items())
    return Proposals(found, tuple(faults))


def _key(row: Row) -> str | None:
    id_, round_ = sheets.identifier(row.get("id", "proposal-id")), sheets.identifier(row.get("round"))
    return f"{round_}-{id_}" if id_ and round_ else id_


def _proposal(key: str, rows: list[Row], languages: tuple[str, ...], file: str, faults: list[Fault]) -> Proposal:
    first = rows[0]
    title, language = _text(first, "title", languages)
    body, spoken = _text(first, "body", languages)
    state = re.sub(r"[\s_]+", "-", first.get("state", "status").lower())
    if state not in VERDICTS and state not in SILENT and state != "withdrawn":
        faults.append(
            Fault(file, first.line, _("a state this house does not know; kept without an answer"), kept=True)
        )
    if not title:
        faults.append(Fault(file, first.line, _("no title; its id stands in its place"), kept=True))
    place = first.get("district", "address", "place")
    return Proposal(
        id=key,
        title=title or key,
        body=body,
        language=language or spoken,
        verdict=VERDICTS.get(state, ""),
        withdrawn=state == "withdrawn",
        answer=_text(first, "answer", languages)[0],
        place="" if place.lower() in NOWHERE else place,
        categories=_categories(first, languages),
        at=sheets.moment(first.get("published-at", "created-at", "timestamp")),
        answered_at=sheets.moment(first.get("answered-at")),
        origin=_origin(rows),
    )


def _categories(row: Row, languages: tuple[str, ...]) -> tuple[str, ...]:
    named = (_text(row, name, languages)[0] for name in ("category/name", "category", "scope/name", "areascope"))
    return tuple(dict.fromkeys(name for name in named if name))


def _origin(rows: list[Row]) -> dict[str, object]:
    first = rows[0]
    known: dict[str, object] = {name: first.get(name) for name in KEPT if first.get(name)}
    plans = [plan for row in rows if (plan := {name: row.get(name) for name in ABOUT_PLANS if row.get(name)})]
    distinct = [plan for place, plan in enumerate(plans) if plan not in plans[:place]]
    translations = {
        f"{column}/{language}": text
        for column in ("title", "body")
        for language, text in sorted(_texts(first, column).items())
        if language
    }
    return {**known, **({"plans": distinct} if distinct else {}), **({"texts": translations} if translations else {})}


def _text(row: Row, column: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """(text, its language or "") of a column in the preferred language that has one."""
    texts = _texts(row, column)
    for language in (*languages, *sorted(texts)):
        if texts.get(language):
            return texts[language], language
    return "", ""


ALIASES = {"body": ("body", "texts", "text", "description")}


def _texts(row: Row, column: str) -> dict[str, str]:
    """{language: text} from `title/fr`, `title-fr`, `{"fr": …}` or plain `title` (language "")."""
    found: dict[str, str] = {}
    for name in ALIASES.get(column, (column,)):
        for header, cell in row.cells.items():
            match = re.fullmatch(rf"{re.escape(name)}[/(-]([a-z]{{2}}(-[a-z]{{2}})?)\)?", header)
            if match and cell:
                found.setdefault(match.group(1), cell)
        found = {**_several(row.get(name)), **found}
    return found


def _several(cell: str) -> dict[str, str]:
    if cell.startswith("{"):
        try:
            texts = json.loads(cell)
        except json.JSONDecodeError:
            return {"": cell}
        if isinstance(texts, dict):
            return {str(language): text for language, text in texts.items() if isinstance(text, str) and text}
    return {"": cell} if cell else {}

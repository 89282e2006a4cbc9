"""Campaigns that others ran, from their tables: any column order, any of the usual names, cells as they come. Pure.

Two shapes are read: one row per campaign, its tiers in cells (`[1.0, 25.0]` and how many took each, `[64, 9]`, or
JSON objects); or one row per tier, the campaign's own cells repeated or left empty below the first.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from essaim.kit.errors import Refusal
from essaim.kit.money import unit as unit_of

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

NOTHING = frozenset({"", "nan", "null", "none", "na", "n/a", "-"})
MOST = 10**15
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "name", "titre", "nom"),
    "summary": ("blurb", "summary", "description", "desc", "résumé", "resume"),
    "by": ("by", "creator", "author", "auteur", "porteur"),
    "source": ("id", "source-id", "project-id", "url", "lien", "link"),
    "url": ("url", "lien", "link"),
    "unit": ("currency", "devise", "unit", "monnaie"),
    "goal": ("goal", "objectif", "target", "goal-amount"),
    "pledged": ("amt-pledged", "pledged", "amount-pledged", "collecté", "collecte", "raised"),
    "percentage": ("percentage-funded", "percent-funded", "funded-percentage", "pourcentage"),
    "backers": ("num-backers", "backers", "backers-count", "contributeurs", "backer-count"),
    "starts": ("launched", "launched-at", "start-time", "starts-at", "début", "debut"),
    "ends": ("end-time", "deadline", "ends-at", "end", "fin", "échéance", "echeance"),
    "outcome": ("outcome", "status", "statut", "state"),
    "country": ("country", "pays"),
    "place": ("location", "place", "lieu", "ville", "city"),
    "tier_amounts": ("pledge-tier", "tier-amounts", "tiers", "paliers", "rewards"),
    "tier_taken": ("num-backers-tier", "tier-backers"),
    "tier_title": ("tier-title", "reward", "contrepartie", "palier"),
    "tier_amount": ("tier-amount", "reward-amount", "montant"),
    "tier_stock": ("tier-stock", "limit", "stock"),
    "tier_count": ("tier-count", "taken", "pris"),
}
OUTCOMES = {
    "successful": "succeeded", "success": "succeeded", "succeeded": "succeeded", "funded": "succeeded",
    "réussi": "succeeded", "reussi": "succeeded", "failed": "failed", "échoué": "failed", "echoue": "failed",
    "canceled": "failed", "cancelled": "failed", "suspended": "failed", "live": "live", "en cours": "live",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A row that was not taken as it stood: where, and why. `kept` when it was taken all the same, mended."""

    file: str
    line: int
    reason: str
    kept: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class ToldTier:
    """What one could take: price in minor units, and how many took it there."""

    amount: int
    title: str = ""
    stock: int | None = None
    taken: int | None = None


@dataclass(frozen=True)
class Told:
    """A campaign as its table tells it; `goal` 0 when neither said nor to be found from the percentage."""

    line: int
    source: str
    title: str
    summary: str = ""
    by: str = ""
    url: str = ""
    unit: str = "EUR"
    pledged: int = 0
    goal: int = 0
    goal_estimated: bool = False
    backers: int = 0
    starts: datetime | None = None
    ends: datetime | None = None
    outcome: str = ""
    country: str = ""
    place: str = ""
    tiers: tuple[ToldTier, ...] = ()

    @property
    def reached(self) -> bool:
        return self.outcome == "succeeded" or (self.goal > 0 and self.pledged >= self.goal)


@dataclass
class Table:
    """All that was read: campaigns in their order, and every row that is not as it should be."""

    campaigns: list[Told] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Unreadable(ValueError):
    """The reason a row is left out."""


def campaigns(content: bytes, *, file: str, unit: str = "EUR") -> Table:
    """Every campaign that can be read; `unit` counts amounts whose row names no currency."""
    table, seen = Table(), dict[str, int]()
    for line, cells in _rows(decoded(content), table, file):
        if _is_tier_row(cells, table):
            _add_tier(table, cells, line, file)
            continue
        try:
            told, mended = _told(line, cells, unit)
        except Unreadable as reason:
            table.faults.append(Fault(file, line, str(reason)))
            continue
        if told.source in seen:
            if _same_campaign(table, told):
                _add_tier(table, cells, line, file)
            else:
                table.faults.append(Fault(file, line, f"the same campaign as in line {seen[told.source]}"))
            continue
        seen[told.source] = line
        table.campaigns.append(told)
        table.faults += [Fault(file, line, reason, kept=True) for reason in mended]
    return table


def decoded(content: bytes) -> str:
    """UTF-8 with or without a byte-order mark, UTF-16 with one, or else Windows-1252; no NUL characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\0", "")
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\0", "")


def _rows(text: str, table: Table, file: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line and cells by our names; rows of another width are noted and left out."""
    header_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header_line.count))
    header = [_name(cell) for cell in next(reader, [])]
    if not any(name in header for name in NAMES["title"]):
        table.faults.append(Fault(file, 1, "no column says a campaign's title"))
        return
    columns = {ours: [header.index(one) for one in theirs if one in header] for ours, theirs in NAMES.items()}
    line = reader.line_num + 1
    for cells in reader:
        if len(cells) != len(header) and any(cell.strip() for cell in cells):
            table.faults.append(Fault(file, line, f"{len(cells)} cells where the header has {len(header)}"))
        elif any(cell.strip() for cell in cells):
            yield line, {ours: _first(cells, places) for ours, places in columns.items()}
        line = reader.line_num + 1


def _name(cell: str) -> str:
    return re.sub(r"[\s_.]+", "-", cell.strip().lower()).strip("-")


def _first(cells: list[str], places: list[int]) -> str:
    """The first of these cells that says something."""
    said = (re.sub(r"\s+", " ", cells[place]).strip() for place in places)
    return next((cell for cell in said if cell.lower() not in NOTHING), "")


def _told(line: int, cells: Mapping[str, str], unit: str) -> tuple[Told, list[str]]:
    if not cells["title"]:
        raise Unreadable("it has no title")
    mended: list[str] = []
    code = _unit(cells["unit"], unit)
    pledged, goal = _amount(cells["pledged"], code, "pledged"), _amount(cells["goal"], code, "goal")
    estimated = not goal
    if estimated and (goal := estimated_goal(pledged, cells["percentage"])):
        mended.append("the goal is not said; it was found from the percentage")
    elif estimated:
        mended.append("the goal is not said and cannot be found from the percentage")
    told = Told(
        line=line,
        source=cells["source"] or cells["title"],
        title=cells["title"],
        summary=cells["summary"],
        by=cells["by"],
        url=cells["url"],
        unit=code,
        pledged=pledged,
        goal=goal,
        goal_estimated=estimated,
        backers=_count(cells["backers"], "backers"),
        starts=_moment(cells["starts"], "start"),
        ends=_moment(cells["ends"], "end"),
        outcome=OUTCOMES.get(cells["outcome"].lower(), ""),
        country=cells["country"].upper() if re.fullmatch("[A-Za-z]{2}", cells["country"]) else "",
        place=cells["place"],
        tiers=tuple(_tiers(cells, code, mended)),
    )
    if told.starts and told.ends and told.ends <= told.starts:
        raise Unreadable("it ends before it starts")
    return told, mended


def _unit(cell: str, fallback: str) -> str:
    code = (cell or fallback).upper()
    try:
        return unit_of(code).code
    except Refusal:
        raise Unreadable(f"the currency “{code[:12]}” is not one we count in") from None


def _amount(cell: str, code: str, what: str) -> int:
    """Minor units; 0 when the cell is empty. Decimals beyond the currency's are rounded half to even."""
    if not cell:
        return 0
    plain = re.sub(r"[\s\u00a0\u202f€$£]", "", cell)
    plain = plain.replace(",", ".") if re.fullmatch(r"[\d-]+,\d{1,2}", plain) else plain.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Unreadable(f"“{cell[:24]}” is not an amount ({what})") from None
    if not value.is_finite() or value < 0 or value > MOST:
        raise Unreadable(f"“{cell[:24]}” cannot be an amount ({what})")
    return int((value * unit_of(code).scale).to_integral_value(ROUND_HALF_EVEN))


def _count(cell: str, what: str) -> int:
    match = re.fullmatch(r"(\d{1,9})(\.0*)?", cell.replace("\u202f", "").replace(" ", "").replace(",", ""))
    if cell and not match:
        raise Unreadable(f"“{cell[:24]}” is not a number of {what}")
    return int(match.group(1)) if match else 0


def _moment(cell: str, what: str) -> datetime | None:
    """ISO 8601 or seconds since 1970, UTC where no zone is given."""
    if not cell:
        return None
    try:
        if re.fullmatch(r"\d{9,13}", cell):
            at = datetime.fromtimestamp(int(cell) / (1000 if len(cell) > 11 else 1), UTC)
        else:
            at = _written(cell)
    except (ValueError, OverflowError, OSError):
        raise Unreadable(f"“{cell[:24]}” is not a moment ({what})") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not EARLIEST <= at <= LATEST:
        raise Unreadable(f"“{cell[:24]}” lies too far from our time ({what})")
    return at


def _written(cell: str) -> datetime:
    if french := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", cell):
        day, month, year = map(int, french.groups())
        return datetime.combine(date(year, month, day), time(), UTC)
    return datetime.fromisoformat(cell)


def estimated_goal(pledged: int, percentage: str) -> int:
    """The roundest goal that gives this percentage, which platforms cut to whole numbers; 0 when nothing is known.

    `pledged` in minor units. Between pledged/(p+1 %) and pledged/(p %), the number with the most zeros, then the
    largest: 5,205 at 104 % lies in ]4,957; 5,004], so 5,000.
    """
    match = re.fullmatch(r"(\d{1,7})(\.\d*)?\s*%?", percentage)
    if not match or not pledged or int(match.group(1)) == 0:
        return 0
    percent = int(match.group(1))
    low, high = pledged * 100 / (percent + 1), pledged * 100 / percent
    for zeros in range(len(str(int(high))), -1, -1):
        step = 10**zeros
        round_number = math.floor(high / step) * step
        if round_number > low:
            return int(round_number)
    return int(high)


def _tiers(cells: Mapping[str, str], code: str, mended: list[str]) -> Iterator[ToldTier]:
    """The tiers a campaign's own cells tell: lists side by side, JSON objects, or one tier."""
    if cells["tier_amount"]:
        yield _tier(cells, code)
        return
    amounts, taken = _list(cells["tier_amounts"]), _list(cells["tier_taken"])
    if cells["tier_amounts"] and amounts is None:
        mended.append("its tiers cannot be read; it comes without them")
    for place, one in enumerate(amounts or []):
        try:
            yield _listed(one, code, (taken or [])[place : place + 1])
        except Unreadable as reason:
            mended.append(f"tier {place + 1} is left out: {reason}")


def _list(cell: str) -> list[Any] | None:
    """A JSON list; None for anything else. Python writes its lists the same way, save for the quotes."""
    for text in (cell, cell.replace("'", '"')):
        try:
            read = json.loads(text)
        except ValueError:
            continue
        if isinstance(read, list):
            return read[:200]
    return None


def _listed(one: Any, code: str, taken: list[Any]) -> ToldTier:
    given = one if isinstance(one, dict) else {"amount": one}
    amount = _amount(str(given.get("amount", "")), code, "tier")
    if not amount:
        raise Unreadable("it has no price")
    count = given.get("taken", taken[0] if taken else "")
    stock = given.get("stock") or ""
    return ToldTier(
        amount,
        str(given.get("title") or "")[:120],
        stock=_count(str(stock), "items") or None,
        taken=_count(str(count), "backers"),
    )


def _tier(cells: Mapping[str, str], code: str) -> ToldTier:
    amount = _amount(cells["tier_amount"], code, "tier")
    if not amount:
        raise Unreadable("the tier has no price")
    stock = _count(cells["tier_stock"], "items") or None
    return ToldTier(amount, cells["tier_title"][:120], stock, _count(cells["tier_count"], "backers"))


def _is_tier_row(cells: Mapping[str, str], table: Table) -> bool:
    """A row below its campaign's that tells one more tier and nothing else."""
    return bool(table.campaigns and cells["tier_amount"] and not cells["title"] and not cells["source"])


def _same_campaign(table: Table, told: Told) -> bool:
    """Told once more, for one more tier."""
    last = table.campaigns[-1]
    return bool(told.tiers) and told.source == last.source and told.title == last.title


def _add_tier(table: Table, cells: Mapping[str, str], line: int, file: str) -> None:
    last = table.campaigns[-1]
    try:
        table.campaigns[-1] = replace(last, tiers=(*last.tiers, _tier(cells, last.unit)))
    except Unreadable as reason:
        table.faults.append(Fault(file, line, str(reason)))

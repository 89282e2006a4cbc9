"""Rows of figure, value, unit, reference, ratio: printed, kept as JSON, and gathered on a page."""

from __future__ import annotations

import json
import os
import platform
import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from . import targets

ENGINE = Path(__file__).resolve().parents[1]
FOLDER = ENGINE.parent / "build" / "bench"
PAGE = ENGINE / "docs" / "performance.md"


@dataclass(frozen=True)
class Row:
    """One figure. `reference` names what it is compared with; `ratio` is value ÷ the reference's value."""

    figure: str
    value: float
    unit: str
    reference: str = ""
    ratio: float | None = None


def publish(name: str, title: str, rows: list[Row], keep: bool = False) -> None:
    """Print the rows and write `build/bench/engine-NAME.json`; keep what was there of figures not among them."""
    today = date.today().isoformat()
    fresh = [{**asdict(row), "measured": today} for row in rows]
    print(f"\n{title}\n")
    print(table(fresh), flush=True)
    before = kept(name, title) if keep else None
    if before:
        fresh = _merged(before["rows"], fresh)
    FOLDER.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine(), "title": title, "rows": fresh}
    _file(name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _file(name: str) -> Path:
    return FOLDER / f"engine-{name}.json"


def kept(name: str, title: str) -> dict[str, Any] | None:
    """What was measured before: as kept here, else as the page tells it."""
    if _file(name).exists():
        return dict(json.loads(_file(name).read_text()))
    _, _, section = PAGE.read_text().partition(f"## {title}\n")
    if not section:
        return None
    section = section.partition("\n## ")[0]
    machine, when = re.findall(r"^\*(.*?)(?:; measured (\S+).*)?\*$", section, re.MULTILINE)[-1]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][1:]
    return {"machine": machine, "title": title, "rows": [_read(line, when) for line in lines]}


def _read(line: list[str], when: str) -> dict[str, object]:
    """A row from its line on the page, rounded as it stands there."""
    figure, value, unit, reference, ratio = (cell.strip() for cell in line)
    return {
        "figure": figure,
        "value": float(value.replace(",", "")),
        "unit": unit,
        "reference": reference,
        "ratio": float(ratio) if ratio else None,
        "measured": when.replace("until", ""),  # of several days the first, of those not known none
    }


def _merged(before: list[dict[str, object]], fresh: list[dict[str, object]]) -> list[dict[str, object]]:
    """The fresh rows in the places of those they renew, the others behind."""

    def key(row: dict[str, object]) -> tuple[object, object]:
        return row["figure"], row["unit"]

    now = {key(row): row for row in fresh}
    old = {key(row) for row in before}
    return [now.get(key(row), row) for row in before] + [row for row in fresh if key(row) not in old]


def write_page(titles: dict[str, str]) -> None:
    """Gather what was measured, now or before, on the page of the documentation; titles by name of the group."""
    parts, rows = [], {}
    for name, title in titles.items():
        content = kept(name, title)
        if content:
            rows[name] = content["rows"]
            foot = f"*{content['machine']}{_when(content['rows'])}*"
            parts.append(f"## {content['title']}\n\n{table(content['rows'])}\n\n{foot}\n")
    PAGE.write_text("\n".join([PREFACE, targets.table(rows) + "\n", *parts]))


def _when(rows: list[dict[str, object]]) -> str:
    """The days on which rows were measured; of some it may not be known."""
    days = sorted({str(row.get("measured") or "") for row in rows})
    if days == [""]:
        return ""
    if days[0] == "":
        return f"; measured until {days[-1]}"
    return f"; measured {days[0]}" if len(days) == 1 else f"; measured {days[0]} to {days[-1]}"


PREFACE = """# Performance

`make bench-engine` measures all of this again. Times are CPU seconds of the process, so that what else runs on the
machine weighs less; memory is the peak a fresh process held, libraries and compiled code included (about 150 MB
before any graph). Values are medians of up to five processes; a ratio is the value over that of the line it
stands beside, both measured in turn in the same process. Compiled code is loaded from its cache: the very first call
of a kernel takes seconds more, once per installation.

Spreads are means over eight choices of seeds, 300 cascades each, on small graphs; over two choices and two cascades
on those of a million nodes and more, where they are rough.

The "published method" is OPIM-C with subset sampling, written anew in the same language (`benchmarks/reference.py`):
the C++ programs of its authors are not part of this repository, and no ratio to them is claimed. Wall-clock figures
were taken on a shared machine, whose load average stands beside them; "reckoned" is what the CPU times of the serial
part and of the threads add up to when every thread has a core.

What modularity finds of planted communities depends on their size: small ones are joined in a large graph, whoever
looks for them (see `partition`). So LFR graphs with communities of 20 to 100 and of 50 to 500 are both measured, by
modularity (networkit's ParallelLeiden) and by flow (its LouvainMapEquation), and beside `partition`, networkit called
directly on the same ties.

One member's own circles are asked for 20,000 members drawn at random from all, each once and right after a tie of
his was written. The slowest hundredth are those with the most friends: what is paid is the friends' friends looked
at, not the clock.

Figures that are not measured again stay, with the days on which a table's were taken below it.

## To reach, and reached

Where several graphs or questions fall under a line, the least and the greatest are given, and of how many it is true.
"""


def table(rows: list[dict[str, object]]) -> str:
    """The rows as a Markdown table."""
    lines = ["| figure | value | unit | beside | ratio |", "|---|---:|---|---|---:|"]
    for row in rows:
        ratio = "" if row["ratio"] is None else _shown(row["ratio"])
        lines.append(f"| {row['figure']} | {_shown(row['value'])} | {row['unit']} | {row['reference']} | {ratio} |")
    return "\n".join(lines)


def _shown(value: object) -> str:
    number = float(str(value))
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )

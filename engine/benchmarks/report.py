"""Rows of figure, value, unit, reference, ratio: printed, kept as JSON, and gathered on a page."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

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
    fresh = [asdict(row) for row in rows]
    print(f"\n{title}\n")
    print(table(fresh), flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"engine-{name}.json"
    if keep and file.exists():
        fresh = _merged(json.loads(file.read_text())["rows"], fresh)
    content = {"machine": machine(), "title": title, "rows": fresh}
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _merged(before: list[dict[str, object]], fresh: list[dict[str, object]]) -> list[dict[str, object]]:
    """The fresh rows in the places of those they renew, the others behind."""

    def key(row: dict[str, object]) -> tuple[object, object]:
        return row["figure"], row["unit"]

    now = {key(row): row for row in fresh}
    old = {key(row) for row in before}
    return [now.get(key(row), row) for row in before] + [row for row in fresh if key(row) not in old]


def write_page(names: list[str]) -> None:
    """Gather what was measured, now or before, on the page of the documentation."""
    parts, rows = [], {}
    for name in names:
        file = FOLDER / f"engine-{name}.json"
        if file.exists():
            content = json.loads(file.read_text())
            rows[name] = content["rows"]
            parts.append(f"## {content['title']}\n\n{table(content['rows'])}\n\n*{content['machine']}*\n")
    PAGE.write_text("\n".join([PREFACE, targets.table(rows) + "\n", *parts]))


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

## To reach, and reached

Where several graphs or questions fall under a line, the least and the greatest are given, and of how many it is true.
"""


def table(rows: list[dict[str, object]]) -> str:
    """The rows as a Markdown table."""
    lines = ["| figure | value | unit | beside | ratio |", "|---|---:|---|---|---:|"]
    for row in rows:
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
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

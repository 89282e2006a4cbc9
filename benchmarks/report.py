"""Rows of figure, value, unit, reference, ratio: printed, and kept as JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

FOLDER = Path("build/bench")


@dataclass(frozen=True)
class Row:
    """One figure. `reference` names what it is compared with; `ratio` is value ÷ the reference's value."""

    figure: str
    value: float
    unit: str
    reference: str = ""
    ratio: float | None = None


def against(figure: str, value: float, unit: str, reference: Row) -> Row:
    return Row(figure, value, unit, reference.figure, value / reference.value if reference.value else None)


def median_of(runs: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(runs))


def publish(name: str, rows: list[Row]) -> None:
    """Print the table and write the JSON file."""
    table = Table("figure", "value", "unit", "beside", "ratio", title=f"{name} · {machine()}")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        table.add_row(
            row.figure,
            f"{row.value:,.5g}" if row.value < 1e5 else f"{row.value:,.0f}",
            row.unit,
            row.reference,
            ratio,
        )
    Console(width=130).print(table)
    FOLDER.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine(), "rows": [asdict(row) for row in rows]}
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


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

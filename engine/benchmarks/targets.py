"""What each figure was to reach, and what it reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Rows = dict[str, list[dict[str, Any]]]  # group → rows as published


def value(row: dict[str, Any]) -> float:
    """The figure itself."""
    return float(row["value"])


def ratio(row: dict[str, Any]) -> float:
    """The figure over that of the line it stands beside."""
    return float(row["ratio"])


def times_less(row: dict[str, Any]) -> float:
    """How many times less than the line it stands beside."""
    return 1.0 / float(row["ratio"])


@dataclass(frozen=True)
class Target:
    """One line of the table: the figures whose names match in full, and the least or the most they should be."""

    case: str
    group: str
    figures: str
    read: Callable[[dict[str, Any]], float] = value
    least: float | None = None
    most: float | None = None

    def line(self, rows: Rows) -> str:
        """The line of the table."""
        found = [self.read(row) for row in rows.get(self.group, []) if re.fullmatch(self.figures, row["figure"])]
        if not found:
            return f"| {self.case} | {self._asked()} | not measured | |"
        low, high = _short(min(found)), _short(max(found))
        return (
            f"| {self.case} | {self._asked()} | {low if low == high else f'{low} to {high}'} | {self._met(found)} |"
        )

    def _asked(self) -> str:
        if self.least is not None:
            return f"≥ {_short(self.least)}"
        return f"≤ {_short(self.most)}" if self.most is not None else "a figure"

    def _met(self, found: list[float]) -> str:
        if self.least is None and self.most is None:
            return ""
        met = [one >= self.least if self.least is not None else one <= (self.most or 0.0) for one in found]
        return "yes" if all(met) else f"{sum(met)} of {len(met)}" if any(met) else "no"


def _short(number: float | None) -> str:
    return f"{number:,.0f}" if number is not None and abs(number) >= 100 else f"{number:.3g}"


FEWER = "times fewer CPU seconds than the published method"
TARGETS = [
    Target(f"WC, LastFM and Facebook pages, k 50 and 1,000: {FEWER}", "seeds",
           r"(lastfm|facebook pages), WC, k = (50|1,000)", times_less, least=2),
    Target(f"WC, 1 M nodes / 16 M arcs: {FEWER}", "seeds", r".* 1 M .*, WC, k = (50|1,000)", times_less, least=5),
    Target(f"WC, 10 M nodes / 100 M arcs: {FEWER}", "seeds", r".* 10 M .*, WC, k = (50|1,000)", times_less, least=8),
    Target("the same, CPU seconds", "seeds", r".* 10 M .*, WC, k = (50|1,000)", most=1),
    Target("the same, peak memory in MiB", "seeds", r".* 10 M .*, WC, k = (50|1,000): peak memory", most=2048),
    Target(f"k = 10,000, WC, every graph: {FEWER}", "seeds", r".*, WC, k = 10,000", times_less),
    Target(f"p = 0.01, k = 50: {FEWER}", "seeds", r".*, p = 0.01, k = 50", times_less, least=3),
    Target(f"LT, k = 50: {FEWER}", "seeds", r".*, LT, k = 50", times_less, least=3),
    Target("simulated spread of the seeds over the published method's, small graphs", "seeds",
           r"(lastfm|facebook|.*76 k).*: spread, simulated",
           ratio, least=0.98),
    Target("simulation, independent cascades: times cynetdiff, per core", "monte-carlo",
           r".*, (WC|p = 0.01): waggledance", ratio, least=2),
    Target("simulation, linear threshold: times cynetdiff, per core", "monte-carlo",
           r".*, LT: waggledance", ratio, least=8),
    Target("a visited node, WC, 10 M nodes, interleaved, ns", "sampling", r".* 10 M .*, WC: interleaved", most=50),
    Target("two threads beside one, sampling sets, wall clock", "threads", r"sets.*: two threads", least=1.7),
    Target("two threads beside one, simulation and circles, wall clock", "threads",
           r"(simulation|circles).*: two threads", least=1.7),
    Target("CPU time of two threads over one's, all of these", "threads", r".*: CPU time of two"),
    Target("partition by flow, LFR 1 M (communities of 20 to 100), CPU s of two threads (12 s of each)",
           "communities", r"1 M, LFR, μ = 0.3: .*LouvainMapEquation, conversion.*", most=24),
    Target("the same, peak memory in GB", "communities", r"1 M, LFR, μ = 0.3: LouvainMapEquation's peak.*", most=1.0),
    Target("the same, NMI", "communities", r"1 M, LFR, μ = 0.3: LouvainMapEquation's NMI", least=0.9),
    Target("partition by flow, LFR 1 M (communities of 50 to 500), CPU s of two threads", "communities",
           r".*50 to 500: .*LouvainMapEquation, conversion.*"),
    Target("the same, NMI", "communities", r".*50 to 500: LouvainMapEquation's NMI", least=0.9),
    Target("partition by modularity, communities of 20 to 100, CPU s of two threads", "communities",
           r"1 M, LFR, μ = 0.3: .*ParallelLeiden, conversion.*", most=24),
    Target("the same, peak memory in GB", "communities", r"1 M, LFR, μ = 0.3: ParallelLeiden's peak.*", most=1.0),
    Target("the same, NMI", "communities", r"1 M, LFR, μ = 0.3: ParallelLeiden's NMI", least=0.9),
    Target("the same, NMI of networkit called directly", "communities", r"1 M, LFR, μ = 0.3: .*mutual information"),
    Target("partition by modularity, communities of 50 to 500, NMI", "communities",
           r".*50 to 500: ParallelLeiden's NMI", least=0.9),
    Target("the same, NMI of networkit called directly", "communities", r".*50 to 500: .*mutual information"),
    Target("circles, 1 M members, two cores to itself, s", "communities", r"1 M: circles, two cores.*", most=10),
    Target("the same, peak memory in GB", "communities", r"1 M: peak memory, graph included", most=1.5),
    Target("the same, F1", "communities", r"1 M: F1 with what was planted", least=0.93),
    Target("circles, 5 M members, two cores to itself, s", "communities", r"5 M: circles, two cores.*", most=60),
    Target("the same, CPU seconds of both threads", "communities", r"5 M: circles"),
    Target("the same, peak memory in GB", "communities", r"5 M: peak memory, graph included", most=5),
    Target("one member's own circles, mean, µs", "communities", r"1 M: one member's own circles, mean", most=16),
    Target("the same, 99th hundredth, µs", "communities", r"1 M: one member's own circles, 99th hundredth", most=44),
    Target("50 M nodes / 1 G arcs, 50 seeds: minutes", "billion", r"50 seeds.*: minutes"),
    Target("the same, peak memory in GiB", "billion", r"50 seeds.*: peak memory.*", most=24),
]  # fmt: skip


def table(rows: Rows) -> str:
    """A line for every target, measured or not."""
    lines = [target.line(rows) for target in TARGETS]
    return "\n".join(["| case | to reach | reached | met |", "|---|---:|---:|---|", *lines])

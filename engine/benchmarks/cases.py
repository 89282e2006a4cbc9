"""What a case is, and how it is measured in processes of its own."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from .report import ENGINE, Row

Figures = dict[str, float]


class Skipped(Exception):
    """A case that cannot run here, with the reason."""


@dataclass(frozen=True)
class Case:
    """One measurement.

    `run` returns figures by name, in a fresh process; `peak_bytes` and `cpu_seconds` of that process are added unless
    it gives them. `rows` makes the table's lines of their medians over `repeats` processes.
    """

    name: str
    run: Callable[[], Figures]
    rows: Callable[[Figures], list[Row]]
    repeats: int = 5


def measure(group: str, case: Case) -> list[Row]:
    """The rows of a case, or none when it cannot run here."""
    found: list[Figures] = []
    for _ in range(case.repeats):
        command = [sys.executable, "-m", "benchmarks", "--child", group, case.name]
        done = subprocess.run(command, cwd=ENGINE, stdout=subprocess.PIPE, check=True, text=True)
        answer = json.loads(done.stdout.splitlines()[-1])
        if "skipped" in answer:
            print(f"{group}, {case.name}: {answer['skipped']}", flush=True)
            return []
        found.append(answer)
    return case.rows({name: statistics.median(one[name] for one in found) for name in found[0]})


def child(group: str, name: str) -> None:
    """Run one case in this process and print its figures as JSON."""
    case = next(one for one in import_module(f".{group}", __package__).CASES if one.name == name)
    try:
        figures = case.run()
    except Skipped as reason:
        print(json.dumps({"skipped": str(reason)}))
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps({"peak_bytes": usage.ru_maxrss * 1024, "cpu_seconds": usage.ru_utime + usage.ru_stime, **figures})
    )


def timed(act: Callable[[], object]) -> float:
    """CPU seconds of an act."""
    start = time.process_time()
    act()
    return time.process_time() - start


def alternately(acts: dict[str, Callable[[], object]], rounds: int = 5) -> Figures:
    """Median CPU seconds of several acts, done in turn so that the machine's moods fall on all of them."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            found[name].append(timed(act))
    return {name: statistics.median(times) for name, times in found.items()}

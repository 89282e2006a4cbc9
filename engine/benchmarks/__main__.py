"""`python -m benchmarks [GROUP …]`: measure, print, keep as JSON, write the page. `page` alone only writes it."""

from __future__ import annotations

import sys
from importlib import import_module

from .cases import child, measure
from .report import publish, write_page

GROUPS = ("seeds", "sampling", "monte_carlo", "threads", "reading", "building", "communities")
ASKED_BY_NAME = ("billion",)

if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3])
    else:
        for group in [name for name in sys.argv[1:] if name != "page"] if sys.argv[1:] else GROUPS:
            module = import_module(f".{group}", __package__)
            rows = [row for case in module.CASES for row in measure(group, case)]
            publish(group.replace("_", "-"), module.TITLE, rows)
        write_page([group.replace("_", "-") for group in (*GROUPS, *ASKED_BY_NAME)])

"""`python -m benchmarks [GROUP …]`: measure, print, keep as JSON, write the page.

`GROUP/TEXT` measures only the cases with that text in their name and keeps the others' rows; `page` only writes.
Of groups not measured here the page keeps what it tells.
"""

from __future__ import annotations

import sys
from importlib import import_module

from .cases import child, measure
from .report import publish, write_page

GROUPS = ("seeds", "sampling", "monte_carlo", "threads", "reading", "building", "communities")
ASKED_BY_NAME = ("billion",)


def run(asked: str) -> None:
    """Measure a group, or some of its cases."""
    group, _, text = asked.partition("/")
    module = import_module(f".{group}", __package__)
    keep = bool(text)
    for case in module.CASES:
        if text in case.name:
            publish(group.replace("_", "-"), module.TITLE, measure(group, case), keep)
            keep = True  # what was measured is kept, whatever becomes of the cases to come


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3])
    else:
        for asked in sys.argv[1:] or GROUPS:
            if asked != "page":
                run(asked)
        groups = (*GROUPS, *ASKED_BY_NAME)
        write_page({one.replace("_", "-"): import_module(f".{one}", __package__).TITLE for one in groups})

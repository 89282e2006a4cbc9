"""The engine's machine code, made ahead of the first calculation, on another processor.

Compiling takes half a minute of a processor, once for an installation, and a house is built in less. What comes last
in a calculation is compiled first: a calculation that begins meanwhile compiles what finds circles itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

NULL = subprocess.DEVNULL
BEHIND = 15  # niceness: whoever waits for the house comes first
PEOPLE, TIES = 400, 1_500


def beside() -> None:
    """Begin, unless it is done or there is only one processor; whoever calls goes on at once."""
    if (os.cpu_count() or 1) > 1 and not is_done():
        subprocess.Popen([sys.executable, "-m", __name__], stdin=NULL, stdout=NULL, stderr=NULL)


def is_done() -> bool:
    """Is the engine's code kept, and newer than its source?"""
    found = find_spec("waggledance")
    if found is None or found.origin is None:
        return True  # nothing to compile
    folder = Path(found.origin).parent
    kept = [one.stat().st_mtime for one in (folder / "__pycache__").glob("*.nbc")]
    return bool(kept) and max(kept) > max(one.stat().st_mtime for one in folder.glob("*.py"))


def compile_ahead() -> None:
    """On a small made-up graph."""
    import numpy as np

    from essaim.projectors.influence import engine
    from essaim.projectors.influence.columns import Columns

    random = np.random.default_rng(1)
    left, right = (random.integers(-PEOPLE, PEOPLE, TIES, np.int64) for _ in range(2))
    here = left != right
    many = int(here.sum())
    ties = Columns(
        left[here], right[here], random.random(many) + 0.1, np.ones(many, np.int32), np.full(many, 24_000, np.int16)
    )
    engine.compile_ahead(ties)


if __name__ == "__main__":
    os.nice(BEHIND)
    compile_ahead()

"""What a backup or a restore has in hand while it works. One that was killed leaves it lying; the next one, or the
house's next start, clears it away."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "backup.lock"
IN_HOME = ("backup-", "restore-")


@contextmanager
def at_work(home: Path, beside: Path | None = None) -> Iterator[None]:
    """While a backup or a restore is under way nothing of it is cleared. `beside`: where a backup goes."""
    clear(home, beside)
    with open(home / LOCK, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def clear(home: Path, beside: Path | None = None) -> None:
    """Remove what killed ones left, unless one is under way now."""
    if not home.is_dir():
        return
    with open(home / LOCK, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        for path in _left(home, beside):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def draft_prefix(file: Path) -> str:
    return f".{file.name}-"


def _left(home: Path, beside: Path | None) -> list[Path]:
    found = [path for path in home.iterdir() if path.name.startswith(IN_HOME) and path.is_dir()]
    if beside is not None:
        found += [path for path in beside.parent.iterdir() if path.name.startswith(draft_prefix(beside))]
    return found

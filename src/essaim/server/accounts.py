"""Which system account runs PostgreSQL, and how a child process is tied to its parent."""

from __future__ import annotations

import ctypes
import os
import pwd
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from essaim.server.obstacles import Obstacle

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The account PostgreSQL runs under when we are root, which it refuses to be."""

    uid: int
    gid: int

    def may_reach(self, path: Path) -> bool:
        """Can the account walk down to `path`? Other users' rights decide: it belongs to no group of ours."""
        return all(parent.stat().st_mode & 0o001 for parent in path.parents)

    def popen_options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(folder: Path) -> Account | None:
    """None unless we are root: then the owner of an existing folder, else essaim, postgres or nobody."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return Account(folder.stat().st_uid, folder.stat().st_gid)
    for name in ("essaim", "postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Obstacle(
        "PostgreSQL refuses to run as root, and there is no account essaim, postgres or nobody to run it.",
        "Create one: useradd --system essaim",
    )


def ends_with_parent(signal_number: int, parent: int | None = None) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends `signal_number` to the child when the thread that made it ends.

    Runs after the change of user, which would clear it. Only Linux has this; elsewhere it does nothing.
    `parent` is the maker's process number when the function is made elsewhere.
    """
    parent = parent or os.getpid()

    def tie() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(signal_number))
        if os.getppid() != parent:  # it ended before we were tied to it
            os._exit(1)

    return tie


def is_running(pid: int) -> bool:
    """Is there such a process? A zombie, dead but not yet waited for, is not running."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _state(pid) != "Z"


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""

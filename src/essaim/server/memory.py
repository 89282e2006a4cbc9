"""How much of the machine's memory the embedded PostgreSQL takes for itself."""

from __future__ import annotations

import os
from pathlib import Path

MIB = 2**20
LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container or a systemd unit; "max" without one


def memory_settings(memory: int) -> dict[str, str]:
    """Settings for a machine of so many bytes, on which the house itself lives as well.

    A sixteenth for pages kept, between 128 MB and 1 GB: the system's own cache holds the rest. The log of changes may
    grow to eight times that, 2 GB at most, before all pages are written out: each checkpoint makes the next change
    of every page cost a copy of the page.
    """
    buffers = min(max(memory // 16 // MIB, 128), 1024)
    return {"shared_buffers": f"{buffers}MB", "max_wal_size": f"{min(8 * buffers, 2048)}MB"}


def machine_memory(limit: Path = LIMIT) -> int:
    """In bytes: what the machine has, or less where we are allowed less."""
    has = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        allowed = limit.read_text().strip()
    except OSError:
        return has
    return min(has, int(allowed)) if allowed.isdecimal() else has

"""Seconds of a processor that the processes of an open house have used so far."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def used_by_web(port: int) -> float:
    return sum(_seconds(each) for each in _numbers() if _serves(each, port))


def used_by_postgres(home: Path) -> float:
    """By those that live: a connection that has ended takes its seconds with it."""
    keeper = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
    return sum(_seconds(each) for each in _numbers() if _parent(each) == keeper)


def _numbers() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]


def _serves(number: int, port: int) -> bool:
    words = _read(number, "cmdline").split("\0")
    return "essaim.server.web" in words and str(port) in words


def _parent(number: int) -> int:
    return int(_fields(number)[1])


def _seconds(number: int) -> float:
    user, system = _fields(number)[11:13]
    return (int(user) + int(system)) / TICKS


def _fields(number: int) -> list[str]:
    """What `stat` says of a process after its name; zeros once it has gone."""
    return _read(number, "stat").rpartition(")")[2].split() or ["0"] * 13


def _read(number: int, name: str) -> str:
    try:
        return Path(f"/proc/{number}/{name}").read_text()
    except OSError:
        return ""

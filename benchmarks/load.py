"""Load from 64 clients on loopback by wrk, and PostgreSQL's own pgbench as the floor under it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

CLIENTS = 64
SECONDS = 6


class ToolMissing(Exception):
    """A measuring tool is not installed."""


@dataclass(frozen=True)
class Load:
    """What wrk saw: answers per second, 99th percentile in milliseconds, answers that were not 2xx or 3xx."""

    per_second: float
    p99: float
    refused: int


def wrk(url: str, script: str = "", seconds: int = SECONDS, clients: int = CLIENTS) -> Load:
    """Load `url` from so many connections on one thread. `script` is wrk's Lua."""
    program = shutil.which("wrk")
    if program is None:
        raise ToolMissing("wrk is not installed. On Debian: apt install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [
            program,
            "-t1",
            f"-c{clients}",
            f"-d{seconds}s",
            "--latency",
            *(["-s", file.name] if script else []),
            url,
        ]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Load(_number(r"Requests/sec:\s+([\d.]+)", text), _milliseconds(text), _refused(text))


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"wrk printed no {pattern!r}:\n{text}")
    return float(found[1])


def _milliseconds(text: str) -> float:
    found = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", text)
    if found is None:
        return float("nan")
    return float(found[1]) * {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}[found[2]]


def _refused(text: str) -> int:
    found = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return int(found[1]) if found else 0


def pgbench(binaries: Path, url: str, script: str, *, clients: int = CLIENTS, seconds: int = SECONDS) -> float:
    """Transactions per second of a one-statement script, prepared, from `clients` connections."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [
            str(binaries / "pgbench"),
            "-n",
            "-M",
            "prepared",
            "-f",
            file.name,
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(seconds),
            url,
        ]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return _number(r"tps = ([\d.]+)", text)

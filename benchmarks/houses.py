"""A demo house built and served for the measurements, in a folder that goes away with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
PATIENCE = 180.0  # seconds


@dataclass(frozen=True)
class House:
    home: Path
    url: str
    build_seconds: float
    start_seconds: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def built(members: int = 300) -> Iterator[tuple[Path, float]]:
    """A demo house on disk and the seconds it took, setting up its database included."""
    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        home = Path(folder) / "house"
        began = time.perf_counter()
        run_essaim(home, "demo", "--members", str(members))
        yield home, time.perf_counter() - began


def run_essaim(home: Path, *words: str) -> None:
    subprocess.run(
        [BIN / "essaim", *words], check=True, env=os.environ | {"ESSAIM_HOME": str(home)}, stdout=subprocess.DEVNULL
    )


@contextmanager
def served(members: int = 300) -> Iterator[House]:
    """The demo house, built and open on a free loopback port."""
    with built(members) as (home, build_seconds), opened(home) as (url, start_seconds):
        yield House(home, url, build_seconds, start_seconds)


@contextmanager
def opened(home: Path) -> Iterator[tuple[str, float]]:
    """`essaim serve` on this home; its address and the seconds until its first page."""
    port = free_port()
    words = ["serve", "--port", str(port)]
    environment = os.environ | {"ESSAIM_HOME": str(home), "ESSAIM_DEMO": "1"}
    with running([BIN / "essaim", *words], f"http://127.0.0.1:{port}/", environment) as seconds:
        yield f"http://127.0.0.1:{port}", seconds


@contextmanager
def running(command: list[str | Path], url: str, environment: dict[str, str]) -> Iterator[float]:
    """A server process of ours until the block ends; seconds until `url` first answers 200."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            while not _answers(url):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    log.seek(0)
                    raise RuntimeError(f"{command[0]} did not open {url}:\n{log.read().decode()[-2000:]}")
                time.sleep(0.02)
            yield time.perf_counter() - began
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:  # a bare server may miss the signal; it has nothing to lose
                os.killpg(process.pid, signal.SIGKILL)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False

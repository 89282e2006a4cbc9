"""One process group: children that are started, watched, restarted and ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from essaim.server.accounts import ends_with_parent
from essaim.server.obstacles import Obstacle

WATCH_EVERY = 0.2  # seconds
HEALTHY_AFTER = 30.0  # seconds of life that wipe earlier failures out
MOST_FAILURES = 5  # in a row
LONGEST_WAIT = 16.0  # seconds between two tries
STOP_PATIENCE = 3.0  # seconds before the group is killed


class Stopped(Exception):
    """SIGTERM or SIGINT arrived."""


class Stop:
    """The wish to stop, heard between two steps.

    The handler only takes note: an exception thrown from it, at any point of any code, could be swallowed there.
    """

    def __init__(self) -> None:
        self.wished = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        kept = {each: signal.signal(each, self._note) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for each, handler in kept.items():
                signal.signal(each, handler)

    def pause(self, seconds: float) -> None:
        """Sleep; raise Stopped when a signal arrived before the end."""
        time.sleep(seconds)
        if self.wished:
            raise Stopped

    def _note(self, number: int, frame: object) -> None:
        self.wished = True


@dataclass
class Child:
    """A program of the house. It has a session of its own, so that one signal reaches all it started."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    wait_until: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=ends_with_parent(signal.SIGKILL),
        )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def count_failure(self) -> None:
        now = time.monotonic()
        lived = now - self.started_at
        self.failures = 1 if lived > HEALTHY_AFTER else self.failures + 1
        self.wait_until = now + min(0.5 * 2 ** (self.failures - 1), LONGEST_WAIT)

    def signal(self, number: int) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


@dataclass
class Supervisor:
    """Runs `children` until it is told to stop.

    A child that dies is started again after a wait that doubles. After five deaths in a row the group ends:
    a house that only looks alive hides its trouble from the person, or the system, that could mend it.
    """

    children: Sequence[Child]
    environment: Mapping[str, str]
    say: Callable[[str], None]
    pause: Callable[[float], None] = time.sleep
    beside: Callable[[], None] = field(default=lambda: None)
    """Called at each round; keeps the embedded database alive."""

    def run(self) -> None:
        try:
            for child in self.children:
                child.start(self.environment)
            while True:
                self.beside()
                for child in self.children:
                    self._watch(child)
                self.pause(WATCH_EVERY)
        finally:
            self.stop()

    def stop(self) -> None:
        """SIGTERM to every group, SIGKILL to what is left when patience ends."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        limit = time.monotonic() + STOP_PATIENCE
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, limit - time.monotonic()))
                child.signal(signal.SIGKILL)
                child.process.wait()

    def _watch(self, child: Child) -> None:
        if child.running:
            return
        if child.process is not None:
            self._bury(child)
        elif time.monotonic() >= child.wait_until:
            child.start(self.environment)

    def _bury(self, child: Child) -> None:
        assert child.process is not None
        child.signal(signal.SIGKILL)  # what it may have left behind in its session
        code, child.process = child.process.returncode, None
        child.count_failure()
        if child.failures >= MOST_FAILURES:
            raise Obstacle(
                f"The {child.name} process ended {child.failures} times in a row (exit code {code}).",
                "Its messages above say why. Mend that, then start the house again.",
            )
        self.say(f"The {child.name} process ended (exit code {code}); starting it again.")

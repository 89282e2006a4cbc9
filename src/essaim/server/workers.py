"""Worker processes: forked, started again when one dies, ended together."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from essaim.server.accounts import ends_with_parent

ENDINGS = {signal.SIGTERM, signal.SIGINT}
KILL_AFTER = 2.0  # seconds a worker may take to finish its requests
BORN_DEAD = 3.0  # seconds: who dies sooner would die again


class Workers:
    """`many` processes that do `work`. A thread may not run when they are forked."""

    def __init__(self, many: int, work: Callable[[], None]) -> None:
        self._many, self._work = many, work
        self._born: dict[int, float] = {}

    def keep(self) -> None:
        """Until SIGTERM or SIGINT, or until one dies as soon as it is born: then exits with 1."""
        heard = ENDINGS | {signal.SIGCHLD}
        signal.pthread_sigmask(signal.SIG_BLOCK, heard)  # they wait until they are asked for: nothing is cut in two
        for _ in range(self._many):
            self._fork(heard)
        while signal.sigwait(heard) == signal.SIGCHLD:
            for born in self._buried():
                if time.monotonic() - born < BORN_DEAD:
                    self._end()
                    sys.exit(1)
                self._fork(heard)
        self._end()

    def _fork(self, heard: set[signal.Signals]) -> None:
        parent = os.getpid()
        child = os.fork()
        if child:
            self._born[child] = time.monotonic()
            return
        try:
            ends_with_parent(signal.SIGKILL, parent)()
            for ending in ENDINGS:
                signal.signal(ending, signal.SIG_DFL)  # until the work itself listens
            signal.pthread_sigmask(signal.SIG_UNBLOCK, heard)
            self._work()
        except Exception:  # noqa: BLE001 - said, whatever it is
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)  # whatever came up from the work: nothing of the parent's may run here. It ends by a signal

    def _buried(self) -> list[float]:
        """When those were born who have died."""
        born = []
        for child in list(self._born):
            if os.waitpid(child, os.WNOHANG)[0]:
                born.append(self._born.pop(child))
        return born

    def _end(self) -> None:
        """SIGTERM, and SIGKILL to who has not ended in time."""
        for child in self._born:
            os.kill(child, signal.SIGTERM)
        limit = time.monotonic() + KILL_AFTER
        while self._born and time.monotonic() < limit:
            self._buried()
            time.sleep(0.02)
        for child in self._born:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

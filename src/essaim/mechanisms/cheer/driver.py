"""The lamps' driver: asks the house what the light shows, and keeps the lamps at it, frame after frame.

It runs beside the lamps (`essaim manage light …`) and needs nothing but the state's address. When the house is silent
for ten seconds the lamps fade to their safe state; when somebody throws the switch they are dark with the next frame.
"""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Mapping
from threading import Event, Thread
from time import monotonic
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from essaim.mechanisms.cheer import artnet
from essaim.mechanisms.cheer.light import SILENCE, Mode, Rig, faded, frame, resting

log = logging.getLogger(__name__)

FRAME = 1 / 25  # seconds between two frames
ASK = 0.5  # seconds between two questions
PATIENCE = 3.0  # seconds an answer may take
MOST_BYTES = 65_536


class Lamps:
    """What the lamps show, from what was heard last. `send` takes a packet."""

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self._send = send
        self._told: Mapping[str, Any] | None = None
        self._heard = self._last = float("-inf")
        self._rig: Rig | None = None
        self._values = b""
        self._sequence = 0

    def hear(self, told: Mapping[str, Any], now: float) -> None:
        """What the house says, and the lamps it knows of. Raises KeyError, TypeError or ValueError for nonsense."""
        rig = Rig.of(told["rig"])
        frame(told, rig, now)
        if rig != self._rig:
            self._rig, self._values = rig, resting(rig)
        self._told, self._heard = told, now

    def turn(self, now: float) -> bytes | None:
        """Send the next frame; its values, None before the house was heard."""
        if self._told is None or self._rig is None:
            return None
        silent = now - self._heard > SILENCE
        dark = self._told["mode"] == Mode.DARK
        aim = frame(self._told, self._rig, now) if dark or not silent else resting(self._rig)
        since = FRAME if self._last == float("-inf") else now - self._last
        self._values = faded(self._values, aim, since, 0.0 if dark else self._rig.fade)
        self._last, self._sequence = now, self._sequence % 255 + 1
        self._send(artnet.dmx(self._values, universe=self._rig.universe, sequence=self._sequence))
        return self._values


def ask(url: str) -> Mapping[str, Any]:
    """What the house says now. Raises OSError or ValueError."""
    with urlopen(Request(url, headers={"Accept": "application/json"}), timeout=PATIENCE) as answer:
        told = json.loads(answer.read(MOST_BYTES))
    if not isinstance(told, dict):
        raise ValueError("no state")
    return told


def drive(
    url: str, host: str, port: int = artnet.PORT, *, stop: Event, clock: Callable[[], float] = monotonic
) -> None:
    """Keep the lamps behind `host` at what the house says, until `stop`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        lamps = Lamps(lambda packet: line.sendto(packet, (host, port)))
        asking = Thread(target=_listen, args=(url, lamps, stop, clock), daemon=True)
        asking.start()
        while not stop.wait(FRAME):
            try:
                lamps.turn(clock())
            except OSError as error:
                log.warning("The lamps cannot be reached: %s", error)
        asking.join(PATIENCE + ASK)


def _listen(url: str, lamps: Lamps, stop: Event, clock: Callable[[], float]) -> None:
    while not stop.is_set():
        try:
            lamps.hear(ask(url), clock())
        except (OSError, URLError, ValueError, KeyError, TypeError) as error:
            log.warning("The house is not heard: %s", error)
        stop.wait(ASK)

"""What the light shows, and what each lamp is told. Pure: moments, counts and orders go in, colours come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

TURN = 4.0  # seconds each colour of a shared lead is shown
SILENCE = 10.0  # seconds without word from the house before lamps go to their safe state
DARKEST = "#000000"


class Mode(StrEnum):
    """Why the light is as it is."""

    DARK = "dark"
    """Somebody threw the switch."""
    OVERRIDE = "override"
    """Somebody chose the colours."""
    REVEAL = "reveal"
    """A round is counted and its reveal has come."""
    LIVE = "live"
    """A round runs, and the light follows it."""
    WAITING = "waiting"
    """Nothing to show: the resting colour."""


@dataclass(frozen=True)
class Order:
    """The last word of somebody of the team: `kill`, `override` (with colours), or `release`."""

    kind: str
    at: datetime
    colours: tuple[str, ...] = ()
    intensity: float = 1.0
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.kind == "kill" or (self.kind == "override" and (self.until is None or now < self.until))


@dataclass(frozen=True)
class Shown:
    """A round as the light sees it: the leaders' colours, when they may be shown, how hot it is (0 to 1)."""

    begins: datetime
    reveal: datetime | None
    leaders: tuple[str, ...]
    live: bool
    heat: float = 1.0


@dataclass(frozen=True)
class State:
    """What the light shows now. `camps` are (slug, colour, part of the members' cheers)."""

    mode: Mode
    colours: tuple[str, ...]
    intensity: float
    since: datetime
    camps: tuple[tuple[str, str, float], ...] = ()

    def told(self) -> dict[str, Any]:
        """As JSON says it."""
        facts = asdict(self) | {"mode": self.mode.value, "since": self.since.isoformat()}
        facts["camps"] = [{"camp": slug, "colour": colour, "part": part} for slug, colour, part in self.camps]
        return facts


def state(
    now: datetime,
    *,
    order: Order | None,
    shown: Shown | None,
    resting: str,
    camps: tuple[tuple[str, str, float], ...] = (),
) -> State:
    """The switch is stronger than an override, an override stronger than the count."""
    if order is not None and order.holds(now):
        if order.kind == "kill":
            return State(Mode.DARK, (DARKEST,), 0.0, order.at)
        return State(Mode.OVERRIDE, order.colours, order.intensity, order.at)
    if shown is not None and shown.leaders:
        if shown.reveal is not None and shown.reveal <= now:
            return State(Mode.REVEAL, shown.leaders, 1.0, shown.reveal, camps)
        if shown.live:
            return State(Mode.LIVE, shown.leaders, round(max(0.2, shown.heat), 3), shown.begins, camps)
    since = shown.begins if shown is not None else now
    return State(Mode.WAITING, (resting,), 0.2, since)


def heat(minutes: Sequence[int]) -> float:
    """How hot it is: the last minute's cheers in parts of the busiest minute's."""
    return minutes[-1] / max(minutes) if minutes and max(minutes) else 0.0


LEADER = "leader"


@dataclass(frozen=True)
class Lamp:
    """Three channels (red, green, blue) from `channel` on, that show the leader or one camp."""

    channel: int
    shows: str


@dataclass(frozen=True)
class Rig:
    """The lamps of one universe."""

    lamps: tuple[Lamp, ...]
    universe: int = 0
    fade: float = 3.0
    safe: str = "#201400"

    @property
    def width(self) -> int:
        """How many channels are used."""
        return max((lamp.channel + 2 for lamp in self.lamps), default=2)

    @staticmethod
    def of(told: Mapping[str, Any]) -> Rig:
        lamps = tuple(Lamp(int(lamp["channel"]), str(lamp["shows"])) for lamp in told["lamps"])
        return Rig(lamps, int(told["universe"]), float(told["fade"]), str(told["safe"]))

    def told(self) -> dict[str, Any]:
        return {**asdict(self), "lamps": [asdict(lamp) for lamp in self.lamps]}


def rgb(colour: str, intensity: float) -> tuple[int, int, int]:
    """A colour at an intensity, as three values of 0 to 255."""
    bounded = min(max(intensity, 0.0), 1.0)
    red, green, blue = (round(int(colour[place : place + 2], 16) * bounded) for place in (1, 3, 5))
    return red, green, blue


def frame(told: Mapping[str, Any], rig: Rig, seconds: float) -> bytes:
    """The values of all channels for a state as JSON says it; colours that share the lead take turns."""
    colours = told["colours"] or [rig.safe]
    turn = colours[int(seconds / TURN) % len(colours)]
    camps = {camp["camp"]: camp for camp in told.get("camps", ())}
    values = bytearray(rig.width)
    for lamp in rig.lamps:
        camp = camps.get(lamp.shows)
        if lamp.shows == LEADER or told["mode"] in (Mode.DARK, Mode.OVERRIDE):
            value = rgb(turn, told["intensity"])
        else:
            value = rgb(camp["colour"], camp["part"] * told["intensity"]) if camp else rgb(rig.safe, 1.0)
        values[lamp.channel - 1 : lamp.channel + 2] = bytes(value)
    return bytes(values)


def resting(rig: Rig) -> bytes:
    """The safe state: every lamp in the safe colour."""
    values = bytearray(rig.width)
    for lamp in rig.lamps:
        values[lamp.channel - 1 : lamp.channel + 2] = bytes(rgb(rig.safe, 1.0))
    return bytes(values)


def faded(before: bytes, aim: bytes, seconds: float, fade: float) -> bytes:
    """One step from a frame towards another: the whole way takes `fade` seconds at most."""
    if fade <= 0 or len(before) != len(aim):
        return aim
    most = max(1, round(255 * seconds / fade))
    return bytes(old + max(-most, min(most, new - old)) for old, new in zip(before, aim, strict=True))

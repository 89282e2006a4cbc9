"""The light: what it shows, what each lamp is told, the packet that tells it, and the driver in front of a socket."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as some

from essaim.mechanisms.cheer import artnet, driver, light
from essaim.mechanisms.cheer.light import Lamp, Mode, Order, Rig, Shown

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RIG = Rig((Lamp(1, "leader"), Lamp(4, "blues")), universe=3, fade=2.0, safe="#102030")
CAMPS = (("reds", "#ff0000", 0.75), ("blues", "#0000ff", 0.25))


def shown(**more: object) -> Shown:
    return Shown(**{"begins": NOON, "reveal": NOON + HOUR, "leaders": ("#ff0000",), "live": False, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "order", "what", "mode", "colours"),
    [
        (NOON, None, None, Mode.WAITING, ("#101010",)),
        (NOON, None, shown(), Mode.WAITING, ("#101010",)),
        (NOON, None, shown(live=True), Mode.LIVE, ("#ff0000",)),
        (NOON, None, shown(live=True, leaders=()), Mode.WAITING, ("#101010",)),
        (NOON + HOUR, None, shown(), Mode.REVEAL, ("#ff0000",)),
        (NOON + HOUR, Order("override", NOON, ("#00ff00",)), shown(), Mode.OVERRIDE, ("#00ff00",)),
        (NOON + HOUR, Order("override", NOON, ("#00ff00",), until=NOON + HOUR), shown(), Mode.REVEAL, ("#ff0000",)),
        (NOON + HOUR, Order("release", NOON), shown(), Mode.REVEAL, ("#ff0000",)),
        (NOON + HOUR, Order("kill", NOON), shown(), Mode.DARK, ("#000000",)),
    ],
)
def test_the_switch_beats_the_hand_and_the_hand_the_count(now, order, what, mode, colours) -> None:
    state = light.state(now, order=order, shown=what, resting="#101010")
    assert (state.mode, state.colours) == (mode, colours)


def told(**more: object) -> dict[str, object]:
    state = light.state(NOON + HOUR, order=None, shown=shown(), resting="#101010", camps=CAMPS).told()
    return {**state, "rig": RIG.told(), **more}


def test_each_lamp_shows_its_camp() -> None:
    assert light.frame(told(), RIG, 0.0) == bytes((255, 0, 0, 0, 0, 64))
    assert light.frame(told(intensity=0.5), RIG, 0.0) == bytes((128, 0, 0, 0, 0, 32))
    assert light.frame(told(mode="dark", colours=["#000000"], intensity=0), RIG, 0.0) == bytes(6)
    assert light.resting(RIG) == bytes((16, 32, 48)) * 2


def test_a_shared_lead_takes_turns() -> None:
    both = told(colours=["#ff0000", "#0000ff"])
    assert [light.frame(both, RIG, moment)[:3] for moment in (0.0, 4.0, 8.0)] == [
        b"\xff\0\0",
        b"\0\0\xff",
        b"\xff\0\0",
    ]


def test_heat_is_the_last_minute_beside_the_busiest() -> None:
    assert (light.heat([4, 8, 2]), light.heat([]), light.heat([0, 0])) == (0.25, 0.0, 0.0)


@given(some.binary(min_size=6, max_size=6), some.binary(min_size=6, max_size=6), some.floats(0.1, 20))
def test_a_fade_arrives_and_never_overshoots(before: bytes, aim: bytes, fade: float) -> None:
    values, steps = before, 0
    while values != aim and steps < 2 + fade * 25 * 2:
        values, last = light.faded(values, aim, 1 / 25, fade), values
        steps += 1
        assert all(min(old, end) <= new <= max(old, end) for old, new, end in zip(last, values, aim, strict=True))
    assert values == aim


@given(some.binary(min_size=1, max_size=512), some.integers(0, 0x7FFF), some.integers(0, 255))
def test_a_packet_says_what_it_was_given(values: bytes, universe: int, sequence: int) -> None:
    packet = artnet.dmx(values, universe=universe, sequence=sequence)
    assert artnet.read(packet) == (universe, sequence, values + b"\0" * (len(values) % 2))


def test_a_packet_byte_by_byte() -> None:
    assert artnet.dmx(b"\xff\x80\x00", universe=0x0102, sequence=7) == (
        b"Art-Net\0\x00\x50\x00\x0e\x07\x00\x02\x01\x00\x04\xff\x80\x00\x00"
    )


@pytest.mark.parametrize(("values", "universe"), [(b"", 0), (bytes(513), 0), (b"\0", 0x8000), (b"\0", -1)])
def test_what_the_protocol_cannot_say_is_refused(values: bytes, universe: int) -> None:
    with pytest.raises(ValueError):
        artnet.dmx(values, universe=universe)


def test_lamps_fade_go_dark_at_once_and_rest_in_silence() -> None:
    sent: list[bytes] = []
    lamps = driver.Lamps(sent.append)
    assert lamps.turn(0.0) is None
    lamps.hear(told(), 0.0)
    assert lamps.turn(0.0) != light.frame(told(), RIG, 0.0)  # it has begun to fade
    assert lamps.turn(5.0) == light.frame(told(), RIG, 5.0)
    lamps.hear(told(mode="dark", colours=["#000000"], intensity=0), 5.0)
    assert lamps.turn(5.04) == bytes(6)
    assert lamps.turn(60.0) == bytes(6)  # switched off stays off, silence or not
    lamps.hear(told(), 60.0)
    lamps.turn(65.0)
    assert lamps.turn(80.0) == light.resting(RIG)
    assert [artnet.read(packet)[:2] for packet in sent][:2] == [(3, 1), (3, 2)]


@pytest.mark.parametrize("nonsense", [{}, {"rig": 1}, {"rig": {"lamps": [{}]}}])
def test_nonsense_changes_nothing(nonsense: dict[str, object]) -> None:
    lamps = driver.Lamps(lambda packet: None)
    lamps.hear(told(), 0.0)
    with pytest.raises((KeyError, TypeError, ValueError)):
        lamps.hear(nonsense, 1.0)
    lamps.turn(1.0)
    assert lamps.turn(9.0) == light.frame(told(), RIG, 9.0)


def test_the_driver_speaks_to_a_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """On loopback: what the house says arrives as frames."""
    asked: list[str] = []

    def ask(url: str) -> object:
        asked.append(url)
        if len(asked) == 1:
            raise OSError("not yet")
        return json.loads(json.dumps(told()))

    monkeypatch.setattr(driver, "ask", ask)
    monkeypatch.setattr(driver, "ASK", 0.02)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as node:
        node.bind(("127.0.0.1", 0))
        node.settimeout(20)
        stop = Event()
        port = node.getsockname()[1]
        running = Thread(target=driver.drive, args=("https://house/", "127.0.0.1", port), kwargs={"stop": stop})
        running.start()
        universe, sequence, values = artnet.read(node.recv(1024))
        stop.set()
        running.join(20)
    assert (universe, sequence, len(values), running.is_alive()) == (3, 1, 6, False)

"""Small pictures as SVG text: points and steps on two axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 480, 300, 56, 44, 30, 16
COLOURS = ("#1f6f8b", "#d1495b", "#6a994e", "#8d6a9f", "#e09f3e")


@dataclass(frozen=True)
class Line:
    """One series: its name and its points."""

    name: str
    points: Sequence[tuple[float, float]]
    joined: bool = True


def picture(title: str, axes: tuple[str, str], lines: Sequence[Line], *, log: bool = False) -> str:
    """An SVG picture of some series, both axes logarithmic if asked; points that have no place are left out."""
    shown = [Line(one.name, [p for p in one.points if not log or min(p) > 0], one.joined) for one in lines]
    every = [point for one in shown for point in one.points]
    across, up = (_axis([point[side] for point in every], log) for side in (0, 1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="sans-serif" font-size="11" role="img">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18" font-size="13">{title}</text>',
        *_frame(axes, across, up),
    ]
    for number, one in enumerate(shown):
        parts += _series(one, COLOURS[number % len(COLOURS)], number, (across, up))
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    log: bool

    def share(self, value: float) -> float:
        """Where a value is, from 0 to 1."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Round values along the axis."""
        if self.log:
            first, last = round(math.log10(self.low)), round(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1)]
        step = 10 ** math.floor(math.log10(self.high - self.low))
        step = next(s for s in (step / 5, step / 2, step, 2 * step) if (self.high - self.low) / s <= 6)
        return [k * step for k in range(math.ceil(self.low / step), math.floor(self.high / step + 1e-9) + 1)]


def _axis(values: list[float], log: bool) -> _Axis:
    if log:
        low = 10.0 ** math.floor(math.log10(min(values)))
        return _Axis(low, max(10.0 ** math.ceil(math.log10(max(values))), 10 * low), True)
    return _Axis(min(0.0, *values), max(values) * 1.05, False)


def _x(axis: _Axis, value: float) -> float:
    return round(LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT), 1)


def _y(axis: _Axis, value: float) -> float:
    return round(HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - BOTTOM - TOP), 1)


def _frame(names: tuple[str, str], across: _Axis, up: _Axis) -> list[str]:
    floor = HEIGHT - BOTTOM
    parts = [f'<path d="M{LEFT} {TOP}V{floor}H{WIDTH - RIGHT}" fill="none" stroke="#444"/>']
    for tick in across.ticks():
        x = _x(across, tick)
        parts.append(f'<path d="M{x} {floor}v4" stroke="#444"/>')
        parts.append(f'<text x="{x}" y="{floor + 16}" text-anchor="middle">{tick:,g}</text>')
    for tick in up.ticks():
        y = _y(up, tick)
        parts.append(f'<path d="M{LEFT} {y}h{WIDTH - LEFT - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{tick:,g}</text>')
    parts.append(f'<text x="{(WIDTH + LEFT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{names[0]}</text>')
    middle = (HEIGHT - BOTTOM + TOP) / 2
    parts.append(f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">{names[1]}</text>')
    return parts


def _series(one: Line, colour: str, number: int, axes: tuple[_Axis, _Axis]) -> list[str]:
    places = [(_x(axes[0], x), _y(axes[1], y)) for x, y in one.points]
    parts = []
    if one.joined and places:
        way = "L".join(f"{x} {y}" for x, y in places)
        parts.append(f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
    if not one.joined or len(places) <= 20:
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}" fill-opacity="0.7"/>' for x, y in places]
    y = TOP + 10 + 15 * number
    parts.append(f'<rect x="{WIDTH - 150}" y="{y - 8}" width="10" height="10" fill="{colour}"/>')
    parts.append(f'<text x="{WIDTH - 135}" y="{y + 1}">{one.name}</text>')
    return parts

"""Colours a person can read: contrast as WCAG 2.2 defines it, and the nearest colour that reaches it.

Pure functions on `#rrggbb` strings. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
"""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from essaim.kit.errors import Refusal, gettext_noop

Rgb = tuple[int, int, int]


class ColourUnreadable(Refusal):
    cause = gettext_noop("“%(typed)s” is not a colour.")
    remedy = gettext_noop("Write it as # and six figures or letters, for example #f0a500.")


def parse(colour: str) -> Rgb:
    """The three channels, 0 to 255, of `#rgb` or `#rrggbb`."""
    text = colour.strip().removeprefix("#")
    if not re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", text):
        raise ColourUnreadable(typed=colour)
    if len(text) == 3:
        text = "".join(char * 2 for char in text)
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def write(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in parse(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` of `one` in `other`, channel by channel."""
    pairs = zip(parse(one), parse(other), strict=True)
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in pairs)
    return write((red, green, blue))


def readable_ink(background: str, *inks: str) -> str:
    """The first of `inks` that reads well on `background`, else whichever of black and white reads best."""
    for ink in inks:
        if contrast(ink, background) >= 4.5:
            return ink
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, background))


@lru_cache(maxsize=512)
def adjust(colour: str, backgrounds: tuple[str, ...], ratio: float = 4.5) -> str:
    """The nearest shade of `colour` that stands out by `ratio` from every background.

    Darkens on light grounds and lightens on dark ones, one percent at a time; hue and saturation stay. Grounds
    lie all on one side, and reach `ratio` against that end: true of paper and night.
    """
    end = 0.0 if min(map(luminance, backgrounds)) > 0.18 else 1.0
    red, green, blue = parse(colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    for step in range(101):
        level = lightness + (end - lightness) * step / 100
        shade = _from_hls(hue, level, saturation) if step else write((red, green, blue))
        if all(contrast(shade, ground) >= ratio for ground in backgrounds):
            return shade
    return _from_hls(hue, end, 0.0)


def _from_hls(hue: float, lightness: float, saturation: float) -> str:
    red, green, blue = (round(channel * 255) for channel in colorsys.hls_to_rgb(hue, lightness, saturation))
    return write((red, green, blue))

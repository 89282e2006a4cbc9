"""The house's own typefaces, for what is drawn outside the browser: papers and cards."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import ImageFont

SHAPING = {"GDEF", "GPOS", "GSUB"}  # no paper is laid out by them, and they are three quarters of the work of cutting
FACES = {"display": "fraunces.woff2", "text": "inter.woff2"}
_BARE = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "\u202f": "\u00a0"}
)


def path_of(face: str) -> str:
    """Where the typeface's file lies."""
    with as_file(files("essaim.kit").joinpath("static/kit/vendor", FACES[face])) as path:
        return str(path)


@lru_cache(maxsize=8)
def cut(face: str, weight: int) -> Path:
    """One weight of the variable typeface as a plain TrueType file; cutting it takes a while, so once per process."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path_of(face))
    for shaping in SHAPING & set(font.keys()):
        del font[shaping]
    places = {axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes}
    font = instantiateVariableFont(font, places)
    font.flavor = None
    path = Path(_workshop().name) / f"{face}-{weight}.ttf"
    font.save(path)
    return path


@lru_cache(maxsize=1)
def _workshop() -> TemporaryDirectory[str]:
    """A folder that goes with the process."""
    return TemporaryDirectory(prefix="essaim-letters-")


@lru_cache(maxsize=4)
def drawn(face: str) -> frozenset[int]:
    """The characters the typeface can draw."""
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(path_of(face), lazy=True).getBestCmap())


def legible(text: str, face: str = "text") -> str:
    """The text with each character the face cannot draw replaced by its nearest one: `Łukasz` as `Lukasz`."""
    known = drawn(face)
    return "".join(char if ord(char) in known else _nearest(char, known) for char in text if char not in "\r")


def _nearest(char: str, known: frozenset[int]) -> str:
    if char in "\n\t":
        return char
    bare = unicodedata.normalize("NFKD", char.translate(_BARE))
    kept = "".join(one for one in bare if ord(one) in known and not unicodedata.combining(one))
    return kept or "\u00b7"


@lru_cache(maxsize=32)
def font(face: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The typeface in a size and weight, for pictures."""
    found = ImageFont.truetype(path_of(face), size)
    axes = {b"Weight": weight, b"Optical Size": 72}
    places = [float(axes.get(axis["name"] or b"", axis["default"] or 0)) for axis in found.get_variation_axes()]
    found.set_variation_by_axes(places)
    return found


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int, most: int) -> Sequence[str]:
    """The words on at most `most` lines no wider than `width`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        elif not lines or len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = shortened(f"{lines[-1]} …", face, width)
            break
    return [shortened(line, face, width) for line in lines]


def shortened(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    """The line, cut until it fits."""
    while len(line) > 1 and face.getlength(line) > width:
        line = line.removesuffix("…").rstrip()[:-1] + "…"
    return line

"""Cards to show elsewhere: 1200 by 630 points in a camp's colours, drawn by the house, asked of nobody."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from essaim.kit.colour import readable_ink
from essaim.kit.lettering import font, legible, wrapped

SIZE = (1200, 630)
INK, PAPER = "#211a10", "#fffaf0"
EDGE = 80
WIDTH = SIZE[0] - 2 * EDGE - 200
LARGEST, SMALLEST = 132, 54


@dataclass(frozen=True)
class Card:
    """Translated words and a camp's colours. `words` is what stands large; `quoted` sets it as somebody's."""

    house: str
    campaign: str
    above: str
    words: str
    below: str
    colour: str
    second: str
    quoted: bool = False


def draw(card: Card) -> bytes:
    """The card as a PNG file."""
    ink = readable_ink(card.colour, INK, PAPER)
    image = Image.new("RGB", SIZE, card.colour)
    pen = ImageDraw.Draw(image)
    _stripes(pen, card.second, ink)
    pen.text((EDGE, 64), legible(card.campaign), font=font("text", 32, 650), fill=ink)
    pen.text((EDGE, 150), legible(card.above), font=font("text", 40, 450), fill=ink)
    _large(pen, card, ink)
    pen.text((EDGE, 486), legible(card.below), font=font("text", 40, 600), fill=ink)
    pen.text((EDGE, 556), legible(card.house), font=font("text", 28, 500), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _stripes(pen: ImageDraw.ImageDraw, second: str, ink: str) -> None:
    """A scarf over the right edge."""
    right, bottom = SIZE
    for place, wide in ((right - 190, 84), (right - 70, 30)):
        pen.polygon([(place, 0), (place + wide, 0), (place + wide - 60, bottom), (place - 60, bottom)], fill=second)


def _large(pen: ImageDraw.ImageDraw, card: Card, ink: str) -> None:
    """The words as large as they fit in the middle of the card."""
    text = legible(f"“{card.words}”" if card.quoted else card.words, "display")
    size = LARGEST
    while size > SMALLEST and not _fits(text, size):
        size -= 6
    face = font("display", size, 620)
    lines = wrapped(text, face, WIDTH, 4)
    for row, line in enumerate(lines):
        pen.text((EDGE, 206 + row * size * 1.08), line, font=face, fill=ink)


def _fits(text: str, size: int) -> bool:
    face = font("display", size, 620)
    lines = wrapped(text, face, WIDTH, 4)
    return len(lines) * size * 1.08 <= 262 and " ".join(lines) == " ".join(text.split())

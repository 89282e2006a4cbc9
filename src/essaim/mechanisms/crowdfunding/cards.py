"""The card a campaign is shared with: a picture of 1200 by 630 points, drawn by the house, asked of nobody."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from essaim.kit.colour import adjust
from essaim.kit.lettering import font, legible, wrapped

SIZE = (1200, 630)
INK, SOFT, PAPER, EMPTY = "#211a10", "#655843", "#fffaf0", "#f0e4cc"
EDGE = 80


@dataclass(frozen=True)
class Card:
    """Translated words, and how full the jar is (0 to 1)."""

    house: str
    title: str
    figure: str
    detail: str
    share: float
    main: str
    accent: str


def draw(card: Card) -> bytes:
    """The card as a PNG file."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 18), fill=card.main)
    pen.text((EDGE, 70), legible(card.house), font=font("text", 30, 650), fill=adjust(card.accent, (PAPER,)))
    for row, line in enumerate(
        wrapped(legible(card.title, "display"), font("display", 68, 650), SIZE[0] - 2 * EDGE, 3)
    ):
        pen.text((EDGE, 130 + row * 82), line, font=font("display", 68, 650), fill=INK)
    _gauge(pen, card)
    pen.text((EDGE, 480), legible(card.figure), font=font("text", 44, 700), fill=INK)
    pen.text((EDGE, 548), legible(card.detail), font=font("text", 30, 400), fill=SOFT)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _gauge(pen: ImageDraw.ImageDraw, card: Card) -> None:
    left, top, right, bottom = EDGE, 414, SIZE[0] - EDGE, 450
    pen.rounded_rectangle((left, top, right, bottom), radius=18, fill=EMPTY)
    end = left + round((right - left) * min(max(card.share, 0.0), 1.0))
    if end - left >= 36:
        pen.rounded_rectangle((left, top, end, bottom), radius=18, fill=card.main)

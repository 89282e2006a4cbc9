"""Papers a backer keeps: the certificate, and receipts. Plain PDF files in the house's own letters and colours.

Callers bring translated words; here they are only laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from essaim.kit.colour import adjust, parse

if TYPE_CHECKING:
    from essaim.mechanisms.crowdfunding.leaf import Leaf

INK, SOFT, PAPER = "#211a10", "#655843", "#fffaf0"


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is, in which language, and the three colours of the house."""

    house: str
    imprint: str
    language: str
    main: str
    accent: str
    at: datetime


@dataclass(frozen=True)
class Certificate:
    title: str
    to: str
    said: Sequence[str]
    """Sentences under the name."""
    engraved: Sequence[str]
    """Names as they are engraved, if any."""
    engraved_label: str
    signed: str


@dataclass(frozen=True)
class Receipt:
    title: str
    number: str
    to: Sequence[str]
    facts: Sequence[tuple[str, str]]
    lines: Sequence[tuple[str, str]]
    """What, and its amount as written."""
    total: tuple[str, str]
    notes: Sequence[str]


def certificate(head: Letterhead, words: Certificate) -> bytes:
    """One landscape page to hang on a wall."""
    from essaim.mechanisms.crowdfunding.leaf import Leaf  # see there

    sheet = Leaf(head, f"{words.title} – {words.to}", "landscape")
    sheet.set_auto_page_break(False)
    sheet.set_fill_color(*parse(PAPER))
    sheet.rect(0, 0, sheet.w, sheet.h, style="F")
    sheet.set_draw_color(*parse(head.main))
    sheet.set_line_width(1.6)
    sheet.rect(10, 10, sheet.w - 20, sheet.h - 20)
    sheet.set_y(30)
    sheet.colour(adjust(head.accent, (PAPER,)))
    sheet.write_line(head.house, font="strong", size=13, align="C")
    sheet.ln(8)
    sheet.colour(INK)
    sheet.write_line(words.title, font="display", size=34, height=15, align="C")
    sheet.ln(6)
    sheet.write_line(words.to, font="display", size=26, height=12, align="C")
    sheet.ln(6)
    for sentence in words.said:
        sheet.write_line(sentence, size=13, height=7, align="C")
    _engraved(sheet, words)
    sheet.set_y(sheet.h - 34)
    sheet.colour(SOFT)
    sheet.write_line(words.signed, size=10, align="C")
    return bytes(sheet.output())


def _engraved(sheet: Leaf, words: Certificate) -> None:
    if not words.engraved:
        return
    sheet.ln(4)
    sheet.colour(SOFT)
    sheet.write_line(words.engraved_label, size=10, align="C")
    sheet.colour(INK)
    for name in words.engraved[:3]:
        sheet.write_line(name, font="display", size=17, height=9, align="C")


def receipt(head: Letterhead, words: Receipt) -> bytes:
    """A letter with figures, on as many pages as it takes."""
    from essaim.mechanisms.crowdfunding.leaf import Leaf

    sheet = Leaf(head, words.title)
    sheet.colour(adjust(head.accent, ("#ffffff",)))
    sheet.write_line(head.house, font="strong", size=13)
    sheet.colour(SOFT)
    for line in head.imprint.splitlines():
        sheet.write_line(line, size=9, height=4.6)
    sheet.ln(8)
    sheet.colour(INK)
    sheet.write_line(words.title, font="display", size=22, height=10)
    sheet.colour(SOFT)
    sheet.write_line(words.number, size=10)
    sheet.ln(4)
    sheet.colour(INK)
    for line in words.to:
        sheet.write_line(line)
    sheet.ln(4)
    for label, value in words.facts:
        sheet.pair(label, value)
    _figures(sheet, words)
    sheet.colour(SOFT)
    for note in words.notes:
        sheet.write_line(note, size=9, height=4.8)
        sheet.ln(1.5)
    return bytes(sheet.output())


def _figures(sheet: Leaf, words: Receipt) -> None:
    if not words.lines:
        sheet.rule()
        return
    sheet.rule()
    for label, value in words.lines:
        sheet.pair(label, value)
    sheet.rule()
    sheet.pair(*words.total, font="strong")
    sheet.ln(6)

"""Papers a backer keeps: the certificate, and receipts. Plain PDF files in the house's own letters and colours.

Callers bring translated words; here they are only laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from essaim.kit.colour import adjust, parse
from essaim.mechanisms.crowdfunding.lettering import cut, legible

INK, SOFT, PAPER, LINE = "#211a10", "#655843", "#fffaf0", "#e8dcc5"
MARGIN = 22
FONTS = {"text": ("text", 400), "strong": ("text", 650), "display": ("display", 650)}


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


class _Sheet(FPDF):
    def __init__(self, head: Letterhead, title: str, orientation: str = "portrait") -> None:
        super().__init__(orientation=orientation, format="A4")
        self.head = head
        self.set_title(title)
        self.set_author(head.house)
        self.set_lang(head.language)
        self.set_creation_date(head.at)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        for name, (face, weight) in FONTS.items():
            self.add_font(name, fname=cut(face, weight))
        self.add_page()

    def colour(self, colour: str) -> None:
        self.set_text_color(*parse(colour))

    def write_line(
        self, text: str, *, font: str = "text", size: float = 11, height: float = 6, align: str = "L"
    ) -> None:
        face = "display" if font == "display" else "text"
        self.set_font(font, size=size)
        self.multi_cell(0, height, legible(text, face), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def pair(self, left: str, right: str, *, font: str = "text") -> None:
        """A line with its figure at the right end; long words on the left wrap."""
        self.set_font(font, size=11)
        top, width = self.get_y(), self.epw
        self.multi_cell(width * 0.7, 6, legible(left), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        bottom = self.get_y()
        if bottom < top:  # the words began a new page
            top = self.t_margin
        self.set_xy(self.l_margin + width * 0.7, top)
        self.cell(width * 0.3, 6, legible(right), align="R")
        self.set_xy(self.l_margin, bottom)

    def rule(self) -> None:
        self.set_draw_color(*parse(LINE))
        self.set_line_width(0.3)
        self.line(self.l_margin, self.get_y() + 1.5, self.l_margin + self.epw, self.get_y() + 1.5)
        self.ln(4)


def certificate(head: Letterhead, words: Certificate) -> bytes:
    """One landscape page to hang on a wall."""
    sheet = _Sheet(head, f"{words.title} – {words.to}", "landscape")
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


def _engraved(sheet: _Sheet, words: Certificate) -> None:
    if not words.engraved:
        return
    sheet.ln(4)
    sheet.colour(SOFT)
    sheet.write_line(words.engraved_label, size=10, align="C")
    sheet.colour(INK)
    for name in words.engraved[:3]:
        sheet.write_line(f"« {name} »", font="display", size=17, height=9, align="C")


def receipt(head: Letterhead, words: Receipt) -> bytes:
    """A letter with figures, on as many pages as it takes."""
    sheet = _Sheet(head, words.title)
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


def _figures(sheet: _Sheet, words: Receipt) -> None:
    if not words.lines:
        sheet.rule()
        return
    sheet.rule()
    for label, value in words.lines:
        sheet.pair(label, value)
    sheet.rule()
    sheet.pair(*words.total, font="strong")
    sheet.ln(6)

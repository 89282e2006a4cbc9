"""A page of a paper. Imported when one is asked for: the PDF library would cost every start of the house a second."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from essaim.kit.colour import parse
from essaim.kit.lettering import cut, legible
from essaim.mechanisms.crowdfunding.papers import Letterhead

LINE = "#e8dcc5"
MARGIN = 22
FONTS = {"text": ("text", 400), "strong": ("text", 650), "display": ("display", 650)}


class Leaf(FPDF):
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

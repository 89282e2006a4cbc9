"""Letters are written once, as text; their HTML is the same text, with its addresses and codes made easy to use."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://\S+")
CODE = re.compile(r"[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8})*")


@dataclass(frozen=True)
class Paragraph:
    """`kind` is `link` (the whole paragraph is an address), `code`, or `text`."""

    text: str
    kind: str = "text"


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a letter, separated by empty lines."""
    return [_paragraph(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _paragraph(text: str) -> Paragraph:
    if ADDRESS.fullmatch(text):
        return Paragraph(text, "link")
    if CODE.fullmatch(text) and any(char.isdigit() or char == "-" for char in text):
        return Paragraph(text, "code")
    return Paragraph(text)

"""What a platform sends as HTML becomes plain text. Pure; what comes out is text and never shown as HTML."""

from __future__ import annotations

import re
from html import unescape

_SILENT = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"<(aside|blockquote)\b[^>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|blockquote|aside|pre|h[1-6]|tr|table|hr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*\n\s*")


def plain(html: str, *, quotes: bool = True) -> str:
    """The words of `html`, paragraphs apart by an empty line; without quoted blocks when `quotes` is false, so that
    nobody is said to have said what he only cites."""
    text = _SILENT.sub(" ", html)
    while not quotes and (shorter := _QUOTED.sub("\n\n", text)) != text:
        text = shorter
    text = _BLOCK.sub("\n\n", _BREAK.sub("\n", text.replace("\r", "")))
    text = _SPACES.sub(" ", unescape(_TAG.sub("", text)))
    return _LINES.sub("\n\n", text).strip()

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


MOST_WORDS = 20_000
_KEPT = frozenset({"p", "div", "br", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
_DROPPED = frozenset({"script", "style", "head", "noscript", "template"})


def words(html: str, most: int = MOST_WORDS) -> str:
    """`plain` for anybody's markup, however broken or spiteful: read by a real parser first, in linear time."""
    import nh3

    clean = nh3.clean(html[: most * 20], tags=set(_KEPT), clean_content_tags=set(_DROPPED), attributes={})
    return plain(clean).replace("\0", "")[:most]

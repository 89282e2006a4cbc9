"""What members write becomes safe HTML: a small subset of Markdown, links marked, nothing that runs.

Mentions, pictures of the house and the like are the caller's business.
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
KEPT = 2_000
"""Texts whose HTML and words each process remembers: the same few are read again and again."""

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_parser.disable("image")


@lru_cache(maxsize=KEPT)
def render(text: str) -> SafeString:
    """Safe HTML for `text`. Headings start at the third level, for a page already has the first two."""
    tokens = _parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener")
    return mark_safe(clean)


@lru_cache(maxsize=KEPT)
def plain(text: str) -> str:
    """The words alone, for excerpts, feeds and mail subjects."""
    words: list[str] = []
    for token in _parser.parse(text):
        for child in token.children or [token]:
            if child.type in ("text", "code_inline", "fence", "code_block"):
                words.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                words.append(" ")
        words.append(" ")
    return " ".join("".join(words).split())

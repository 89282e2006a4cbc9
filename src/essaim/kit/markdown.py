"""What members write becomes safe HTML: a small subset of Markdown, links marked, nothing that runs.

A text shows pictures its caller hands over, by their key: `![what it shows](picture:KEY "A caption")`. Pictures from
anywhere else are never shown, only their words. Mentions and the like are the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
KEPT = 2_000
"""Texts whose HTML and words each process remembers: the same few are read again and again."""

SCHEME = "picture:"
PICTURE_TAGS = {"figcaption", "figure", "img"}
PICTURE_ATTRIBUTES = {"img": {"alt", "height", "loading", "src", "width"}}

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture a text may show: its key in the text, where it is served, what it shows in words, its size."""

    key: str
    url: str
    alt: str
    width: int
    height: int


@lru_cache(maxsize=KEPT)
def render(text: str, pictures: tuple[Shown, ...] = ()) -> SafeString:
    """Safe HTML for `text`. Headings start at the third level, for a page already has the first two."""
    tokens = _parser.parse(text)
    known = {picture.key: picture for picture in pictures}
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
        if token.children and _show(token, known):
            _frame(tokens[place - 1 : place + 2])
    html = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS | PICTURE_TAGS if pictures else TAGS,
            attributes=ATTRIBUTES | PICTURE_ATTRIBUTES if pictures else ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="nofollow ugc noopener",
        )
    )


def _show(inline: Token, known: Mapping[str, Shown]) -> bool:
    """Each picture known is shown, of each other one its words stay. True when a picture stands alone."""
    alone = len(inline.children or ()) == 1
    inline.children = [part for token in inline.children or () for part in _shown(token, known, alone)]
    return alone and inline.children[0].type == "image"


def _shown(token: Token, known: Mapping[str, Shown], alone: bool) -> Iterable[Token]:
    if token.type != "image":
        return [token]
    picture = known.get(str(token.attrs.get("src", "")).removeprefix(SCHEME))
    words = token.content or (picture.alt if picture else "")
    if picture is None:
        return [Token("text", "", 0, content=words)]
    caption = str(token.attrs.get("title", ""))
    size = {"width": picture.width, "height": picture.height}
    token.attrs = {"src": picture.url, "alt": "", **size, "loading": "lazy"}
    token.children = [Token("text", "", 0, content=words)]
    return [token, *_caption(caption)] if alone and caption else [token]


def _caption(words: str) -> list[Token]:
    opened, closed = Token("figcaption_open", "figcaption", 1), Token("figcaption_close", "figcaption", -1)
    return [opened, Token("text", "", 0, content=words), closed]


def _frame(paragraph: list[Token]) -> None:
    """The paragraph around a picture that stands alone is a figure."""
    for token in paragraph:
        if token.type in ("paragraph_open", "paragraph_close"):
            token.tag = "figure"


@lru_cache(maxsize=KEPT)
def plain(text: str) -> str:
    """The words alone, for excerpts, feeds and mail subjects."""
    words: list[str] = []
    for token in _parser.parse(text):
        for child in token.children or [token]:
            if child.type in ("text", "code_inline", "fence", "code_block", "image"):
                words.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                words.append(" ")
        words.append(" ")
    return " ".join("".join(words).split())

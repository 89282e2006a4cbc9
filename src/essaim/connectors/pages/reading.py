"""A page read into posts: its article, and the comments below it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from essaim.connectors.pages.domain import NoIndex, NotAPage, NoText, meta_refuses
from essaim.kit.errors import gettext_noop as _
from essaim.listening.bylines import WEB, byline
from essaim.listening.plain import words
from essaim.listening.post import Author, Post, Refused, Tie

MOST_COMMENTS = 2_000
LEAST_CHARACTERS = 40
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
WORDLESS = _("The comment has no text.")
# How the programs that run most blogs mark a comment, and schema.org and microformats.
COMMENT = (
    "//*[(self::li or self::div or self::article) and starts-with(@id, 'comment-') and contains(@class, 'comment')]"
    " | //*[contains(@itemtype, 'schema.org/Comment') or contains(@itemtype, 'schema.org/UserComments')]"
    " | //*[contains(concat(' ', @class, ' '), ' u-comment ')]"
)
MODIFIED = (
    "//meta[@property='article:modified_time']/@content | //meta[@itemprop='dateModified']/@content"
    " | //time[@itemprop='dateModified']/@datetime"
)
LINKED = "//script[@type='application/ld+json']/text()"
LINKED_MODIFIED = r'"dateModified"\s*:\s*"([^"]{8,40})"'
SAID = "comment-content", "comment-text", "comment_text", "comment-body", "e-content", "p-content"
SIGNED = "fn", "comment-author", "p-author", "author"


def read_page(body: bytes, url: str, now: datetime) -> tuple[list[Post], list[Refused]]:
    """The article first. Raises NotAPage, NoIndex and NoText."""
    tree = _tree(body)
    if meta_refuses([(meta.get("name") or "", meta.get("content") or "") for meta in tree.iter("meta")]):
        raise NoIndex()
    language = (tree.get("lang") or "")[:2].lower()
    article, blob = _article(body, url, language, now)
    article = article and replace(article, edited=_modified(tree, now))
    base = article.url if article else url
    comments, refused = _comments(tree, base, language, now)
    if not comments:
        comments = list(_unsigned(blob, base, language, now))
    if article is None and not comments:
        raise NoText()
    return [*([article] if article else []), *comments], refused


def _tree(body: bytes) -> Any:
    from lxml import etree, html

    if not re.search(rb"<(?:html|head|body|article|div|p)\b", body[:50_000], re.IGNORECASE):
        raise NotAPage()
    charset = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", body[:4096], re.IGNORECASE)
    named = charset[1].decode("ascii") if charset else "utf-8"
    try:
        text = body.decode(named)
    except (UnicodeDecodeError, LookupError):
        text = body.decode("utf-8", "replace")
    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", ""))
    except (etree.ParserError, ValueError) as error:
        raise NotAPage() from error


def _article(body: bytes, url: str, language: str, now: datetime) -> tuple[Post | None, str]:
    """(the article, the words of the comments in one piece)."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(body, url=url, include_comments=True, with_metadata=True)
    if found is None:
        return None, ""
    text, title = words(found.text or ""), words(found.title or "", 500)
    text = text.removeprefix(title).strip() or text
    if len(text) < LEAST_CHARACTERS:
        return None, found.comments or ""
    at = _canonical(found.url or "", url)
    post = Post(
        platform=WEB,
        external_id=at,
        author=byline(found.author or "", "", at),
        text=text,
        published=_moment(found.date or "", now),
        url=at,
        title=title,
        language=language,
        tags=tuple(str(tag)[:100] for tag in (found.tags or ())[:20]),
    )
    return post, found.comments or ""


def _canonical(named: str, url: str) -> str:
    """The page's own name for itself, as long as it stays on its site."""
    made = urljoin(url, named) if named else url
    return made if urlsplit(made).hostname == urlsplit(url).hostname and len(made) <= 2000 else url


def _comments(tree: Any, page: str, language: str, now: datetime) -> tuple[list[Post], list[Refused]]:
    posts: list[Post] = []
    refused: list[Refused] = []
    marked = tree.xpath(COMMENT)[:MOST_COMMENTS]
    within = set(marked)
    for number, element in enumerate(marked, 1):
        said = _own(element, within, SAID, "text")
        text = words(_markup(said)) if said is not None else ""
        if not text:
            refused.append(Refused(element.get("id") or f"#{number}", WORDLESS))
            continue
        posts.append(_comment(element, within, text, page, language, now))
    return posts, refused


def _comment(element: Any, within: set[Any], text: str, page: str, language: str, now: datetime) -> Post:
    above = next((each for each in element.iterancestors() if each in within), None)
    when = next((each.get("datetime") for each in _inside(element, within) if each.get("datetime")), "")
    signed = _own(element, within, SIGNED, "author")
    return Post(
        platform=WEB,
        external_id=_name(element, page, text),
        author=_author(signed, page),
        text=text,
        published=_moment(when, now),
        url=_name(element, page, text),
        tie=Tie.REPLY,
        parent=_name(above, page, "") if above is not None and above.get("id") else page,
        language=language,
    )


def _name(element: Any, page: str, text: str) -> str:
    """A fragment of the page is an address of its own only with something before the mark that differs."""
    mark = element.get("id") or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    return f"{page}{'&' if '?' in page else '?'}comment={mark}"


def _author(signed: Any, page: str) -> Author | None:
    if signed is None:
        return None
    link = next((each.get("href") for each in signed.iter("a") if each.get("href")), "")
    name = " ".join("".join(signed.itertext()).split())
    return byline(re.sub(r"\s*(says|dit|a dit)\s*:?$", "", name), urljoin(page, link) if link else "", page)


def _inside(element: Any, within: set[Any]) -> Iterator[Any]:
    """What belongs to this comment, the comments below it left out."""
    for child in element:
        if child not in within and isinstance(child.tag, str):
            yield child
            yield from _inside(child, within)


def _own(element: Any, within: set[Any], classes: tuple[str, ...], itemprop: str) -> Any:
    """The first part with one of these classes, in their order; or with this property."""
    parts = list(_inside(element, within))
    for name in classes:
        for part in parts:
            if name in (part.get("class") or "").split():
                return part
    return next((part for part in parts if part.get("itemprop") == itemprop), None)


def _markup(element: Any) -> str:
    from lxml import html

    return str(html.tostring(element, encoding="unicode", with_tail=False))


def _unsigned(blob: str, page: str, language: str, now: datetime) -> Iterator[Post]:
    """Comments on a page that does not mark them: a paragraph each, by nobody in particular."""
    for line in blob.splitlines()[:MOST_COMMENTS]:
        text = words(line)
        if len(text) >= LEAST_CHARACTERS // 2:
            name = hashlib.sha256(f"{page}\n{text}".encode("utf-8", "replace")).hexdigest()[:32]
            yield Post(
                WEB,
                f"comment:{name}",
                None,
                text,
                now,
                tie=Tie.REPLY,
                parent=page,
                language=language,
            )


def _modified(tree: Any, now: datetime) -> datetime | None:
    """When the page says its article was last changed: for other programs, or in the words of schema.org."""
    told = [*tree.xpath(MODIFIED), *re.findall(LINKED_MODIFIED, " ".join(tree.xpath(LINKED)))]
    return max(filter(None, (_told(each, now) for each in told)), default=None)


def _moment(text: str, now: datetime) -> datetime:
    """When it says it was published; now, when it does not say or cannot be right."""
    return _told(text, now) or now


def _told(text: str, now: datetime) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment, now) if moment >= OLDEST else None

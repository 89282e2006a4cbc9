"""Reading ActivityStreams 2.0 (W3C Recommendation, 2017) as servers and archives of the fediverse write it.

Pure: decoded JSON in, posts out. Only what is addressed to the public is read; what was deleted or undone comes as
gone. A post is known by the page it is read on, so that it is one post whichever server told us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from essaim.kit.errors import gettext_noop as _
from essaim.listening.plain import plain
from essaim.listening.post import Author, Post, Refused, Tie

PLATFORM = "fediverse"
PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
WRITINGS = {"Note", "Article", "Page", "Question", "Video", "Audio", "Event", "Image"}
NO_DATE = _("The date is missing or cannot be read.")
NO_NAME = _("It has no address to be known by.")
Json = Mapping[str, Any]

_STATUS = re.compile(r"^(https?://[^/]+)/users/([^/]+)/statuses/(\d+)(?:/activity)?$")
_PERSON = re.compile(r"^https?://([^/]+)/(?:users/|@|u/|profile/|accounts/|author/)([^/@?#]+)/?$")


def posts(items: Sequence[Any], *, place: str = "") -> Iterator[Post | Refused]:
    """The posts of activities or bare objects, in their order. What is not public or no post is passed over."""
    for number, item in enumerate(items, start=1):
        if isinstance(item, Mapping):
            try:
                yield from _read(item)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                reason = error.args[0] if error.args and error.args[0] in (NO_DATE, NO_NAME) else NO_DATE
                yield Refused(f"{place}#{number}", reason)


def items(document: Any) -> list[Any]:
    """What a collection or one page of it holds; a bare list or object is its own content."""
    if isinstance(document, list):
        return document
    held = document.get("orderedItems", document.get("items"))
    if held is None:
        return [] if str(document.get("type", "")).endswith(("Collection", "CollectionPage")) else [document]
    return held if isinstance(held, list) else [held]


def handle(actor: Any) -> str:
    """`name@host` where the actor's address tells it, the address itself where it does not."""
    url = identity(actor)
    found = _PERSON.match(url)
    return f"{unquote(found[2])}@{found[1]}".lower() if found else url


def identity(thing: Any) -> str:
    if isinstance(thing, list):
        thing = thing[0] if thing else ""
    return str(thing.get("id") or thing.get("href") or "") if isinstance(thing, Mapping) else str(thing or "")


def address(uri: str) -> str:
    """The page of a post whose name is a Mastodon address; any other is its own."""
    found = _STATUS.match(uri)
    return f"{found[1]}/@{found[2]}/{found[3]}" if found else uri


def _read(item: Json) -> Iterator[Post]:
    kind = item.get("type")
    if kind in ("Create", "Update") and isinstance(item.get("object"), Mapping):
        yield from _written(item["object"], item)
    elif kind in WRITINGS:
        yield from _written(item, item)
    elif kind in ("Announce", "Like") and _public(item, unsaid=kind == "Like"):
        yield _reaction(item, Tie.REPOST if kind == "Announce" else Tie.LIKE)
    elif kind in ("Delete", "Undo"):
        yield _gone(item)


def _written(note: Json, activity: Json) -> Iterator[Post]:
    if note.get("type") not in WRITINGS or not (_public(note) or _public(activity)):
        return
    page = _page(note) or address(identity(note))
    if not page:
        raise ValueError(NO_NAME)
    quoted = address(str(note.get("quote") or note.get("quoteUri") or note.get("quoteUrl") or ""))
    answered = address(identity(note.get("inReplyTo")))
    tags = [tag for tag in _list(note.get("tag")) if isinstance(tag, Mapping)]
    yield Post(
        platform=PLATFORM,
        external_id=address(identity(note)) or page,
        author=_author(note.get("attributedTo") or activity.get("actor")),
        title=plain(str(note.get("name") or "")),
        text=_text(note),
        published=_moment(note.get("published") or activity.get("published")),
        url=page,
        tie=Tie.REPLY if answered else Tie.QUOTE if quoted else Tie.POST,
        parent=answered or quoted,
        names=tuple(_mentioned(tag) for tag in tags if tag.get("type") == "Mention"),
        language=_language(note),
        reactions=_count(note.get("likes")) + _count(note.get("shares")),
        tags=tuple(str(tag.get("name", "")).lstrip("#").lower() for tag in tags if tag.get("type") == "Hashtag"),
        edited=_edited(note, activity),
    )


def _edited(note: Json, activity: Json) -> datetime | None:
    """When its words were last changed: said by the note, or by the Update that brought it."""
    update = activity if activity.get("type") == "Update" else {}
    when = note.get("updated") or update.get("updated") or update.get("published")
    return _moment(when) if when else None


def _reaction(item: Json, tie: Tie) -> Post:
    return Post(
        platform=PLATFORM,
        external_id=identity(item),
        author=_author(item.get("actor")),
        text="",
        published=_moment(item.get("published")),
        tie=tie,
        parent=address(identity(item.get("object"))),
    )


def _gone(item: Json) -> Post:
    """A deletion names what is gone; an undone like or repost is gone itself."""
    gone = item.get("object")
    if not (name := identity(gone)):
        raise ValueError(NO_NAME)
    when = item.get("published") or (gone.get("deleted") if isinstance(gone, Mapping) else None)
    at = _moment(when) if when else datetime.fromtimestamp(0, UTC)
    return Post(PLATFORM, address(name), None, "", at, gone=True)


def _public(thing: Json, *, unsaid: bool = False) -> bool:
    addressed = {identity(to) for field in ("to", "cc") for to in _list(thing.get(field))}
    return bool(addressed & PUBLIC) or (unsaid and not addressed)


def _author(actor: Any) -> Author | None:
    if not (name := handle(actor)):
        return None
    shown = str(actor.get("name") or "") if isinstance(actor, Mapping) else ""
    return Author(name, shown, identity(actor))


def _mentioned(tag: Json) -> str:
    """`@name@host` as it is written, or what the address says."""
    name = str(tag.get("name") or "").lstrip("@").lower()
    return name if "@" in name else handle(tag.get("href"))


def _text(note: Json) -> str:
    warned, said = plain(str(note.get("summary") or "")), plain(_words(note))
    return f"{warned}\n\n{said}".strip()


def _words(note: Json) -> str:
    if "content" in note:
        return str(note["content"] or "")
    return next((str(text) for text in (note.get("contentMap") or {}).values()), "")


def _language(note: Json) -> str:
    languages = list(note.get("contentMap") or ())
    return str(languages[0])[:2].lower() if len(languages) == 1 else ""


def _page(note: Json) -> str:
    links = [link for link in _list(note.get("url")) if link]
    pages = [link for link in links if not isinstance(link, Mapping) or "html" in link.get("mediaType", "html")]
    page = address(identity(pages[0])) if pages else ""
    return page if urlsplit(page).scheme in ("http", "https") else ""


def _count(collection: Any) -> int:
    return int(collection.get("totalItems") or 0) if isinstance(collection, Mapping) else 0


def _moment(written: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        raise ValueError(NO_DATE) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]

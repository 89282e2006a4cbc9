"""A letter becomes a post: what its author wrote himself, without quotations, signature and anybody's address.

Pure but for the key that hides addresses, which is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime

from essaim.kit.errors import gettext_noop as _
from essaim.listening.plain import plain
from essaim.listening.post import Author, Post, Tie

PLATFORM = "mail"
NO_DATE = _("The letter bears no date that can be read.")
NO_NUMBER = _("The letter has no Message-ID.")
EMPTY = _("The letter holds no words of its own.")
_ID = re.compile(r"<([^<>\s]+)>")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ANSWER = re.compile(r"^(?:\s*(?:re|aw|sv|rép|fwd?|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"^\s*(?:(?:on|le|am|el|il)\b.{4,200}?(?:wrote|a écrit|schrieb|escribió|ha scritto)\s*:"
    r"|-{2,}\s*(?:original message|message d.origine|forwarded message|message transféré).*"
    r"|_{20,})\s*$",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS = re.compile(r"^\s*(?:from|de|von)\s*:.*\n\s*(?:sent|envoyé|date|gesendet|to|à)\s*:", re.IGNORECASE)
_SIGNATURE = re.compile(r"^(?:-- ?|—|(?:sent from|envoyé de(?:puis)?) (?:my|mon|ma)\b.*)$", re.IGNORECASE)
Hide = Callable[[str], str]


class NotALetter(ValueError):
    """The reason is its argument, a text of the catalogue."""


def post(letter: Message, hide: Hide) -> Post:
    """Raises NotALetter. `hide` turns an address into a name that leads nowhere and is always the same."""
    number = _first(letter.get("Message-ID"))
    if not number:
        raise NotALetter(NO_NUMBER)
    words = own_words(_body(letter))
    if not words:
        raise NotALetter(EMPTY)
    sender = parseaddr(str(letter.get("From", "")))[1].lower()
    addressed = getaddresses([str(value) for value in (*letter.get_all("To", ()), *letter.get_all("Cc", ()))])
    parent = _first(letter.get("In-Reply-To")) or _last(letter.get("References"))
    return Post(
        platform=PLATFORM,
        external_id=number,
        author=Author(hide(sender)) if sender else None,
        title=without_addresses(_ANSWER.sub("", _decoded(letter.get("Subject", "")))).strip(),
        text=without_addresses(words),
        published=_date(letter),
        tie=Tie.REPLY if parent else Tie.POST,
        parent=parent,
        names=tuple(hide(address.lower()) for _name, address in addressed if "@" in address),
    )


def own_words(text: str) -> str:
    """What the author added: nothing quoted, nothing below the signature. A quotation that is announced but not
    marked line by line has no end one could see: all below it goes."""
    lines = text.replace("\r\n", "\n").split("\n")
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line, two = lines[place], "\n".join(lines[place : place + 2])
        announced = 1 if _INTRODUCES.match(line) else 2 if _INTRODUCES.match(two) else 0
        marked = any(below.lstrip().startswith(">") for below in lines[place + announced : place + announced + 3])
        if _SIGNATURE.match(line) or _HEADERS.match(two) or (announced and not marked):
            break
        if not announced and not line.lstrip().startswith(">"):
            kept.append(line)
        place += announced or 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def without_addresses(text: str) -> str:
    return _ADDRESS.sub("…@…", text)


def _body(letter: Message) -> str:
    """The plain part, or the HTML read as text. Attachments are never opened."""
    parts = [part for part in letter.walk() if not part.is_multipart() and part.get_filename() is None]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind:
                raw = part.get_payload(decode=True)
                words = _text(raw if isinstance(raw, bytes) else b"", part.get_content_charset() or "utf-8")
                return words if kind == "text/plain" else plain(words, quotes=False)
    return ""


def _text(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, "replace").replace("\0", "")
    except LookupError:
        return raw.decode("utf-8", "replace").replace("\0", "")


def _decoded(header: object) -> str:
    try:
        return str(make_header(decode_header(str(header))))
    except (ValueError, LookupError):
        return str(header)


def _date(letter: Message) -> datetime:
    try:
        at = parsedate_to_datetime(str(letter.get("Date", "")))
    except (TypeError, ValueError):
        raise NotALetter(NO_DATE) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _first(header: object) -> str:
    found = _ID.findall(str(header or ""))
    return found[0] if found else ""


def _last(header: object) -> str:
    found = _ID.findall(str(header or ""))
    return found[-1] if found else ""

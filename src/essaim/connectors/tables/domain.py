"""Which column says what: guessing it by the header and by what stands below, and reading rows with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from essaim.connectors.tables import dates
from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.kit.text import sort_key
from essaim.listening.post import Author, Post, Refused, Tie

FIELDS = ("text", "published", "id", "author", "url", "title", "parent", "language", "reactions", "reach", "tags")
HEADERS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "texte", "message", "content", "contenu", "body", "corps", "comment", "commentaire", "tweet",
             "full text", "avis", "review", "post", "title", "titre", "verbatim", "cooked", "description"),
    "published": ("created at", "date", "published", "published at", "created", "timestamp", "time", "datetime",
                  "tweet created", "publie le", "date de publication", "heure", "horodatage", "created utc", "jour"),
    "id": ("id", "tweet id", "id str", "identifiant", "post id", "comment id", "message id", "uid", "uuid", "numero"),
    "author": ("author", "auteur", "user", "username", "screen name", "handle", "name", "pseudo", "utilisateur",
               "nom", "user name", "user screen name", "by", "login"),
    "url": ("url", "link", "lien", "permalink", "adresse", "href"),
    "title": ("title", "titre", "subject", "objet", "sujet", "headline"),
    "parent": ("parent", "parent id", "in reply to", "reply to", "in reply to status id", "in reply to id",
               "reponse a", "en reponse a"),
    "language": ("lang", "language", "langue", "lng"),
    "reactions": ("likes", "retweet count", "favorite count", "score", "points", "num points", "ups", "reactions",
                  "j aime", "partages", "shares", "like count"),
    "reach": ("reach", "views", "vues", "impressions", "portee", "followers", "audience", "view count"),
    "tags": ("tags", "hashtags", "etiquettes", "mots cles", "keywords"),
}  # fmt: skip
NO_TEXT = _("There is no text in its column.")
NO_DATE = _("There is no date in its column.")
BAD_DATE = _("The date cannot be read in the order chosen.")
BAD_COUNT = _("What should be a number is none.")
_HANDLE = re.compile(r"(?<![\w@.])@(\w+(?:@[\w.-]+\w)?)")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,6});")
_URL = re.compile(r"^https?://\S+$")


class MappingIncomplete(Refusal):
    cause = _("The mapping does not say which column holds the text and which the date.")
    remedy = _("Choose both; every other column may be left out.")


class ColumnMissing(Refusal):
    cause = _("The table has no column “%(column)s”, which the mapping asks for.")
    remedy = _("Choose another mapping, or make one for this table.")


class ZoneUnknown(Refusal):
    cause = _("There is no time zone “%(zone)s”.")
    remedy = _("Write it as Europe/Paris or UTC.")


@dataclass(frozen=True)
class Layout:
    """Columns by field, and how to read them. `labels` are columns kept beside the post for comparison; `address` is
    made into the post's page, its words in braces being columns; `handles` takes @names in the text as addressed."""

    columns: Mapping[str, str]
    platform: str = "table"
    labels: tuple[str, ...] = ()
    dates: str = "iso"
    zone: str = "UTC"
    address: str = ""
    handles: bool = False
    separator: str = ""
    encoding: str = ""

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Layout:
        return cls(**{**written, "labels": tuple(written.get("labels", ()))})

    def as_written(self) -> dict[str, Any]:
        return {**asdict(self), "labels": list(self.labels)}


def guess(rows: Sequence[Mapping[str, Any]]) -> Layout:
    """What the columns seem to hold. A header proposes, the content may refuse; a table without telling headers is
    read by its content alone: the column of moments, the longest words."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    looks = {name: _look([row.get(name) for row in rows]) for name in columns}
    chosen: dict[str, str] = {}
    for wanted in FIELDS:
        free = [name for name in columns if name not in chosen.values()]
        fits = [(_fit(wanted, name, looks[name]), -columns.index(name), name) for name in free]
        best = max(fits, default=(0.0, 0, ""))
        if best[0] > 0:
            chosen[wanted] = best[2]
    order = looks[chosen["published"]].order if "published" in chosen else "iso"
    labels = tuple(name for name in columns if name not in chosen.values() and looks[name].label)
    return Layout(
        chosen, labels=labels, dates=order, handles=bool("text" in chosen and looks[chosen["text"]].handles)
    )


@dataclass(frozen=True)
class _Look:
    """What a column looks like: shares of its filled cells, and the mean number of characters."""

    filled: float
    length: float
    words: float
    distinct: float
    number: float
    link: float
    moment: float
    order: str
    handles: float

    @property
    def label(self) -> bool:
        """Few values that come back, or numbers."""
        return (
            self.filled > 0 and self.moment < 0.8 and (self.distinct < 0.5 or self.number > 0.95) and self.words < 4
        )


def _look(values: Sequence[Any]) -> _Look:
    cells = [str(value).strip() for value in values if value is not None and str(value).strip()]
    count = max(1, len(cells))
    order, moment = dates.guessed_order([value for value in values if value is not None and str(value).strip()][:50])
    return _Look(
        filled=len(cells) / max(1, len(values)),
        length=sum(map(len, cells)) / count,
        words=sum(len(cell.split()) for cell in cells) / count,
        distinct=len(set(cells)) / count,
        number=sum(number_in(cell) is not None for cell in cells) / count,
        link=sum(bool(_URL.match(cell)) for cell in cells) / count,
        moment=moment if cells else 0.0,
        order=order,
        handles=sum(bool(_HANDLE.search(cell)) for cell in cells) / count,
    )


def _fit(wanted: str, name: str, look: _Look) -> float:
    """How well a column fits a field; 0 or less: not at all. A telling header counts 10, less when listed late."""
    known = HEADERS[wanted]
    plain = " ".join(re.findall(r"[a-z0-9]+", sort_key(name)))
    named = 10 - 0.1 * known.index(plain) if plain in known else 0.0
    if not look.filled:
        return 0.0
    suits, alone = _content(wanted, look)
    return named + alone if suits and (named or alone) else 0.0


def _content(wanted: str, look: _Look) -> tuple[bool, float]:
    """Whether the content may be this field, and how much it says so by itself."""
    spoken = look.link < 0.5 and look.moment < 0.8 and look.number < 0.8
    match wanted:
        case "text":
            return spoken, min(9.0, look.words / 2) if look.words > 3 else 0.0
        case "published":
            return look.moment >= 0.5, 5 * look.moment if look.moment >= 0.8 else 0.0
        case "id":
            return look.distinct > 0.95 and look.words < 1.5 and look.link < 0.5, 0.0
        case "author":
            return spoken and look.words < 4 and look.length < 60, 0.0
        case "url":
            return look.link > 0.8 and look.distinct > 0.98, 5 * look.link
        case "reactions" | "reach":
            return look.number > 0.9, 0.0
        case "language":
            return (look.length <= 12 and look.distinct < 0.5) or look.length <= 3, 0.0
        case "title":
            return spoken and look.words > 1, 0.0
        case _:
            return True, 0.0


def check(mapping: Layout, columns: Iterable[str]) -> None:
    """Raises MappingIncomplete, ColumnMissing or ZoneUnknown."""
    if not {"text", "published"} <= {name for name, column in mapping.columns.items() if column}:
        raise MappingIncomplete
    there = set(columns)
    for column in (*mapping.columns.values(), *mapping.labels):
        if column and column not in there:
            raise ColumnMissing(column=column)
    zone_of(mapping.zone)


def zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(zone=name) from None


class _Bad(ValueError):
    """A cell that cannot be read: its field, and the reason."""


def posts(
    rows: Iterable[tuple[int, Mapping[str, Any]] | Refused], mapping: Layout, name: str
) -> Iterator[Post | Refused]:
    """A post of each row. What is refused bears the line, the column and what stood there."""
    reads = dates.reader(mapping.dates, zone_of(mapping.zone))
    for row in rows:
        if isinstance(row, Refused):
            yield row
            continue
        try:
            yield _post(row[1], mapping, reads)
        except _Bad as bad:
            wanted, reason = bad.args
            column = mapping.columns[wanted]
            cell = " ".join(str(row[1].get(column) or "").split())[:60]
            yield Refused(f"{name}:{row[0]} {column}" + (f" = {cell}" if cell else ""), reason)


def _post(row: Mapping[str, Any], mapping: Layout, reads: dates.Reads) -> Post:
    columns = mapping.columns

    def cell(wanted: str) -> str:
        value = row.get(columns.get(wanted, ""))
        return "" if value is None else str(value).replace("\0", "").strip()

    text, author, parent = cell("text"), cell("author").lstrip("@"), cell("parent")
    if not text:
        raise _Bad("text", NO_TEXT)
    if not cell("published"):
        raise _Bad("published", NO_DATE)
    try:
        published = reads(row[columns["published"]])
    except (ValueError, OverflowError, OSError):
        raise _Bad("published", BAD_DATE) from None
    made = Post(
        platform=mapping.platform,
        external_id=cell("id"),
        author=Author(author.lower(), author) if author else None,
        text=unescape(text) if _ENTITY.search(text) else text,
        published=published,
        url=_address(mapping.address, row) if mapping.address else cell("url"),
        title=cell("title") if columns.get("title") != columns["text"] else "",
        tie=Tie.REPLY if parent else Tie.POST,
        parent=parent,
        names=tuple(dict.fromkeys(name.lower() for name in _HANDLE.findall(text))) if mapping.handles else (),
        language=cell("language")[:2].lower(),
        reactions=_number(cell("reactions"), "reactions") or 0,
        reach=_number(cell("reach"), "reach"),
        tags=tuple(tag.lower() for tag in re.split(r"[,;|\s#]+", cell("tags")) if tag),
        labels={label: value for label in mapping.labels if (value := _label(row.get(label))) is not None},
    )
    return made if made.external_id or made.url else replace(made, external_id=_fingerprint(made))


def _address(pattern: str, row: Mapping[str, Any]) -> str:
    return re.sub(r"\{([^{}]+)\}", lambda found: str(row.get(found[1], "")), pattern)


def _fingerprint(post: Post) -> str:
    """A post without name or address is known by what it says, who says it and when."""
    said = f"{post.author and post.author.handle}\0{post.published.isoformat()}\0{post.text}"
    return blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _number(cell: str, wanted: str) -> int | None:
    if not cell:
        return None
    count = number_in(cell)
    if count is None:
        raise _Bad(wanted, BAD_COUNT)
    return round(count)


def number_in(cell: str) -> float | None:
    """`1 234,5`, `1,234.5`, `12 %`: the last of two different signs is the decimal one. None when it is no number."""
    bare = re.sub(r"[\s\u00a0\u202f%]", "", cell)
    if "," in bare and "." in bare:
        bare = bare.replace("," if bare.rindex(",") < bare.rindex(".") else ".", "")
    elif bare.count(",") > 1 or re.fullmatch(r"-?[1-9]\d{0,2}(?:,\d{3})+", bare):
        bare = bare.replace(",", "")
    try:
        found = float(bare.replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None


def _label(value: Any) -> str | int | float | None:
    """Numbers as numbers, all else as text; nothing for an empty cell."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None if value is None else str(value)[:200]
    if isinstance(value, str):
        value = value.strip()
        if not value:
            return None
        count = number_in(value) if re.fullmatch(r"-?\d+(?:[.,]\d+)?", value) else None
        return value[:200] if count is None else int(count) if count == int(count) and value.isdigit() else count
    return value

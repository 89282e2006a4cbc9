"""Text as it is sorted, addressed and shortened. Pure functions, no locale needed."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})


def sort_key(text: str) -> str:
    """Unaccented lower-case key, to be stored and sorted by bytes: `Été` and `ete` sort together."""
    if text.isascii():  # nothing to fold, and most of what is heard
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES))
    bare = "".join(char for char in folded if char.isascii() or not unicodedata.combining(char))
    return re.sub(r"\s+", " ", bare).strip()


def slugify(text: str, *, limit: int = 60, empty: str = "x") -> str:
    """Lower-case ASCII words joined by hyphens, cut between words at `limit` characters."""
    slug = re.sub(r"[^a-z0-9]+", "-", sort_key(text)).strip("-")
    if len(slug) > limit:
        cut = slug[: limit + 1].rfind("-")
        slug = slug[: cut if cut > limit // 2 else limit].strip("-")
    return slug or empty


def excerpt(text: str, limit: int = 160) -> str:
    """The first words of `text` on one line, with an ellipsis where it was cut."""
    line = re.sub(r"\s+", " ", text).strip()
    if len(line) <= limit:
        return line
    cut = line[:limit].rfind(" ")
    return line[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:.") + "…"


def initials(name: str) -> str:
    """Up to two letters that stand for a person when there is no picture."""
    words = [word for word in re.split(r"[\s\-_.]+", name) if word and word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "·"


def join_words(words: list[str], conjunction: str) -> str:
    """`a, b and c`, with the conjunction given."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"

"""What a handle may look like, and who is old enough. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _

HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
SHORTEST, LONGEST = 3, 30

RESERVED = frozenset(
    {
        "admin", "administrator", "administrateur", "administration", "moderator", "moderateur", "moderation",
        "owner", "proprietaire", "manager", "animateur", "designer", "treasurer", "tresorier", "analyst", "analyste",
        "staff", "team", "equipe", "support", "help", "aide", "contact", "abuse", "security", "securite", "legal",
        "official", "officiel", "house", "maison", "essaim", "system", "systeme", "root", "webmaster", "postmaster",
        "noreply", "everyone", "here", "me", "you", "anonymous", "anonyme", "deleted", "erased", "former",
    }
)  # fmt: skip

# Letters that a reader takes for one another, Latin look-alikes of other alphabets included
# (a small part of Unicode Technical Standard 39, confusables).
_LOOKALIKES = str.maketrans(
    {
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "|": "l", "!": "l", "$": "s",
        "@": "a", "ı": "i", "ɑ": "a", "ɡ": "g",
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s", "ј": "j", "ԁ": "d",
        "һ": "h", "к": "k", "м": "m", "в": "b", "н": "h", "т": "t",
        "α": "a", "ο": "o", "ρ": "p", "τ": "t", "ν": "v", "ι": "i", "κ": "k", "ε": "e", "ς": "s",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))


class HandleMalformed(Refusal):
    cause = _("“%(handle)s” cannot be a handle.")
    remedy = _(
        "Use 3 to 30 plain letters, digits, dots, hyphens or underscores; begin and end with a letter or digit."
    )


class HandleReserved(Refusal):
    cause = _("“%(handle)s” is kept for the team of the house, or looks too much like a name of the team.")
    remedy = _("Choose a handle that is your own.")


class TooYoung(Refusal):
    cause = _("This house is open from the age of %(age)s.")
    remedy = _("Come back when you are %(age)s, or ask a parent to take part.")


def skeleton(text: str) -> str:
    """What is left of a name when look-alike characters, accents, case and separators are ignored."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char)).translate(_LOOKALIKES)
    # `l`, `i` and `1` are one stroke.
    kept = "".join(char for char in bare if char.isalnum()).replace("i", "l")
    for pair, letter in _PAIRS:
        kept = kept.replace(pair, letter)
    return kept


_RESERVED_SKELETONS = frozenset(map(skeleton, RESERVED))


def check_handle(handle: str, staff: Collection[str] = ()) -> str:
    """The handle, if it may be taken. `staff` holds the skeletons of the team's handles and of the house's name.

    Raises HandleMalformed or HandleReserved.
    """
    if not (SHORTEST <= len(handle) <= LONGEST and HANDLE.fullmatch(handle)):
        raise HandleMalformed(handle=handle)
    mark = skeleton(handle)
    if mark in _RESERVED_SKELETONS or mark in staff:
        raise HandleReserved(handle=handle)
    return handle


def suggest_handle(name: str) -> str:
    """A handle made of a person's name: `Éloïse d'Arc` → `eloise.d.arc`; too short a name is filled up."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    ascii_only = "".join(char for char in folded if char.isascii())
    handle = re.sub(r"[^a-z0-9]+", ".", ascii_only).strip(".")[:LONGEST].strip(".")
    return handle if len(handle) >= SHORTEST else f"{handle or 'bee'}.{'member'[: LONGEST - len(handle) - 1]}"


def check_age(birth_year: int, year: int, minimum_age: int) -> None:
    """Raises TooYoung unless the person turns `minimum_age` in `year` at the latest."""
    if year - birth_year < minimum_age:
        raise TooYoung(age=minimum_age)


BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")
SPOKEN = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
}


def device(user_agent: str) -> str:
    """`Firefox · Linux`, from what a browser says of itself; its own words, cut, when we know neither."""
    known = (next((name for name in names if name in user_agent), "") for names in (BROWSERS, SYSTEMS))
    words = [SPOKEN.get(name, name) for name in known if name]
    return " · ".join(words) or user_agent[:60] or "?"

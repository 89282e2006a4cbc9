"""Blocked words: what no wall shows. Pure: lists go in, the first word found comes out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LETTERS = str.maketrans("013457@$!€", "oieastasie")
WORD = re.compile(r"[^\W_]+")
LONGEST_LIST = 20_000  # characters

# What a house starts from; its moderators change it at the desk. A star stands for any ending.
STARTING: dict[str, tuple[str, ...]] = {
    "fr": (
        "abruti*", "batard*", "bite", "bougnoul*", "chier", "connard*", "connass*", "couille*", "creve*", "debile*",
        "encul*", "enfoire*", "fdp", "gouin*", "ntm", "merd*", "nazi*", "negr*", "nique*", "pede*", "petasse*",
        "pouffiass*", "putain*", "pute*", "raton*", "salop*", "suce*", "tapette*", "tgl", "trouduc*", "youpin*",
    ),
    "en": (
        "arsehole*", "asshole*", "bastard*", "bitch*", "bollocks", "chink*", "coon*", "cunt*", "dickhead*", "dyke*",
        "fag*", "fuck*", "kys", "moron*", "motherfuck*", "nazi*", "nigg*", "paki*", "prick*", "retard*", "shit*",
        "slut*", "spastic*", "tranny*", "twat*", "wank*", "whore*",
    ),
}  # fmt: skip


def plain(text: str) -> str:
    """Lower case, no accents, figures that stand for letters as letters: `C0NNÀRD` reads `connard`."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(LETTERS)


def listed(typed: str) -> tuple[str, ...]:
    """The words of a list as it is typed: one a line or separated by commas, each once, in order."""
    kept = (entry.strip() for entry in re.split(r"[,\n]", typed))
    return tuple(dict.fromkeys(entry.casefold() for entry in kept if plain(entry).strip("*")))


def spoken(text: str) -> list[str]:
    """The words of a text; letters spaced out are read together, letters drawn out are read once."""
    said = WORD.findall(plain(text))
    runs = re.findall(r"(?:\b\w\b[\W_]+){2,}\b\w\b", plain(text))
    said += [re.sub(r"[\W_]+", "", run) for run in runs]
    return said + [short for word in said if (short := re.sub(r"(.)\1{2,}", r"\1", word)) != word]


def blocked(text: str, entries: Iterable[str]) -> str:
    """The first entry the text breaks; nothing when it breaks none. A star at its end stands for any ending."""
    said = spoken(text)
    for entry in entries:
        bare = plain(entry.rstrip("*"))
        begins = entry.endswith("*")
        if any(word.startswith(bare) if begins else word == bare for word in said):
            return entry
    return ""

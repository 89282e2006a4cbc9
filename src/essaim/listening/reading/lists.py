"""The aspects a house tells apart: its own, else what it begins with. Light: pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from essaim.listening.reading.models import Aspect

FOLDER = Path(__file__).resolve().parent / "lexicon"


def aspect_lists() -> dict[str, Mapping[str, Sequence[str]]]:
    """Language → name → words. A house that wrote one aspect of a language writes all of them."""
    own: dict[str, dict[str, Sequence[str]]] = {}
    for aspect in Aspect.objects.all():
        own.setdefault(aspect.language, {})[aspect.name] = aspect.words
    return {**starters(), **own}


@cache
def starters() -> dict[str, Mapping[str, Sequence[str]]]:
    """What a house begins with: general aspects of things and services."""
    return {path.stem.removeprefix("aspects-"): _read(path) for path in sorted(FOLDER.glob("aspects-*.tsv"))}


def _read(path: Path) -> Mapping[str, Sequence[str]]:
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {name: tuple(words.split(", ")) for name, words in lines}

"""The readers in use now: which, and loaded."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from essaim.listening.reading.aspects import Aspects, compiled
from essaim.listening.reading.linear import Linear, load
from essaim.listening.reading.lists import aspect_lists
from essaim.listening.reading.models import Edition, Reader
from essaim.listening.reading.saying import Readers
from essaim.listening.reading.valence import Valences
from essaim.people.queries import house

_loaded: dict[str, Linear] = {}


def folder() -> Path:
    """Where trained readers lie."""
    return Path(settings.READING_ROOT)


def current() -> tuple[Edition, Readers]:
    """The edition in use, and its readers ready to read."""
    active = list(Reader.objects.filter(state=Reader.State.ACTIVE).order_by("pk"))
    edition, _made = Edition.objects.get_or_create(readers=[reader.pk for reader in active])
    trained = {(reader.task, reader.language): _load(reader) for reader in active if reader.file}
    return edition, Readers(trained, aspects_in_use(), tuple(house().languages))


def valences_of(task: str, language: str) -> Valences | None:
    """The words that the reader in use weighs besides, if there is one that does."""
    reader = current()[1].of(language).get(task)
    return reader.valences if reader else None


def _load(reader: Reader) -> Linear:
    """Once per process; a file is known by its digest, so one put in its place is refused."""
    if reader.digest not in _loaded:
        _loaded[reader.digest] = load(folder() / reader.file, expected=reader.digest)
    return _loaded[reader.digest]


def aspects_in_use() -> dict[str, Aspects]:
    return {language: compiled(lists) for language, lists in aspect_lists().items()}

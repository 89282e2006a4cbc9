"""The contract between listening and a connector that brings posts: one manifest per folder.

A folder listed in `settings.CONNECTORS` that listens has a module `sources.py` with `SOURCES` (places asked again
and again), `FILES` (kinds of file taken in once) or `CLOSED` (networks not asked, on purpose).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from essaim.kit.vocabulary import Text
from essaim.listening.post import Post, Refused

if TYPE_CHECKING:
    from django import forms

    from essaim.listening.web import Client


@dataclass(frozen=True)
class Asked:
    """One visit to a source: where, with which options, from which point on.

    `cursor` is what the last visit left: a JSON object the connector alone understands (ETag, last id, page).
    `backfill` asks for what lies before `since` as well, as far as the platform gives it.
    """

    address: str
    options: Mapping[str, Any]
    cursor: Mapping[str, Any]
    client: Client
    now: datetime
    since: datetime | None = None
    backfill: bool = False


@dataclass(frozen=True)
class Batch:
    """A part of an answer. It is stored with its cursor in one transaction, so a visit cut short goes on from there.

    `total` is how many posts the whole visit will bring, None when the platform does not say. `wait` is how long the
    platform asks to be left alone, in seconds.
    """

    posts: Iterable[Post]
    cursor: Mapping[str, Any]
    refused: Iterable[Refused] = ()
    total: int | None = None
    wait: float | None = None


@dataclass(frozen=True)
class SourceKind:
    """A kind of place to listen to.

    `legal_basis` and `deletion` are told in the public notice: on which ground posts are kept, and how one that was
    deleted there is deleted here. `per_hour` bounds the requests to one host. `options_form` asks for what the
    address alone does not say. `answer` publishes a reply through the platform and returns its url; without it the
    team answers by hand.
    """

    slug: str
    name: Text
    summary: Text
    icon: str
    address_label: Text
    example: str
    legal_basis: Text
    deletion: Text
    per_hour: int
    read: Callable[[Asked], Iterator[Batch]]
    options_form: type[forms.Form] | None = None
    answer: Callable[[Asked, str, str], str] | None = None
    answers_pages: bool = False
    """Its answer reaches any page of the web that takes it, whichever source brought that page."""
    pushed: bool = False
    """Others tell us (Webmention, mail): there is nothing to ask for."""
    heed_robots: bool = True
    """Off for documented interfaces, which are made for programs and have rules of their own."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file taken in at once: `essaim import mentions KIND PATH`. `read` yields posts in any order, and
    what it could not read; it keeps no more than one batch in memory. `options` are asked on the command line."""

    slug: str
    name: Text
    read: Callable[..., Iterator[Post | Refused]]
    suffixes: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)

    def posts(self, path: Path, **options: Any) -> Iterator[Post | Refused]:
        return self.read(path, **options)


@dataclass(frozen=True)
class ClosedNetwork:
    """A network we do not ask: since when its doors are shut to us (the month), where that was said, and why. What
    its members take away from there they may donate themselves."""

    name: str
    since: date | None
    why: Text
    told: str = ""


_sources: dict[str, SourceKind] = {}
_files: dict[str, FileKind] = {}
_closed: dict[str, ClosedNetwork] = {}


def load_kinds() -> None:
    """Import the manifest of every listed connector that listens; called once, when all apps are ready."""
    from essaim.listening.intake.posts import POSTS

    _files[POSTS.slug] = POSTS
    for path in settings.CONNECTORS:
        try:
            module = import_module(f"{path}.sources")
        except ModuleNotFoundError as missing:
            if missing.name != f"{path}.sources":
                raise
            continue
        _sources.update({kind.slug: kind for kind in getattr(module, "SOURCES", ())})
        _files.update({kind.slug: kind for kind in getattr(module, "FILES", ())})
        _closed.update({network.name: network for network in getattr(module, "CLOSED", ())})


def source_kinds() -> Iterator[SourceKind]:
    return iter(_sources.values())


def page_kind() -> SourceKind | None:
    """The kind that answers pages of the web whose own source has no way back."""
    return next((kind for kind in _sources.values() if kind.answers_pages and kind.answer is not None), None)


def source_kind(slug: str) -> SourceKind:
    return _sources[slug]


def file_kinds() -> Iterator[FileKind]:
    return iter(_files.values())


def file_kind(slug: str) -> FileKind:
    return _files[slug]


def closed_networks() -> Iterator[ClosedNetwork]:
    return iter(_closed.values())

"""The contract between the kernel and a mechanism: one manifest per folder, one line in `settings.MECHANISMS`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings

from essaim.activity.vocabulary import ActivityType, Text, declare
from essaim.initiatives.desk import Desk, Errand, Mine

if TYPE_CHECKING:
    from django import forms
    from ninja import Router

    from essaim.initiatives.models import Contribution, Initiative, Phase
    from essaim.people.models import Member


@dataclass(frozen=True)
class PhaseType:
    """A kind of phase and the acts it opens. `afterwards`: what people came for is over, and the house's first page
    does not call them any more, though something may still be done."""

    slug: str
    name: Text
    acts: frozenset[str]
    afterwards: bool = False


@dataclass(frozen=True)
class Preset:
    """A named set of rules a mechanism offers to start from."""

    slug: str
    name: Text
    summary: Text
    rules: Mapping[str, Any]
    phases: tuple[tuple[str, int], ...]
    """Phase types in order, each with its length in days."""


@dataclass(frozen=True)
class Statistic:
    """One living figure of an initiative, for its card: a count and the words around it."""

    label: Text
    value: Callable[[Initiative], int]


@dataclass(frozen=True)
class Credit:
    """Whose suggestion it was, heard outside: a member who agreed to be named, or an author known by a pseudonym.

    `key` stands for what was heard: the same one is taken once. `voice` stands for its author, the same for all he
    said; `url` leads to what he wrote, as long as he lets it stand.
    """

    key: str
    voice: str
    name: str
    url: str
    member: Member | None = None


@dataclass(frozen=True)
class Mechanism:
    """All the kernel needs to know about a mechanism.

    `policies` maps each act to the rules predicate that allows it. `urls` is the dotted path of a URLconf
    mounted under `/<slug>/`; `router` is mounted under `/api/v1/<slug>/`. `exports` map a name to a function
    from an initiative to a file's name and bytes. `importers` map a format to a function from a path.
    `before_opening` and `check_amendment` may refuse what the rules alone cannot show (a reward without its
    money); `check_change` what may not change any more in a draft. `on_phase_start` and `on_phase_end` run exactly
    once per phase, in the transaction that takes note of it, with the initiative locked. `tally` recounts an
    initiative from its rows, `recount` a published export of its votes, which needs no database. `erase` forgets
    a member in the mechanism's own tables, `hold` locks before it what may pay her; `portrait` returns what the
    mechanism holds about a member, for the export of her rights. `studio_urls` is mounted under
    `/studio/<slug>/`; `desk` is its line in the studio's rail and its queue. `live` is the dotted path of a raw
    ASGI application (`kit.raw.Live`), made once in each web process and
    mounted before Django under `/<slug>/live/`. `errands` lists what waits for a member; `mine` is the mechanism's
    part of her own place.
    """

    slug: str
    name: Text
    summary: Text
    icon: str
    phase_types: tuple[PhaseType, ...]
    presets: tuple[Preset, ...]
    activity_types: tuple[ActivityType, ...]
    acts: Mapping[str, Callable[..., Any]]
    policies: Mapping[str, Any]
    urls: str
    settings_form: type[forms.Form] | None = None
    router: Router | None = None
    exports: Mapping[str, Callable[[Initiative], tuple[str, bytes]]] = field(default_factory=dict)
    importers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    statistics: tuple[Statistic, ...] = ()
    before_opening: Callable[[Initiative], None] | None = None
    check_amendment: Callable[[Initiative, Mapping[str, Any]], None] | None = None
    check_change: Callable[[Initiative, Mapping[str, Any]], None] | None = None
    on_phase_start: Callable[[Initiative, Phase], None] | None = None
    on_phase_end: Callable[[Initiative, Phase], None] | None = None
    tally: Callable[[Initiative], Any] | None = None
    recount: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    seed: Callable[..., Any] | None = None
    erase: Callable[[Any], None] | None = None
    hold: Callable[[Any], None] | None = None
    portrait: Callable[[Any], Mapping[str, Any] | Sequence[Mapping[str, Any]]] | None = None
    studio_urls: str = ""
    live: str = ""
    desk: Desk | None = None
    errands: Callable[[Any], Iterable[Errand]] | None = None
    mine: Mine | None = None
    earned: Callable[[Collection[int]], Mapping[int, int]] | None = None
    take_suggestion: Callable[..., Contribution] | None = None
    """`(initiative=, actor=, title=, text=, credit=)`: what was heard outside becomes a contribution, its author
    credited. Its policy is the act's own, under `take_suggestion` in `policies`."""

    def phase_type(self, slug: str) -> PhaseType:
        return next(kind for kind in self.phase_types if kind.slug == slug)

    def preset(self, slug: str) -> Preset:
        return next(preset for preset in self.presets if preset.slug == slug)


_mechanisms: dict[str, Mechanism] = {}


def load_mechanisms() -> None:
    """Import the manifest of every listed folder and declare its activities; called once, when all apps are ready."""
    for path in settings.MECHANISMS:
        manifest: Mechanism = import_module(f"{path}.mechanism").MECHANISM
        _mechanisms[manifest.slug] = manifest
        declare(*manifest.activity_types)


def mechanisms() -> Iterator[Mechanism]:
    return iter(_mechanisms.values())


def mechanism(slug: str) -> Mechanism:
    return _mechanisms[slug]

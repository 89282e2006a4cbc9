"""What happens to sources. None of it is public: where the house listens is told by its notice, as a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class SourceAdded:
    name: str
    kind: str


@dataclass(frozen=True)
class SourceEdited:
    name: str


@dataclass(frozen=True)
class SourcePaused:
    name: str


@dataclass(frozen=True)
class SourceResumed:
    name: str


@dataclass(frozen=True)
class BackfillAsked:
    name: str
    since: str


@dataclass(frozen=True)
class SourceRemoved:
    name: str


@dataclass(frozen=True)
class SourceDied:
    name: str


@dataclass(frozen=True)
class HostOptedOut:
    host: str


@dataclass(frozen=True)
class HostOptedIn:
    host: str


def _declare(slug: str, verb: Verb, payload: type, you: object, other: object) -> None:
    declare(ActivityType(slug, verb, payload, Sentence(you, other), erase=(), public=False))  # type: ignore[arg-type]


_declare(
    "source.add",
    Verb.ADD,
    SourceAdded,
    _("You began to listen to %(name)s"),
    _("%(actor)s began to listen to %(name)s"),
)
_declare(
    "source.edit",
    Verb.UPDATE,
    SourceEdited,
    _("You changed how %(name)s is listened to"),
    _("%(actor)s changed how %(name)s is listened to"),
)
_declare("source.pause", Verb.UPDATE, SourcePaused, _("You paused %(name)s"), _("%(actor)s paused %(name)s"))
_declare("source.resume", Verb.UPDATE, SourceResumed, _("You resumed %(name)s"), _("%(actor)s resumed %(name)s"))
_declare(
    "source.backfill",
    Verb.UPDATE,
    BackfillAsked,
    _("You asked for what %(name)s published before"),
    _("%(actor)s asked for what %(name)s published before"),
)
_declare(
    "source.remove",
    Verb.REMOVE,
    SourceRemoved,
    _("You stopped listening to %(name)s"),
    _("%(actor)s stopped listening to %(name)s"),
)
_declare(
    "source.die",
    Verb.UPDATE,
    SourceDied,
    _("%(name)s can no longer be listened to"),
    _("%(name)s can no longer be listened to"),
)
_declare(
    "source.opt-out",
    Verb.ADD,
    HostOptedOut,
    _("You noted that %(host)s does not want to be read"),
    _("%(actor)s noted that %(host)s does not want to be read"),
)
_declare(
    "source.opt-in",
    Verb.REMOVE,
    HostOptedIn,
    _("You noted that %(host)s may be read again"),
    _("%(actor)s noted that %(host)s may be read again"),
)

"""What happens to endpoints."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class EndpointAdded:
    host: str


@dataclass(frozen=True)
class EndpointRemoved:
    host: str


@dataclass(frozen=True)
class EndpointDisabled:
    host: str
    reason: str


declare(
    ActivityType(
        "webhook.add",
        Verb.ADD,
        EndpointAdded,
        Sentence(_("You let %(host)s be told what happens"), _("%(actor)s let %(host)s be told what happens")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "webhook.remove",
        Verb.REMOVE,
        EndpointRemoved,
        Sentence(_("You stopped telling %(host)s"), _("%(actor)s stopped telling %(host)s")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "webhook.disable",
        Verb.UPDATE,
        EndpointDisabled,
        Sentence(
            _("The house stopped telling %(host)s: %(reason)s"), _("The house stopped telling %(host)s: %(reason)s")
        ),
        erase=(),
        public=False,
    ),
)

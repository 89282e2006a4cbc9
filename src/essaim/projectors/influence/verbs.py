"""What happens around the map of influence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class AskedToCarry:
    """Somebody of the team asked a member to take part in carrying the word."""

    words: str
    plan: int


@dataclass(frozen=True)
class WeightsPublished:
    version: int
    reason: str


declare(
    ActivityType(
        "influence.invite",
        Verb.INVITE,
        AskedToCarry,
        Sentence(_("You wrote to %(target)s: “%(words)s”"), _("%(actor)s wrote to %(target)s: “%(words)s”")),
        erase=("words",),
        public=False,
    ),
    ActivityType(
        "influence.weigh",
        Verb.UPDATE,
        WeightsPublished,
        Sentence(
            _("You changed what counts in the advocacy score: %(reason)s"),
            _("%(actor)s changed what counts in the advocacy score: %(reason)s"),
        ),
        erase=(),
    ),
)

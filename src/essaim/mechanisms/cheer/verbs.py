"""What happens in a campaign of cheers, each declared once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb


@dataclass(frozen=True)
class Cheered:
    camp: str
    round: str


@dataclass(frozen=True)
class CampAdded:
    camp: str


@dataclass(frozen=True)
class CampRemoved:
    camp: str


@dataclass(frozen=True)
class RoundNamed:
    round: str


@dataclass(frozen=True)
class MessageDecided:
    state: str
    reason: str


@dataclass(frozen=True)
class RoundSealed:
    round: str
    leaders: str
    total: int
    seal: str


ACTIVITY_TYPES = (
    ActivityType(
        "cheer.give",
        Verb.CHEER,
        Cheered,
        Sentence(_("You cheered for %(camp)s"), _("%(actor)s cheered for %(camp)s")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "camp.add",
        Verb.ADD,
        CampAdded,
        Sentence(_("You added the camp %(camp)s"), _("%(actor)s added the camp %(camp)s")),
        erase=(),
    ),
    ActivityType(
        "camp.remove",
        Verb.REMOVE,
        CampRemoved,
        Sentence(_("You took the camp %(camp)s out"), _("%(actor)s took the camp %(camp)s out")),
        erase=(),
    ),
    ActivityType(
        "round.name",
        Verb.UPDATE,
        RoundNamed,
        Sentence(_("You named the round “%(round)s”"), _("%(actor)s named the round “%(round)s”")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "message.decide",
        Verb.UPDATE,
        MessageDecided,
        Sentence(_("You decided on a message of the wall"), _("%(actor)s decided on a message of the wall")),
        erase=("reason",),
        public=False,
    ),
    ActivityType(
        "round.seal",
        Verb.ANNOUNCE,
        RoundSealed,
        Sentence(
            _("The round “%(round)s” is counted: %(total)s cheers, ahead: %(leaders)s"),
            _("The round “%(round)s” is counted: %(total)s cheers, ahead: %(leaders)s"),
        ),
        erase=(),
    ),
)

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


@dataclass(frozen=True)
class CampChanged:
    camp: str


@dataclass(frozen=True)
class AuthorBlocked:
    messages: int


@dataclass(frozen=True)
class AuthorUnblocked:
    pass


@dataclass(frozen=True)
class WordsChanged:
    language: str
    count: int


@dataclass(frozen=True)
class LampsSet:
    lamps: int


@dataclass(frozen=True)
class LightOverridden:
    colours: str
    reason: str


@dataclass(frozen=True)
class LightKilled:
    reason: str


@dataclass(frozen=True)
class LightReleased:
    reason: str


@dataclass(frozen=True)
class LightRevealed:
    round: str
    leaders: str
    colours: str


@dataclass(frozen=True)
class SupportersThanked:
    round: str
    leaders: str
    total: int


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
    ActivityType(
        "camp.change",
        Verb.UPDATE,
        CampChanged,
        Sentence(_("You changed the camp %(camp)s"), _("%(actor)s changed the camp %(camp)s")),
        erase=(),
    ),
    ActivityType(
        "author.block",
        Verb.REJECT,
        AuthorBlocked,
        Sentence(_("You blocked an author of the wall"), _("%(actor)s blocked an author of the wall")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "author.unblock",
        Verb.UNDO,
        AuthorUnblocked,
        Sentence(_("You let an author on the wall again"), _("%(actor)s let an author on the wall again")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "words.change",
        Verb.UPDATE,
        WordsChanged,
        Sentence(
            _("You changed the blocked words (%(language)s)"),
            _("%(actor)s changed the blocked words (%(language)s)"),
        ),
        erase=(),
        public=False,
    ),
    ActivityType(
        "light.rig",
        Verb.UPDATE,
        LampsSet,
        Sentence(_("You set the lamps of “%(object)s”"), _("%(actor)s set the lamps of “%(object)s”")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "light.override",
        Verb.UPDATE,
        LightOverridden,
        Sentence(
            _("You chose the light of “%(object)s” by hand: %(colours)s. %(reason)s"),
            _("%(actor)s chose the light of “%(object)s” by hand: %(colours)s. %(reason)s"),
        ),
        erase=("reason",),
    ),
    ActivityType(
        "light.kill",
        Verb.REMOVE,
        LightKilled,
        Sentence(
            _("You switched the light of “%(object)s” off. %(reason)s"),
            _("%(actor)s switched the light of “%(object)s” off. %(reason)s"),
        ),
        erase=("reason",),
    ),
    ActivityType(
        "light.release",
        Verb.UNDO,
        LightReleased,
        Sentence(
            _("You gave the light of “%(object)s” back to the count. %(reason)s"),
            _("%(actor)s gave the light of “%(object)s” back to the count. %(reason)s"),
        ),
        erase=("reason",),
    ),
    ActivityType(
        "light.reveal",
        Verb.ANNOUNCE,
        LightRevealed,
        Sentence(
            _("The light shows who led “%(round)s”: %(leaders)s"),
            _("The light shows who led “%(round)s”: %(leaders)s"),
        ),
        erase=(),
    ),
    ActivityType(
        "round.thank",
        Verb.ANNOUNCE,
        SupportersThanked,
        Sentence(
            _("Thank you for your voice: “%(round)s” gathered %(total)s cheers, ahead: %(leaders)s"),
            _("Thank you for your voice: “%(round)s” gathered %(total)s cheers, ahead: %(leaders)s"),
        ),
        erase=(),
        public=False,
    ),
)

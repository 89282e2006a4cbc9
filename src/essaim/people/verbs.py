"""What happens to members and to the house's roles."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.kit.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class SignedUp:
    pass


@dataclass(frozen=True)
class HouseOpened:
    pass


@dataclass(frozen=True)
class RoleGranted:
    role: str


@dataclass(frozen=True)
class RoleRevoked:
    role: str


@dataclass(frozen=True)
class ConsentGiven:
    purpose: str
    version: int


@dataclass(frozen=True)
class ConsentWithdrawn:
    purpose: str
    version: int


@dataclass(frozen=True)
class MemberErased:
    pass


declare(
    ActivityType(
        "house.open",
        Verb.CREATE,
        HouseOpened,
        Sentence(_("You opened the house"), _("%(actor)s opened the house")),
        erase=(),
    ),
    ActivityType(
        "member.join",
        Verb.JOIN,
        SignedUp,
        Sentence(_("You joined the house"), _("%(actor)s joined the house")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "role.grant",
        Verb.ADD,
        RoleGranted,
        Sentence(
            _("You gave %(target)s a role in the house: %(role)s"),
            _("%(actor)s gave %(target)s a role in the house: %(role)s"),
        ),
        erase=(),
        translate=("role",),
    ),
    ActivityType(
        "role.revoke",
        Verb.REMOVE,
        RoleRevoked,
        Sentence(
            _("You took a role in the house back from %(target)s: %(role)s"),
            _("%(actor)s took a role in the house back from %(target)s: %(role)s"),
        ),
        erase=(),
        translate=("role",),
    ),
    ActivityType(
        "consent.give",
        Verb.ACCEPT,
        ConsentGiven,
        Sentence(_("You gave a consent"), _("%(actor)s gave a consent")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "consent.withdraw",
        Verb.UNDO,
        ConsentWithdrawn,
        Sentence(_("You withdrew a consent"), _("%(actor)s withdrew a consent")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "member.erase",
        Verb.DELETE,
        MemberErased,
        Sentence(_("You left the house"), _("A member left the house")),
        erase=(),
        public=False,
    ),
)

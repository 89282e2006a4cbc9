"""What happens in communities."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.kit.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class CommunityFounded:
    pass


@dataclass(frozen=True)
class CommunityJoined:
    charter: int


@dataclass(frozen=True)
class MembershipRequested:
    pass


@dataclass(frozen=True)
class RequestAccepted:
    pass


@dataclass(frozen=True)
class RequestRefused:
    pass


@dataclass(frozen=True)
class MemberInvited:
    pass


@dataclass(frozen=True)
class CommunityLeft:
    pass


@dataclass(frozen=True)
class HostAppointed:
    pass


@dataclass(frozen=True)
class ModeratorAppointed:
    pass


@dataclass(frozen=True)
class RoleDismissed:
    role: str


@dataclass(frozen=True)
class CharterPublished:
    number: int


@dataclass(frozen=True)
class CharterAccepted:
    number: int


def _type(
    slug: str, verb: Verb, payload: type, you: object, other: object, *, weight: float = 0.0, public: bool = True
) -> ActivityType:
    return ActivityType(slug, verb, payload, Sentence(you, other), erase=(), weight=weight, public=public)  # type: ignore[arg-type]


declare(
    _type(
        "community.found",
        Verb.CREATE,
        CommunityFounded,
        _("You founded the community %(community)s"),
        _("%(actor)s founded the community %(community)s"),
    ),
    _type(
        "community.join",
        Verb.JOIN,
        CommunityJoined,
        _("You joined %(community)s"),
        _("%(actor)s joined %(community)s"),
    ),
    _type(
        "community.request",
        Verb.OFFER,
        MembershipRequested,
        _("You asked to join %(community)s"),
        _("%(actor)s asks to join %(community)s"),
        public=False,
    ),
    _type(
        "community.accept_request",
        Verb.ACCEPT,
        RequestAccepted,
        _("You welcomed %(target)s in %(community)s"),
        _("%(actor)s welcomed %(target)s in %(community)s"),
        weight=0.5,
        public=False,
    ),
    _type(
        "community.refuse_request",
        Verb.REJECT,
        RequestRefused,
        _("You declined the request of %(target)s to join %(community)s"),
        _("%(actor)s declined the request of %(target)s to join %(community)s"),
        public=False,
    ),
    _type(
        "community.invite",
        Verb.INVITE,
        MemberInvited,
        _("You invited %(target)s to %(community)s"),
        _("%(actor)s invited %(target)s to %(community)s"),
        weight=1.0,
        public=False,
    ),
    _type(
        "community.leave",
        Verb.LEAVE,
        CommunityLeft,
        _("You left %(community)s"),
        _("%(actor)s left %(community)s"),
        public=False,
    ),
    _type(
        "community.appoint_host",
        Verb.ADD,
        HostAppointed,
        _("You made %(target)s a host of %(community)s"),
        _("%(actor)s made %(target)s a host of %(community)s"),
    ),
    _type(
        "community.appoint_moderator",
        Verb.ADD,
        ModeratorAppointed,
        _("You made %(target)s a moderator of %(community)s"),
        _("%(actor)s made %(target)s a moderator of %(community)s"),
    ),
    _type(
        "community.dismiss",
        Verb.REMOVE,
        RoleDismissed,
        _("You ended the role of %(target)s in %(community)s"),
        _("%(actor)s ended the role of %(target)s in %(community)s"),
    ),
    _type(
        "charter.publish",
        Verb.UPDATE,
        CharterPublished,
        _("You published version %(number)s of the charter of %(community)s"),
        _("%(actor)s published version %(number)s of the charter of %(community)s"),
    ),
    _type(
        "charter.accept",
        Verb.ACCEPT,
        CharterAccepted,
        _("You accepted version %(number)s of the charter of %(community)s"),
        _("%(actor)s accepted version %(number)s of the charter of %(community)s"),
        public=False,
    ),
)

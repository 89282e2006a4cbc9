"""What this folder keeps about a member, as rows he can take with him."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from essaim.people import rights
from essaim.people.models import Member

Rows = list[dict[str, Any]]


def profile(member: Member) -> dict[str, Any]:
    names = ("handle", "display_name", "email", "language", "languages", "interests", "place", "bio", "avatar")
    dates = ("birth_year", "email_confirmed_at", "joined_at", "last_login")
    return {name: getattr(member, name) for name in (*names, *dates)}


def addresses(member: Member) -> Rows:
    return list(EmailAddress.objects.filter(user=member).order_by("id").values("email", "verified", "primary"))


def roles(member: Member) -> Rows:
    return [{"role": row.role, "granted_at": row.granted_at} for row in member.house_roles.order_by("id")]


def consents(member: Member) -> Rows:
    fields = ("purpose", "granted", "at", "evidence__version", "evidence__language", "evidence__sha256")
    return list(member.consents.order_by("id").values(*fields, "evidence__text"))


def acceptances(member: Member) -> Rows:
    fields = ("at", "evidence__kind", "evidence__version", "evidence__language", "evidence__sha256")
    return list(member.acceptances.order_by("id").values(*fields, "evidence__text"))


def tokens(member: Member) -> Rows:
    fields = ("name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    return list(member.api_tokens.order_by("id").values(*fields))


def second_factors(member: Member) -> Rows:
    return list(Authenticator.objects.filter(user=member).order_by("id").values("type", "created_at", "last_used_at"))


def sessions(member: Member) -> Rows:
    fields = ("created_at", "last_seen_at", "ip", "user_agent")
    return list(UserSession.objects.filter(user=member).order_by("id").values(*fields))


def register_all() -> None:
    """Erasing is this folder's own business: it comes last, when all others have forgotten."""
    for portrait in (profile, addresses, roles, consents, acceptances, tokens, second_factors, sessions):
        rights.register(portrait.__name__, portrait=portrait)

"""Keys for programs. The secret is shown once; the house keeps its hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.people.models import ApiToken, Member

PREFIX = "essaim_"
TOUCH_EVERY = timedelta(minutes=1)
SCOPES = {
    "read": _("read what you may read"),
    "write": _("act in your name: take part, vote, write, join, leave"),
    "sales": _("import sales of products"),
}


def issue(
    member: Member, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret, which cannot be read again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        member=member,
        name=name,
        scopes=sorted(set(scopes)),
        sha256=_hash(secret),
        hint=secret[-4:],
        expires_at=expires_at,
    )
    return token, secret


def find(secret: str) -> ApiToken | None:
    """The token in force that this secret opens; its last use is noted, at most once a minute."""
    now = clock.now()
    token = _in_force().select_related("member").filter(sha256=_hash(secret), member__is_active=True).first()
    if token and (token.last_used_at is None or now - token.last_used_at >= TOUCH_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
    return token


def of_member(member: Member) -> QuerySet[ApiToken]:
    """The member's tokens in force, the newest first."""
    return _in_force().filter(member=member)


def _in_force() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), revoked_at=None)


def revoke(token: ApiToken) -> None:
    """Close the token for good; closing it twice changes nothing."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

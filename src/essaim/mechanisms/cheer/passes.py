"""A guest's pass as he carries it: one signed cookie on his device, and the signed link of his one mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse

from essaim.initiatives.models import Initiative
from essaim.mechanisms.cheer.domain import PassNotValid

SALT = "essaim.cheer.pass"
LINK_LASTS = timedelta(days=3)
COOKIE_LASTS = timedelta(days=180)


def cookie_of(campaign: int) -> str:
    return f"cheer_{campaign}"


def signed(campaign: Initiative, supporter: str) -> str:
    return signing.dumps([campaign.pk, supporter], salt=SALT)


def read(campaign: int, token: str, lasts: timedelta = LINK_LASTS) -> str:
    """The supporter a token of the campaign was signed for. Raises PassNotValid."""
    try:
        number, supporter = signing.loads(token, salt=SALT, max_age=lasts)
    except (signing.BadSignature, ValueError, TypeError):
        raise PassNotValid from None
    if number != campaign:
        raise PassNotValid
    return str(supporter)


def carried(request: HttpRequest, campaign: Initiative) -> str:
    """The supporter whose pass this browser carries; nothing for none."""
    return holder(campaign.pk, request.COOKIES.get(cookie_of(campaign.pk), ""))


def holder(campaign: int, token: str) -> str:
    """The supporter of a cookie; nothing for one we did not sign, or too long ago."""
    try:
        return read(campaign, token, COOKIE_LASTS) if token else ""
    except PassNotValid:
        return ""


def hand_over(response: HttpResponse, request: HttpRequest, campaign: Initiative, supporter: str) -> Any:
    """Give the pass to this browser."""
    response.set_cookie(
        cookie_of(campaign.pk),
        signed(campaign, supporter),
        max_age=COOKIE_LASTS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response

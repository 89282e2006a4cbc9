"""The caller's own account, and the members as others see them."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from essaim.kit.api import PROBLEMS, actor
from essaim.kit.errors import Missing
from essaim.people import queries
from essaim.people.models import Member

router = Router(tags=["members"])


class MemberOut(Schema):
    handle: str
    display_name: str
    url: str

    @staticmethod
    def resolve_url(member: Member) -> str:
        return member.get_absolute_url()


class MeOut(MemberOut):
    email: str
    language: str
    languages: list[str]
    interests: list[str]
    place: str
    bio: str
    roles: list[str]
    joined_at: datetime

    @staticmethod
    def resolve_roles(member: Member) -> list[str]:
        return sorted(member.roles)


class HouseOut(Schema):
    name: str
    tagline: str
    currency: str
    languages: list[str]


@router.get("house/", response={200: HouseOut, **PROBLEMS}, summary="The house")
def house(request: HttpRequest) -> object:
    return queries.house()


@router.get("me/", response={200: MeOut, **PROBLEMS}, summary="Your own account")
def me(request: HttpRequest) -> object:
    return actor(request)


@router.get("members/{handle}/", response={200: MemberOut, **PROBLEMS}, summary="One member")
def member(request: HttpRequest, handle: str) -> object:
    found = queries.find_member(handle) if "\x00" not in handle else None
    if found is None:
        raise Missing()
    return found

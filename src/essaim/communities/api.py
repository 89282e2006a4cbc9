"""Communities, and coming and going."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from essaim.communities import actions, queries
from essaim.communities.models import Community, Membership
from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of, reader

router = Router(tags=["communities"])


class CommunityOut(Schema):
    slug: str
    name: str
    summary: str
    visibility: str
    interests: list[str]
    place: str
    size: int
    url: str

    @staticmethod
    def resolve_url(community: Community) -> str:
        return community.get_absolute_url()


class CharterOut(Schema):
    number: int
    text: str
    published_at: datetime


class MembershipOut(Schema):
    community: str
    role: str
    state: str

    @staticmethod
    def resolve_community(membership: Membership) -> str:
        return membership.community.slug


class CharterRead(Schema):
    charter: int
    """The number of the charter the member has read and accepts."""


def _visible(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(queries.with_size(queries.visible_to(reader(request))), slug=slug)


@router.get("", response={200: Page[CommunityOut], **PROBLEMS}, summary="Communities you may see")
def communities(request: HttpRequest, window: Query[Window]) -> object:
    return page_of(queries.with_size(queries.visible_to(reader(request))).order_by("sort_key", "pk"), window)


@router.get("{slug:slug}/", response={200: CommunityOut, **PROBLEMS}, summary="One community")
def community(request: HttpRequest, slug: str) -> object:
    return _visible(request, slug)


@router.get("{slug:slug}/charter/", response={200: CharterOut, **PROBLEMS}, summary="The charter in force")
def charter(request: HttpRequest, slug: str) -> object:
    return get_object_or_404(_visible(request, slug).charters.order_by("-number")[:1])


@router.post(
    "{slug:slug}/membership/", response={201: MembershipOut, **PROBLEMS}, summary="Join, accepting the charter"
)
def join(request: HttpRequest, slug: str, read: CharterRead) -> object:
    member = actor(request, "write")
    return Status(201, actions.join(actor=member, community=_visible(request, slug), number=read.charter))


@router.delete("{slug:slug}/membership/", response={204: None, **PROBLEMS}, summary="Leave")
def leave(request: HttpRequest, slug: str) -> object:
    actions.leave(actor=actor(request, "write"), community=_visible(request, slug))
    return Status(204, None)

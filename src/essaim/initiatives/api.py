"""Initiatives of every mechanism: what runs, its rules and calendar, comments and reactions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from essaim.initiatives import actions, queries
from essaim.initiatives.actions.discussion import LONGEST_COMMENT
from essaim.initiatives.models import Comment, Contribution, Initiative, Reaction
from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of, reader

router = Router(tags=["initiatives"])
LARGEST = 2**63 - 1


class PhaseOut(Schema):
    kind: str
    starts_at: datetime
    ends_at: datetime
    planned_end: datetime | None
    change_reason: str


class AmendmentOut(Schema):
    version: int
    reason: str
    published_at: datetime
    rules_before: dict[str, Any]
    rules_after: dict[str, Any]


class InitiativeOut(Schema):
    slug: str
    mechanism: str
    community: str
    title: str
    summary: str
    stage: str
    opened_at: datetime | None
    halted_at: datetime | None
    url: str

    @staticmethod
    def resolve_community(initiative: Initiative) -> str:
        return initiative.community.slug

    @staticmethod
    def resolve_stage(initiative: Initiative) -> str:
        return str(queries.stage(initiative))

    @staticmethod
    def resolve_url(initiative: Initiative) -> str:
        return initiative.get_absolute_url()


class InitiativeDetail(InitiativeOut):
    brief: str
    rules: dict[str, Any]
    rules_version: int
    phases: list[PhaseOut]
    amendments: list[AmendmentOut]

    @staticmethod
    def resolve_phases(initiative: Initiative) -> list[Any]:
        return list(initiative.phases.all())

    @staticmethod
    def resolve_amendments(initiative: Initiative) -> list[Any]:
        return list(initiative.amendments.all())


class CommentOut(Schema):
    id: int
    author: str
    body: str
    state: str
    official: bool
    in_reply_to: int | None
    created_at: datetime
    edited_at: datetime | None

    @staticmethod
    def resolve_author(comment: Comment) -> str:
        return comment.author.handle

    @staticmethod
    def resolve_body(comment: Comment) -> str:
        return comment.body if comment.is_visible else ""

    @staticmethod
    def resolve_in_reply_to(comment: Comment) -> int | None:
        return comment.in_reply_to_id


class CommentIn(Schema):
    body: str = Field(min_length=1, max_length=LONGEST_COMMENT)
    in_reply_to: int | None = Field(None, ge=1, le=LARGEST)
    official: bool = False


class CommentEdit(Schema):
    body: str = Field(min_length=1, max_length=LONGEST_COMMENT)


class ReactionIn(Schema):
    kind: Reaction.Kind = Reaction.Kind.LIKE


class ReactionOut(Schema):
    kind: str
    at: datetime


def _visible(request: HttpRequest) -> QuerySet[Initiative]:
    rows = queries.visible_to(reader(request))
    return rows.select_related("community").prefetch_related("phases").order_by("-opened_at", "-pk")


def contribution(request: HttpRequest, pk: int) -> Contribution:
    """The contribution, if the reader may see its initiative; for the mechanisms' routers too."""
    found = get_object_or_404(Contribution.objects.select_related("initiative__community", "author"), pk=pk)
    if found.initiative_id is not None:
        get_object_or_404(queries.visible_to(reader(request)), pk=found.initiative_id)
    return found


@router.get("", response={200: Page[InitiativeOut], **PROBLEMS}, summary="Opened initiatives you may see")
def initiatives(request: HttpRequest, window: Query[Window]) -> object:
    return page_of(_visible(request), window)


@router.get("{slug:slug}/", response={200: InitiativeDetail, **PROBLEMS}, summary="One initiative, with its rules")
def initiative(request: HttpRequest, slug: str) -> object:
    return get_object_or_404(_visible(request).prefetch_related("amendments"), slug=slug)


@router.get(
    "contributions/{int:pk}/comments/", response={200: Page[CommentOut], **PROBLEMS}, summary="The discussion"
)
def comments(request: HttpRequest, pk: int, window: Query[Window]) -> object:
    return page_of(queries.thread(contribution(request, pk)), window)


@router.post("contributions/{int:pk}/comments/", response={201: CommentOut, **PROBLEMS}, summary="Comment")
def comment(request: HttpRequest, pk: int, written: CommentIn) -> object:
    author = actor(request, "write")
    about = contribution(request, pk)
    answered = get_object_or_404(Comment, pk=written.in_reply_to) if written.in_reply_to else None
    made = actions.write_comment(
        about=about, author=author, body=written.body, in_reply_to=answered, official=written.official
    )
    return Status(201, made)


@router.patch("comments/{int:pk}/", response={200: CommentOut, **PROBLEMS}, summary="Edit your comment")
def edit_comment(request: HttpRequest, pk: int, edited: CommentEdit) -> object:
    return actions.edit_comment(comment=_comment(request, pk), editor=actor(request, "write"), body=edited.body)


@router.delete("comments/{int:pk}/", response={204: None, **PROBLEMS}, summary="Withdraw your comment")
def withdraw_comment(request: HttpRequest, pk: int) -> object:
    actions.withdraw_contribution(contribution=_comment(request, pk), actor=actor(request, "write"))
    return Status(204, None)


def _comment(request: HttpRequest, pk: int) -> Comment:
    found = get_object_or_404(Comment.objects.select_related("author"), pk=pk)
    contribution(request, pk)
    return found


@router.put("contributions/{int:pk}/reaction/", response={200: ReactionOut, **PROBLEMS}, summary="React")
def react(request: HttpRequest, pk: int, reaction: ReactionIn) -> object:
    member = actor(request, "write")
    return actions.react(contribution=contribution(request, pk), member=member, kind=reaction.kind)


@router.delete("contributions/{int:pk}/reaction/", response={204: None, **PROBLEMS}, summary="Take it back")
def take_back_reaction(request: HttpRequest, pk: int) -> object:
    member = actor(request, "write")
    actions.take_back_reaction(contribution=contribution(request, pk), member=member)
    return Status(204, None)

"""What every router of the API shares: who asks, pages of results, and the problems it answers with.

    router = Router(tags=["contest"])

    @router.get("ideas/", response={200: Page[IdeaOut], **PROBLEMS})
    def ideas(request, window: Query[Window]):
        return page_of(queries.ideas(), window)

    @router.post("ideas/{int:pk}/vote/", response={201: VoteOut, **PROBLEMS})
    def vote(request, pk: int):
        return 201, actions.cast_vote(idea=get_object_or_404(Idea, pk=pk), voter=actor(request))

Refusals need no handling: the API answers them as RFC 9457 problems, in the reader's language.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from essaim.kit.errors import Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _

T = TypeVar("T")
MOST = 200
DEEPEST = 100_000


class NotSignedIn(Refusal):
    """No token and no session."""

    status = 401
    cause = _("This needs a member.")
    remedy = _("Send a personal token: `Authorization: Bearer essaim_…`.")


class ScopeMissing(Forbidden):
    """The token does not open this."""

    cause = _("The token lacks the scope “%(scope)s”.")
    remedy = _("Make a token with this scope in your account.")


class Problem(Schema):
    """A refusal or a fault, after RFC 9457 (application/problem+json)."""

    type: str = Field(description="A stable name of the problem, `urn:essaim:problem:…`")
    title: str = Field(description="What happened, in the reader's language")
    status: int
    detail: str = Field("", description="What to do about it")
    errors: list[dict[str, Any]] = Field(
        default_factory=list, description="Per field, when the request was not valid"
    )


# One answer for every status a refusal may have.
PROBLEMS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 422, 429}): Problem}


class Window(Schema):
    """Which part of a long list."""

    offset: int = Field(0, ge=0, le=DEEPEST)
    limit: int = Field(50, ge=1, le=MOST)


class Page(Schema, Generic[T]):
    """A part of a list and the size of the whole."""

    items: list[T]
    count: int


def page_of(rows: QuerySet[Any], window: Window) -> dict[str, Any]:
    """The rows of the window, and how many there are in all."""
    return {"items": list(rows[window.offset : window.offset + window.limit]), "count": rows.count()}


def reader(request: HttpRequest) -> Any:
    """The member who asks, or None."""
    return getattr(request, "member", None)


def actor(request: HttpRequest, scope: str = "") -> Any:
    """The member who acts. Raises NotSignedIn, or ScopeMissing when a token lacks the scope."""
    member = reader(request)
    if member is None:
        raise NotSignedIn()
    scopes = getattr(request, "scopes", None)  # None: a session, which may do all its member may
    if scope and scopes is not None and scope not in scopes:
        raise ScopeMissing(scope=scope)
    return member

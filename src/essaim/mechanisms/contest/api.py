"""Contests for programs: the same acts as on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from essaim.initiatives.models import Initiative, Picture
from essaim.initiatives.policy import allow, is_opened, run_initiative
from essaim.initiatives.queries import visible_to
from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of, reader
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.actions.ideas import LONGEST_STORY, LONGEST_TITLE
from essaim.mechanisms.contest.models import Idea, OfficialAnswer, RungReached, Vote
from essaim.people.models import Member

router = Router(tags=["contest"])
LARGEST = 2**31 - 1
HANDLE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{1,28}[A-Za-z0-9]$"


class ShareOut(Schema):
    member: str = Field(description="Handle of an author")
    share: int = Field(description="Basis points; an idea's add up to 10,000")


class RungOut(Schema):
    rung: str
    reached_at: datetime
    amount: int = Field(description="What it paid, in minor units")
    unit: str


class AnswerOut(Schema):
    verdict: str
    body: str
    answered_at: datetime


class PictureOut(Schema):
    """A WebP file in two sizes, served by the house and never changed under its address."""

    url: str = Field(description="At most 1,600 pixels on its longer side")
    small_url: str = Field(description="At most 640 pixels")
    width: int = Field(description="Of the larger file, in pixels")
    height: int
    alt: str = Field(description="What it shows, for those who cannot see it")

    @staticmethod
    def resolve_url(picture: Picture) -> str:
        return str(picture.large.url)

    @staticmethod
    def resolve_small_url(picture: Picture) -> str:
        return str(picture.small.url)


class IdeaOut(Schema):
    number: int
    title: str
    body: str
    state: str
    categories: list[str]
    place: str
    language: str
    published_at: datetime | None
    merged_into: int | None = Field(description="Number of the idea this one went into")
    authors: list[ShareOut]
    rungs: list[RungOut]
    answers: list[AnswerOut] = Field(description="Official answers, the latest first")
    picture: PictureOut | None = None
    url: str

    @staticmethod
    def resolve_merged_into(idea: Idea) -> int | None:
        return idea.merged_into.number if idea.merged_into else None

    @staticmethod
    def resolve_authors(idea: Idea) -> list[dict[str, Any]]:
        return [{"member": row.member.handle, "share": row.share} for row in idea.authorships.all()]

    @staticmethod
    def resolve_rungs(idea: Idea) -> list[RungReached]:
        return list(idea.rungs.all())

    @staticmethod
    def resolve_answers(idea: Idea) -> list[OfficialAnswer]:
        return list(idea.answers.all())

    @staticmethod
    def resolve_picture(idea: Idea) -> Picture | None:
        return getattr(idea, "picture", None)

    @staticmethod
    def resolve_url(idea: Idea) -> str:
        return idea.get_absolute_url()


class IdeaIn(Schema):
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    body: str = Field(min_length=1, max_length=LONGEST_STORY)
    categories: list[str] = Field(default_factory=list, max_length=10)
    place: str = Field("", max_length=80)
    language: str = Field("", max_length=8)


class Search(Window):
    words: str = Field("", max_length=200, description="Words the idea holds, accents and case folded")
    rung: str = Field("", max_length=40)
    category: str = Field("", max_length=80)


class Writing(Schema):
    text: str = Field(max_length=2_000, description="What is being written")


class VoteIn(Schema):
    value: Literal[-1, 0, 1] = Field(1, description="1 for, -1 against, 0 pass, as the contest's ballot allows")


class VoteOut(Schema):
    value: int
    cast_at: datetime


class ReceiptOut(Schema):
    code: str = Field(description="Your name in the published ballots")
    digest: str = Field(description="SHA-256 of your ballot: it changes when the ballot does")


class ScoreIn(Schema):
    score: int = Field(ge=0, le=100)
    comment: str = Field("", max_length=2_000)


class ScoreOut(Schema):
    score: int
    comment: str
    given_at: datetime


class AnswerIn(Schema):
    verdict: OfficialAnswer.Verdict
    body: str = Field(min_length=1, max_length=LONGEST_STORY)


class MergeIn(Schema):
    into: int = Field(ge=1, le=LARGEST, description="Number of the idea that remains")
    carried: int | None = Field(None, ge=0, le=10_000, description="Basis points that go to this idea's authors")


class OfferIn(Schema):
    member: str = Field(pattern=HANDLE)
    share: int = Field(ge=1, le=9_999, description="Basis points of your own part")


class OfferOut(Schema):
    share: int
    state: str
    offered_at: datetime


class FundingIn(Schema):
    amount: int = Field(ge=1, le=10**12, description="Minor units")
    unit: str = Field("EUR", pattern="^[A-Z]{3}$")
    key: str = Field(min_length=8, max_length=60, description="Yours: the same key funds once")


class FundingOut(Schema):
    amount: int
    unit: str
    funded_at: datetime


def contest_of(request: HttpRequest, slug: str) -> Initiative:
    """The contest, if the reader may see it; those who run it see it while it is prepared too."""
    rows = queries.contests().select_related("community")
    found = get_object_or_404(rows, slug=slug)
    if not run_initiative.test(reader(request), found):
        get_object_or_404(visible_to(reader(request)), pk=found.pk)
    return found


def idea_of(request: HttpRequest, slug: str, number: int) -> Idea:
    """An idea that is not a draft; its author sees his drafts too."""
    rows = queries.with_cards(Idea.objects.filter(contest=contest_of(request, slug)))
    member = reader(request)
    shown = rows.filter(state=Idea.State.PUBLISHED)
    own = rows.filter(author=member) if member is not None else rows.none()
    return get_object_or_404(shown | own, number=number)


@router.get("{slug:slug}/ideas/", response={200: Page[IdeaOut], **PROBLEMS}, summary="Ideas of a contest")
def ideas(request: HttpRequest, slug: str, search: Query[Search]) -> object:
    found: QuerySet[Idea] = queries.search_ideas(
        contest_of(request, slug), search.words, rung=search.rung, category=search.category
    )
    return page_of(found.order_by("number"), search)


@router.post("{slug:slug}/ideas/", response={201: IdeaOut, **PROBLEMS}, summary="Submit an idea")
def submit_idea(request: HttpRequest, slug: str, written: IdeaIn) -> object:
    author = actor(request, "write")
    made = actions.submit_idea(contest=contest_of(request, slug), author=author, **written.dict())
    return Status(201, idea_of(request, slug, made.number))


@router.post("{slug:slug}/similar/", response={200: list[IdeaOut], **PROBLEMS}, summary="Ideas close to a text")
def similar(request: HttpRequest, slug: str, written: Writing) -> object:
    actor(request)
    return queries.similar_ideas(contest_of(request, slug), written.text)


@router.get("{slug:slug}/ideas/{int:number}/", response={200: IdeaOut, **PROBLEMS}, summary="One idea")
def idea(request: HttpRequest, slug: str, number: int) -> object:
    return idea_of(request, slug, number)


@router.patch("{slug:slug}/ideas/{int:number}/", response={200: IdeaOut, **PROBLEMS}, summary="Edit your idea")
def edit_idea(request: HttpRequest, slug: str, number: int, written: IdeaIn) -> object:
    editor = actor(request, "write")
    values = written.dict(exclude={"language"})
    actions.edit_idea(idea=idea_of(request, slug, number), editor=editor, **values)
    return idea_of(request, slug, number)


@router.delete("{slug:slug}/ideas/{int:number}/", response={204: None, **PROBLEMS}, summary="Withdraw your idea")
def withdraw_idea(request: HttpRequest, slug: str, number: int) -> object:
    actions.withdraw_idea(actor=actor(request, "write"), idea=idea_of(request, slug, number))
    return Status(204, None)


@router.put("{slug:slug}/ideas/{int:number}/vote/", response={200: VoteOut, **PROBLEMS}, summary="Vote")
def vote(request: HttpRequest, slug: str, number: int, ballot: VoteIn) -> Vote:
    voter = actor(request, "write")
    return actions.cast_vote(idea=idea_of(request, slug, number), voter=voter, value=ballot.value)


@router.delete("{slug:slug}/ideas/{int:number}/vote/", response={204: None, **PROBLEMS}, summary="Take it back")
def withdraw_vote(request: HttpRequest, slug: str, number: int) -> object:
    voter = actor(request, "write")
    actions.withdraw_vote(idea=idea_of(request, slug, number), voter=voter)
    return Status(204, None)


@router.get("{slug:slug}/receipt/", response={200: ReceiptOut, **PROBLEMS}, summary="The receipt of your ballot")
def receipt(request: HttpRequest, slug: str) -> object:
    return queries.receipt_of(contest_of(request, slug), actor(request))


@router.get("{slug:slug}/count/", response={200: dict[str, Any], **PROBLEMS}, summary="The count")
def count(request: HttpRequest, slug: str) -> object:
    return queries.told_tally(_counted(request, slug))


@router.get("{slug:slug}/ballots/", response={200: dict[str, Any], **PROBLEMS}, summary="The ballots without names")
def ballots(request: HttpRequest, slug: str) -> object:
    return queries.published_ballots(_counted(request, slug))


def _counted(request: HttpRequest, slug: str) -> Initiative:
    """A contest whose counts are public now. Raises CountHidden."""
    contest = contest_of(request, slug)
    allow(is_opened, reader(request), contest)
    queries.require_shown(contest)
    return contest


@router.put("{slug:slug}/ideas/{int:number}/score/", response={200: ScoreOut, **PROBLEMS}, summary="Score it")
def score_idea(request: HttpRequest, slug: str, number: int, given: ScoreIn) -> object:
    juror = actor(request, "write")
    return actions.score_idea(idea=idea_of(request, slug, number), juror=juror, **given.dict())


@router.post(
    "{slug:slug}/ideas/{int:number}/potential/",
    response={201: RungOut, **PROBLEMS},
    summary="The jury sees potential",
)
def decide_potential(request: HttpRequest, slug: str, number: int) -> object:
    who = actor(request, "write")
    return Status(201, actions.decide_potential(idea=idea_of(request, slug, number), actor=who))


@router.post(
    "{slug:slug}/ideas/{int:number}/answers/", response={201: AnswerOut, **PROBLEMS}, summary="Answer for the house"
)
def answer(request: HttpRequest, slug: str, number: int, given: AnswerIn) -> object:
    author = actor(request, "write")
    found = idea_of(request, slug, number)
    return Status(201, actions.answer_officially(idea=found, author=author, **given.dict()))


@router.post("{slug:slug}/ideas/{int:number}/merge/", response={200: IdeaOut, **PROBLEMS}, summary="Merge it")
def merge(request: HttpRequest, slug: str, number: int, given: MergeIn) -> object:
    who = actor(request, "write")
    merged, kept = idea_of(request, slug, number), idea_of(request, slug, given.into)
    actions.merge_ideas(kept=kept, merged=merged, actor=who, carried=given.carried)
    return idea_of(request, slug, given.into)


@router.post(
    "{slug:slug}/ideas/{int:number}/offers/", response={201: OfferOut, **PROBLEMS}, summary="Invite a co-author"
)
def invite_co_author(request: HttpRequest, slug: str, number: int, given: OfferIn) -> object:
    who = actor(request, "write")
    member = get_object_or_404(Member, handle__iexact=given.member, is_active=True)
    found = idea_of(request, slug, number)
    return Status(201, actions.invite_co_author(idea=found, actor=who, member=member, share=given.share))


@router.put("{slug:slug}/ideas/{int:number}/offer/", response={200: ShareOut, **PROBLEMS}, summary="Accept")
def accept_offer(request: HttpRequest, slug: str, number: int) -> object:
    who = actor(request, "write")
    row = actions.accept_offer(idea=idea_of(request, slug, number), member=who)
    return {"member": who.handle, "share": row.share}


@router.post("{slug:slug}/funding/", response={201: FundingOut, **PROBLEMS}, summary="Set money aside")
def fund_contest(request: HttpRequest, slug: str, given: FundingIn) -> object:
    who = actor(request, "write")
    return Status(201, actions.fund_contest(contest=contest_of(request, slug), treasurer=who, **given.dict()))

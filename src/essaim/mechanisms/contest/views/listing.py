"""Ideas as cards: filtered, ordered, and read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from essaim.initiatives.queries import comment_counts
from essaim.kit.markdown import plain
from essaim.kit.text import excerpt
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.domain.order import shuffled
from essaim.mechanisms.contest.models import Idea, OfficialAnswer
from essaim.mechanisms.contest.views.sheet import Sheet, Step, idea_ladder

PER_PAGE = 24
SENTENCE = 150


@dataclass(frozen=True)
class Filters:
    """What the viewer asked for; anything unknown is dropped."""

    words: str = ""
    rung: str = ""
    answer: str = ""
    mine: bool = False
    order: str = ""

    @property
    def any(self) -> bool:
        return bool(self.words or self.rung or self.answer or self.mine)


@dataclass(frozen=True)
class Card:
    """One idea on the contest's page."""

    idea: Idea
    sentence: str
    ladder: list[Step]
    top: Step | None
    answer: OfficialAnswer | None
    mine: int | None
    count: int | None
    comments: int

    @property
    def stance(self) -> str:
        return {1: "agree", -1: "disagree", 0: "pass"}.get(self.mine, "") if self.mine is not None else ""


def filters_of(request: HttpRequest, sheet: Sheet) -> Filters:
    asked = request.GET
    orders = [order for order, _label in orders_for(sheet)]
    return Filters(
        words=asked.get("q", "").strip()[:120],
        rung=asked.get("rung", "") if any(rung.slug == asked.get("rung") for rung in sheet.rules.rungs) else "",
        answer=asked.get("answer", "") if asked.get("answer") in {*OfficialAnswer.Verdict.values, "none"} else "",
        mine=bool(asked.get("mine")) and sheet.viewer is not None,
        order=asked.get("order", "") if asked.get("order") in orders else orders[0],
    )


def orders_for(sheet: Sheet) -> list[tuple[str, Any]]:
    """The orders on offer, the usual one first: shuffled while people vote, by votes once the counts are shown."""
    shuffle, newest = ("shuffled", _("Shuffled")), ("newest", _("Newest first"))
    votes = ("votes", _("Most votes first"))
    if sheet.may_vote:
        return [shuffle, newest] if sheet.counts_hidden else [shuffle, votes, newest]
    return [newest, shuffle] if sheet.counts_hidden else [votes, newest]


def filtered(sheet: Sheet, filters: Filters) -> QuerySet[Idea]:
    ideas = queries.search_ideas(sheet.contest, filters.words, rung=filters.rung)
    if filters.answer:
        ideas = _answered(ideas, filters.answer)
    if filters.mine and sheet.viewer is not None:
        ideas = ideas.filter(authorships__member=sheet.viewer)
    return ideas


def _answered(ideas: QuerySet[Idea], verdict: str) -> QuerySet[Idea]:
    """Ideas whose latest official answer says this, or that have none."""
    answers = OfficialAnswer.objects.filter(idea=OuterRef("pk"))
    if verdict == "none":
        return ideas.filter(~Exists(answers))
    latest = Subquery(answers.order_by("-answered_at", "-id").values("verdict")[:1])
    return ideas.annotate(latest_verdict=latest).filter(latest_verdict=verdict)


def ordered_keys(sheet: Sheet, ideas: QuerySet[Idea], order: str, seat: str) -> Sequence[int]:
    """The ideas' keys in the order asked for; `seat` fixes the viewer's own shuffle."""
    if order == "votes":
        favour = Count("votes", filter=Q(votes__value=1, votes__voiding=None))
        return list(ideas.annotate(favour=favour).order_by("-favour", "number").values_list("pk", flat=True))
    if order == "newest":
        return list(ideas.order_by("-published_at", "-number").values_list("pk", flat=True))
    return shuffled(ideas.values_list("pk", flat=True), sheet.rules.order_seed, seat)


def seat_of(request: HttpRequest) -> str:
    """What fixes a viewer's shuffle: the member, else the browser's session, else one order for all who pass by."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    return request.session.session_key or "visitor"


def page_of_cards(request: HttpRequest, sheet: Sheet, filters: Filters) -> tuple[Page[Any], list[Card]]:
    keys = ordered_keys(sheet, filtered(sheet, filters), filters.order, seat_of(request))
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    return page, cards(sheet, list(page.object_list))


def cards(sheet: Sheet, keys: Sequence[int]) -> list[Card]:
    """The cards of these ideas in this order; the number of queries does not depend on how many there are."""
    ideas = queries.listed(sheet.contest, keys)
    talk = comment_counts(keys)
    favour = {} if sheet.counts_hidden else queries.favour_counts(keys)
    mine = queries.ballot_of(sheet.contest, sheet.viewer)
    return [
        card(
            sheet,
            ideas[key],
            mine=mine.get(key),
            count=None if sheet.counts_hidden else favour.get(key, 0),
            comments=talk.get(key, 0),
        )
        for key in keys
        if key in ideas
    ]


def card(sheet: Sheet, idea: Idea, *, mine: int | None, count: int | None, comments: int) -> Card:
    ladder = idea_ladder(sheet.rules, idea.rungs.all(), count, climbing=not sheet.is_closed)
    reached = [step for step in ladder if step.state == "reached"]
    answers = list(idea.answers.all())
    return Card(
        idea=idea,
        sentence=sentence(idea),
        ladder=ladder,
        top=reached[-1] if reached else None,
        answer=answers[0] if answers else None,
        mine=mine,
        count=count,
        comments=comments,
    )


def sentence(idea: Idea) -> str:
    """The first words of the story, without its marks."""
    return excerpt(plain(idea.body), SENTENCE)

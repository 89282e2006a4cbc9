"""What is asked about ideas: listed, searched, ordered, and how far each has climbed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Max, Prefetch, QuerySet
from django.db.models.functions import Greatest

from essaim.initiatives.models import Initiative
from essaim.initiatives.queries import opens, phases
from essaim.kit.text import sort_key
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.order import shuffled
from essaim.mechanisms.contest.domain.rules import Rules, Rung
from essaim.mechanisms.contest.models import (
    Authorship,
    Idea,
    JuryScore,
    JurySeat,
    OfficialAnswer,
    RungReached,
)
from essaim.mechanisms.contest.queries.frame import VOTING, contests, rules_of
from essaim.people.models import Member


def ideas(contest: Initiative) -> QuerySet[Idea]:
    """The ideas anyone may see and vote on, with what a card shows."""
    return with_cards(Idea.objects.filter(contest=contest, state=Idea.State.PUBLISHED, merged_into=None))


def with_cards(rows: QuerySet[Idea]) -> QuerySet[Idea]:
    return rows.select_related("author", "contest", "picture").prefetch_related(
        "rungs",
        Prefetch("authorships", Authorship.objects.select_related("member")),
        Prefetch("answers", OfficialAnswer.objects.select_related("author")),
    )


def listed(contest: Initiative, keys: Iterable[int]) -> dict[int, Idea]:
    """The ideas of these keys with what a card of the contest's page shows, and no more."""
    ideas = Idea.objects.select_related("author", "picture").prefetch_related("rungs", "answers").in_bulk(list(keys))
    for idea in ideas.values():
        idea.contest = contest
    return ideas


def idea(contest: Initiative, number: int) -> Idea:
    """The idea of that number, whatever its state. Raises Idea.DoesNotExist."""
    return with_cards(Idea.objects.filter(contest=contest)).get(number=number)


def by_numbers(contest: Initiative, numbers: Iterable[int]) -> list[Idea]:
    """The ideas of these numbers, in the order given."""
    found = {row.number: row for row in with_cards(Idea.objects.filter(contest=contest, number__in=list(numbers)))}
    return [found[number] for number in numbers if number in found]


def drafts(contest: Initiative, author: Member) -> QuerySet[Idea]:
    return Idea.objects.filter(contest=contest, author=author, state=Idea.State.DRAFT).order_by("-id")


def ideas_by(member: Member) -> QuerySet[Idea]:
    """The ideas the member is an author of, newest first."""
    return with_cards(Idea.objects.filter(authorships__member=member).order_by("-id"))


def search_ideas(contest: Initiative, words: str, *, rung: str = "", category: str = "") -> QuerySet[Idea]:
    """Ideas that hold every word, accents and case folded."""
    found = ideas(contest)
    for word in sort_key(words).split():
        found = found.filter(search_text__contains=word)
    if rung:
        found = found.filter(rungs__in=RungReached.objects.filter(rung=rung))
    if category:
        found = found.filter(categories__contains=[category])
    return found


def similar_ideas(contest: Initiative, text: str, *, limit: int = 5) -> list[Idea]:
    """The published ideas closest to what is being written, the closest first, by trigrams in common."""
    words = sort_key(text)[:400]
    if len(words) < 4:
        return []
    least = rules_of(contest).similarity / 10_000
    closeness = Greatest(TrigramWordSimilarity(words, "search_text"), TrigramWordSimilarity(words, "sort_key"))
    found = ideas(contest).annotate(closeness=closeness).filter(closeness__gte=least)
    return list(found.order_by("-closeness", "number")[:limit])


def in_viewer_order(contest: Initiative, viewer: str) -> list[int]:
    """The numbers of the votable ideas in this viewer's own lasting random order."""
    numbers = Idea.objects.filter(contest=contest, state=Idea.State.PUBLISHED, merged_into=None)
    return shuffled(numbers.values_list("number", flat=True), rules_of(contest).order_seed, viewer)


def next_number(contest: Initiative) -> int:
    """The next idea's number; the contest is locked."""
    return (Idea.objects.filter(contest=contest).aggregate(last=Max("number"))["last"] or 0) + 1


def shares_of(idea: Idea) -> dict[int, int]:
    """Basis points by author's id."""
    return dict(Authorship.objects.filter(idea=idea).values_list("member_id", "share"))


def waiting_for(member: Member) -> QuerySet[Idea]:
    """Published ideas the member, as a juror, has not scored yet, in contests that take scores now."""
    seats = JurySeat.objects.filter(member=member).values_list("contest_id", flat=True)
    running = [contest.pk for contest in contests().filter(pk__in=list(seats)) if opens(contest, "score_idea")]
    rows = Idea.objects.filter(contest__in=running, state=Idea.State.PUBLISHED, merged_into=None)
    scored = JuryScore.objects.filter(juror=member).values("idea_id")
    return rows.exclude(pk__in=scored).exclude(authorships__member=member).select_related("contest")


def voting_since(idea: Idea) -> datetime | None:
    """When the idea could first be voted on: published, and a voting phase begun."""
    first = min((phase.starts_at for phase in phases(idea.contest) if phase.kind in VOTING), default=None)
    if first is None or idea.published_at is None:
        return None
    return max(first, idea.published_at)


@dataclass(frozen=True)
class Step:
    """A rung as an idea's page shows it."""

    rung: Rung
    reached: RungReached | None
    is_next: bool


def steps(idea: Idea, rules: Rules) -> list[Step]:
    reached = {row.rung: row for row in idea.rungs.all()}
    upcoming = ladder.next_rung(rules, reached)
    return [Step(rung, reached.get(rung.slug), rung is upcoming) for rung in rules.rungs]


def standing_on(contest: Initiative, idea: Idea, rung: Rung) -> ladder.Standing:
    reached = RungReached.objects.filter(idea=idea).values_list("rung", flat=True)
    taken = RungReached.objects.filter(idea__contest=contest, rung=rung.slug).count()
    return ladder.Standing(frozenset(reached), taken)

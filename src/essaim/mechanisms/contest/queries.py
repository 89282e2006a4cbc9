"""What pages, acts, the API and exports ask about a contest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest

from essaim.communities.models import Membership
from essaim.initiatives.models import Initiative
from essaim.initiatives.queries import opens
from essaim.kit import clock
from essaim.kit.text import sort_key
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.contest.domain import ladder, tallies
from essaim.mechanisms.contest.domain.ballots import Elector, Receipt, canonical, pseudonym, receipt
from essaim.mechanisms.contest.domain.errors import CountHidden
from essaim.mechanisms.contest.domain.order import shuffled
from essaim.mechanisms.contest.domain.rules import Rules, Rung, thaw
from essaim.mechanisms.contest.domain.surges import Arrival
from essaim.mechanisms.contest.models import (
    Authorship,
    BallotBox,
    BallotLine,
    Idea,
    JuryScore,
    JurySeat,
    OfficialAnswer,
    Placeholder,
    RungReached,
    SurgeAlarm,
    Vote,
)
from essaim.people.models import Member

SLUG = "contest"
VOTING = ("vote", "together")
ON_SHOW = (Idea.State.PUBLISHED, Idea.State.WITHDRAWN, Idea.State.HIDDEN, Idea.State.ERASED)


def contests() -> QuerySet[Initiative]:
    return Initiative.objects.filter(mechanism=SLUG)


def voted_on_now(*, at: datetime | None = None) -> QuerySet[Initiative]:
    """Contests whose running phase takes votes."""
    at = at or clock.now()
    running = Q(phases__kind__in=VOTING, phases__starts_at__lte=at, phases__ends_at__gt=at)
    return contests().filter(running, opened_at__isnull=False, halted_at=None)


def rules_of(contest: Initiative) -> Rules:
    return thaw(contest.rules)


def box_of(contest: Initiative) -> BallotBox:
    return BallotBox.objects.get_or_create(initiative=contest)[0]


# Ideas


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


# Votes


def elector(member: Member, rules: Rules) -> Elector:
    """What the roll looks at; communities are read only where the rules name some."""
    named = rules.eligibility.communities
    here = Membership.objects.filter(member=member, state=Membership.State.ACTIVE, community__slug__in=named)
    return Elector(
        joined_at=member.joined_at,
        confirmed=member.email_confirmed_at is not None,
        communities=frozenset(here.values_list("community__slug", flat=True)) if named else frozenset(),
    )


def ballot_of(contest: Initiative, voter: Member | None) -> dict[int, int]:
    """{idea id: value} of the member's standing votes; an idea that was withdrawn gives its vote back."""
    if voter is None or not voter.is_authenticated:
        return {}
    votes = Vote.objects.filter(contest=contest, voter=voter, voiding=None, idea__state=Idea.State.PUBLISHED)
    return dict(votes.values_list("idea_id", "value"))


def vote_of(voter: Member, idea: Idea) -> int | None:
    """What the member's ballot says of one idea."""
    votes = Vote.objects.filter(idea=idea, voter=voter, voiding=None)
    return votes.values_list("value", flat=True).first()


def votes_left(contest: Initiative, voter: Member) -> int | None:
    """How many votes the member can still give; None without limit."""
    each = rules_of(contest).votes_each
    return each - sum(1 for value in ballot_of(contest, voter).values() if value) if each else None


def receipt_of(contest: Initiative, voter: Member) -> Receipt:
    """What the voter notes to find his ballot in the published export, and to see that it was not changed."""
    votes = Vote.objects.filter(contest=contest, voter=voter).values_list("idea__number", "value")
    return receipt(voter_name(contest, voter), dict(votes))


def voter_name(contest: Initiative, voter: Member) -> str:
    placed = Placeholder.objects.filter(contest=contest, member=voter).values_list("source_id", flat=True).first()
    return placed if placed is not None else pseudonym(bytes(box_of(contest).salt), voter.pk)


def voter_names(contest: Initiative) -> dict[int, str]:
    """The name each voter bears in the published ballots, by member id."""
    salt = bytes(box_of(contest).salt)
    voters = Vote.objects.filter(contest=contest).values_list("voter_id", flat=True).distinct()
    placed = dict(Placeholder.objects.filter(contest=contest).values_list("member_id", "source_id"))
    return {voter: placed.get(voter) or pseudonym(salt, voter) for voter in voters}


def favour(idea: Idea, *, until: datetime | None = None) -> ladder.Favour:
    """The valid votes of an idea, those cast until a moment if one is given."""
    votes = Vote.objects.filter(idea=idea, voiding=None)
    if until is not None:
        votes = votes.filter(cast_at__lte=until)
    counts = votes.aggregate(agree=Count("pk", filter=Q(value=1)), disagree=Count("pk", filter=Q(value=-1)))
    return ladder.Favour(**counts)


def favour_counts(ideas: Iterable[int]) -> dict[int, int]:
    """Valid votes for, by idea's key."""
    votes = Vote.objects.filter(idea__in=list(ideas), value=1, voiding=None)
    return dict(votes.values_list("idea").annotate(n=Count("pk")).order_by("idea"))


def favours(contest: Initiative) -> dict[int, tuple[int, int, int]]:
    """(agree, disagree, pass) per idea id, voided votes left out."""
    rows = Vote.objects.filter(contest=contest, voiding=None).values("idea_id")
    counts = rows.annotate(
        agree=Count("pk", filter=Q(value=1)),
        disagree=Count("pk", filter=Q(value=-1)),
        passed=Count("pk", filter=Q(value=0)),
    )
    return {row["idea_id"]: (row["agree"], row["disagree"], row["passed"]) for row in counts}


def voter_count(contest: Initiative) -> int:
    return Vote.objects.filter(contest=contest, voiding=None).values("voter").distinct().count()


def voting_over(contest: Initiative, *, at: datetime | None = None) -> bool:
    """Whether no phase in which members vote runs or is still to come."""
    at = at or clock.now()
    return not contest.phases.filter(kind__in=VOTING, ends_at__gt=at).exists()


def is_over(contest: Initiative, *, at: datetime | None = None) -> bool:
    """Whether every phase is over."""
    return contest.opened_at is not None and not contest.phases.filter(ends_at__gt=at or clock.now()).exists()


def results_shown(contest: Initiative) -> bool:
    """Whether members see the counts now: interim results are hidden unless the rules say otherwise."""
    return not rules_of(contest).results_hidden or voting_over(contest)


def require_shown(contest: Initiative) -> None:
    """Raises CountHidden while the rules keep the counts back."""
    if not results_shown(contest):
        raise CountHidden


def voting_since(idea: Idea) -> datetime | None:
    """When the idea could first be voted on: published, and a voting phase begun."""
    first = (
        idea.contest.phases.filter(kind__in=VOTING).order_by("starts_at").values_list("starts_at", flat=True).first()
    )
    if first is None or idea.published_at is None:
        return None
    return max(first, idea.published_at)


def arrivals(idea: Idea) -> list[Arrival]:
    votes = Vote.objects.filter(idea=idea, value=1, voiding=None).values_list("cast_at", "voter__joined_at")
    return [Arrival(at, since) for at, since in votes]


# The ladder


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


def jury(contest: Initiative) -> QuerySet[JurySeat]:
    return JurySeat.objects.filter(contest=contest).select_related("member").order_by("member__sort_key", "id")


def open_alarms(contest: Initiative) -> QuerySet[SurgeAlarm]:
    return SurgeAlarm.objects.filter(idea__contest=contest, settled_at=None).select_related("idea", "idea__contest")


def escrow(contest: Initiative, unit: str = "EUR") -> int:
    """What the contest holds for its awards, in minor units."""
    return escrow_balance(contest.pk, unit)


def shortfall(contest: Initiative, rules: Rules) -> dict[str, tuple[int, int]]:
    """(needed, held) per unit where the escrow does not cover what the rungs can still cost."""
    gaps = {}
    for unit, budget in rules.budget.items():
        paid = sum(RungReached.objects.filter(idea__contest=contest, unit=unit).values_list("amount", flat=True))
        held = escrow(contest, unit)
        if held < budget - paid:
            gaps[unit] = (budget - paid, held)
    return gaps


# The count


def cast_votes(contest: Initiative) -> list[tallies.Vote]:
    """The ballots as they stand, ideas by number, voters by their published name, voided votes marked."""
    names = voter_names(contest)
    rows = Vote.objects.filter(contest=contest)
    return [
        tallies.Vote(names[voter], number, value, at, void=voiding is not None)
        for voter, number, value, at, voiding in rows.values_list(
            "voter_id", "idea__number", "value", "cast_at", "voiding_id"
        ).iterator(chunk_size=5_000)
    ]


def replayed_votes(contest: Initiative) -> list[tallies.Vote]:
    """The same from the append-only lines: everything ever cast, in order; taken-back and voided votes are None."""
    names = voter_names(contest)
    salt = bytes(box_of(contest).salt)
    lines = BallotLine.objects.filter(contest=contest).order_by("id")
    return [
        tallies.Vote(names.get(voter) or pseudonym(salt, voter), number, value, START, order)
        for order, voter, number, value in lines.values_list("id", "voter_id", "idea__number", "value").iterator()
    ]


START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def listed_numbers(contest: Initiative) -> tuple[list[int], list[int]]:
    """Numbers of the ideas counted, and of those among them that cannot win (withdrawn, hidden, erased)."""
    rows = Idea.objects.filter(contest=contest, state__in=ON_SHOW, merged_into=None)
    numbers = list(rows.order_by("number").values_list("number", "state"))
    return [number for number, _ in numbers], [number for number, state in numbers if state != Idea.State.PUBLISHED]


def jury_scores(contest: Initiative) -> dict[int, list[int]]:
    """The jury's scores by idea number."""
    scores: dict[int, list[int]] = {}
    rows = JuryScore.objects.filter(idea__contest=contest).order_by("id")
    for number, score in rows.values_list("idea__number", "score"):
        scores.setdefault(number, []).append(score)
    return scores


def tally_of(contest: Initiative) -> tallies.Tally:
    listed, out = listed_numbers(contest)
    return tallies.tally(cast_votes(contest), listed, rules_of(contest), jury_scores(contest), out)


def published_ballots(contest: Initiative) -> dict[str, Any]:
    """The anonymised export that anyone can recount."""
    listed, out = listed_numbers(contest)
    return tallies.export(cast_votes(contest), listed, rules_of(contest), jury_scores(contest), out)


def source_ids(contest: Initiative) -> dict[int, str]:
    """What each idea was called where it came from, by number; its number when it was born here."""
    rows = Idea.objects.filter(contest=contest).values_list("number", "source_id")
    return {number: source if source is not None else str(number) for number, source in rows}


def told_tally(contest: Initiative) -> dict[str, Any]:
    """The count as `essaim tally` prints it, with its hash."""
    result = tally_of(contest)
    sources = source_ids(contest)
    counted = tallies.document(result)
    return {
        "ideas": [{"source_id": sources[row["idea"]], **row} for row in counted["ideas"]],
        "voters": [{"source_id": row["voter"], **_without(row, "voter")} for row in counted["voters"]],
        "winners": [sources[number] for number in counted["winners"]],
        "quorum_met": counted["quorum_met"],
        "hash": tallies.seal(result),
    }


def recount_hash(contest: Initiative) -> str:
    """The hash a stranger gets who counts the published ballots again."""
    return tallies.seal(tallies.recount(json.loads(canonical(published_ballots(contest)))))


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def by_numbers(contest: Initiative, numbers: Iterable[int]) -> list[Idea]:
    """The ideas of these numbers, in the order given."""
    found = {row.number: row for row in with_cards(Idea.objects.filter(contest=contest, number__in=list(numbers)))}
    return [found[number] for number in numbers if number in found]


def waiting_for(member: Member) -> QuerySet[Idea]:
    """Published ideas the member, as a juror, has not scored yet, in contests that take scores now."""
    seats = JurySeat.objects.filter(member=member).values_list("contest_id", flat=True)
    running = [contest.pk for contest in contests().filter(pk__in=list(seats)) if opens(contest, "score_idea")]
    rows = Idea.objects.filter(contest__in=running, state=Idea.State.PUBLISHED, merged_into=None)
    scored = JuryScore.objects.filter(juror=member).values("idea_id")
    return rows.exclude(pk__in=scored).exclude(authorships__member=member).select_related("contest")

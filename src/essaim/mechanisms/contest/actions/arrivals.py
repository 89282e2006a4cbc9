"""Contests that took place elsewhere: their ideas and votes written in bulk, by the domain's own rules.

The same rows as the acts write, with the dates of the source, and one activity for the whole, which counts them.
Voters and authors become members that cannot sign in. A second arrival of the same adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Contribution, Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.text import excerpt, sort_key
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.bulk import copy_rows, create_ideas
from essaim.mechanisms.contest.actions.ideas import index
from essaim.mechanisms.contest.domain.decidim import Proposal
from essaim.mechanisms.contest.domain.errors import SlugTaken
from essaim.mechanisms.contest.domain.polis import Conversation, Event, Statement
from essaim.mechanisms.contest.domain.rules import WHOLE, Ballot, Rules, freeze, validated
from essaim.mechanisms.contest.models import (
    Authorship,
    BallotBox,
    BallotLine,
    Idea,
    OfficialAnswer,
    Placeholder,
    Vote,
)
from essaim.mechanisms.contest.payloads import BallotsImported
from essaim.people.domain import skeleton
from essaim.people.models import Member

OnProgress = Callable[[int, int | None], None]
BATCH = 5_000
IDEAS_AT_ONCE = 500
LINE = ("contest", "idea", "voter", "value", "at", "cause")
VOTE = ("contest", "idea", "voter", "value", "cast_at")
UNNAMED = "unnamed"


@dataclass(frozen=True)
class Arrived:
    """What an import wrote."""

    contest: Initiative
    ideas: int
    voters: int
    votes: int


@dataclass(frozen=True)
class Frame:
    """The contest an arrival goes into, made if it is not there."""

    slug: str
    title: str
    brief: str
    source: str
    url: str
    community: Community
    opened_at: datetime
    closed_at: datetime
    rules: Rules


def silent(done: int, total: int | None) -> None:
    """Nobody watches."""


@transaction.atomic
def import_conversation(
    *, told: Conversation, frame: Frame, actor: Member, operator: bool = False, on_progress: OnProgress = silent
) -> Arrived:
    """Write a Pol.is conversation: statements as ideas, votes with their dates, moderation kept.

    `operator`: the person holds the server itself and needs no role in the house.
    """
    contest = _contest(frame, actor, operator)
    people = _people(
        contest, [*(one.author or UNNAMED for one in told.statements), *(one.voter for one in told.events)]
    )
    total = len(told.statements) + len(told.events)
    known = _known(contest)
    fresh = [one for one in told.statements if one.id not in known]
    _write_ideas(contest, [_idea_of(one, contest, people, frame) for one in fresh], on_progress, total)
    votes = _write_votes(contest, told.events, people, frame, on_progress, total)
    on_progress(total, total)
    return _tell(contest, frame.source, len(fresh), votes, actor)


@transaction.atomic
def import_proposals(
    *,
    told: Sequence[Proposal],
    frame: Frame,
    actor: Member,
    operator: bool = False,
    on_progress: OnProgress = silent,
) -> Arrived:
    """Write proposals with their states and the answers they got; the export names no authors."""
    contest = _contest(frame, actor, operator)
    people = _people(contest, [UNNAMED])
    known = _known(contest)
    fresh = [one for one in told if one.id not in known]
    ideas = [_proposed(one, contest, people[UNNAMED], frame) for one in fresh]
    _write_ideas(contest, ideas, on_progress, len(fresh))
    answers = (_answer(one, idea, actor, frame) for one, idea in zip(fresh, ideas, strict=True) if one.verdict)
    OfficialAnswer.objects.bulk_create(answers, batch_size=BATCH)
    return _tell(contest, frame.source, len(fresh), 0, actor)


def _contest(frame: Frame, actor: Member, operator: bool) -> Initiative:
    """The contest at the frame's address, locked. Raises SlugTaken when something else stands there."""
    found = Initiative.objects.filter(slug=frame.slug).first()
    if found is not None:
        box = BallotBox.objects.filter(initiative=found).first()
        if (
            box is None
            or box.source != frame.source
            or (box.source_url and frame.url and box.source_url != frame.url)
        ):
            raise SlugTaken(slug=frame.slug)
    contest = lock(found) if found is not None else _open(frame, actor)
    if not operator:
        allow(policy.import_ballots, actor, contest)
    return contest


def _open(frame: Frame, actor: Member) -> Initiative:
    contest = Initiative.objects.create(
        slug=frame.slug,
        community=frame.community,
        mechanism=queries.SLUG,
        title=frame.title,
        summary=excerpt(frame.brief, 200),
        brief=frame.brief,
        rules=freeze(validated(frame.rules)),
        created_by=actor,
        opened_at=frame.opened_at,
        frozen_at=frame.opened_at,
        closed_at=frame.closed_at,
    )
    Phase.objects.create(
        initiative=contest,
        kind="together",
        position=0,
        starts_at=frame.opened_at,
        ends_at=frame.closed_at,
        begun_at=frame.opened_at,
        ended_at=frame.closed_at,
    )
    BallotBox.objects.create(initiative=contest, source=frame.source, source_url=frame.url[:200])
    return lock(contest)


def _people(contest: Initiative, ids: Iterable[str]) -> dict[str, int]:
    """Member id by the source's id; those missing are made: no address that works, no password, not active."""
    known = dict(Placeholder.objects.filter(contest=contest).values_list("source_id", "member_id"))
    missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in known]
    members = [stranger(contest, len(known) + place, f"#{id_}") for place, id_ in enumerate(missing, start=1)]
    Member.objects.bulk_create(members, batch_size=BATCH)
    Placeholder.objects.bulk_create(
        (
            Placeholder(contest=contest, source_id=id_, member=member)
            for id_, member in zip(missing, members, strict=True)
        ),
        batch_size=BATCH,
    )
    return {**known, **{id_: member.pk for id_, member in zip(missing, members, strict=True)}}


def stranger(contest: Initiative, place: int, name: str) -> Member:
    """A member that cannot sign in, not stored yet: no address that works, no password, not active."""
    handle, name = f"voice-{contest.pk}-{place}", name[:80]
    member = Member(
        handle=handle,
        email=f"{handle}@voices.invalid",
        display_name=name,
        sort_key=sort_key(name)[:80],
        skeleton=skeleton(handle)[:30],
        is_active=False,
        joined_at=contest.opened_at or clock.now(),
    )
    member.set_unusable_password()
    return member


def _known(contest: Initiative) -> dict[str | None, int]:
    """Idea id by the source's id."""
    return dict(Idea.objects.filter(contest=contest).values_list("source_id", "pk"))


def _idea_of(one: Statement, contest: Initiative, people: dict[str, int], frame: Frame) -> Idea:
    hidden, title = one.moderation == -1, excerpt(one.text, 160) or f"#{one.id}"
    return _new_idea(
        contest,
        people[one.author or UNNAMED],
        one.id,
        title,
        "" if title == one.text else one.text,
        one.at or frame.opened_at,
        Contribution.State.HIDDEN if hidden else Contribution.State.PUBLISHED,
        moderation=one.moderation,
    )


def _proposed(one: Proposal, contest: Initiative, author: int, frame: Frame) -> Idea:
    long_title = len(one.title) > 160
    idea = _new_idea(
        contest,
        author,
        one.id,
        one.title,
        f"{one.title}\n\n{one.body}".strip() if long_title else one.body,
        one.at or frame.opened_at,
        Contribution.State.WITHDRAWN if one.withdrawn else Contribution.State.PUBLISHED,
    )
    idea.place, idea.categories = one.place[:80], [name[:80] for name in one.categories]
    idea.language, idea.origin = one.language, dict(one.origin)
    return idea


def _new_idea(
    contest: Initiative,
    author: int,
    source_id: str,
    title: str,
    body: str,
    at: datetime,
    state: str,
    *,
    moderation: int | None = None,
) -> Idea:
    return Idea(
        contest=contest,
        initiative=contest,
        author_id=author,
        kind="idea",
        title=excerpt(title, 160),
        body=body,
        state=state,
        created_at=at,
        published_at=at,
        source_id=source_id,
        moderation=moderation,
    )


def _write_ideas(contest: Initiative, ideas: Sequence[Idea], on_progress: OnProgress, total: int) -> None:
    number = queries.next_number(contest)
    for place, idea in enumerate(ideas):
        idea.number = number + place
        index(idea)
    for start in range(0, len(ideas), IDEAS_AT_ONCE):
        create_ideas(ideas[start : start + IDEAS_AT_ONCE])
        on_progress(min(start + IDEAS_AT_ONCE, len(ideas)), total)
    Authorship.objects.bulk_create(
        (Authorship(idea=idea, member_id=idea.author_id, share=WHOLE, since=idea.created_at) for idea in ideas),
        batch_size=BATCH,
    )


def _answer(one: Proposal, idea: Idea, actor: Member, frame: Frame) -> OfficialAnswer:
    at = one.answered_at or one.at or frame.closed_at
    return OfficialAnswer(idea=idea, verdict=one.verdict, body=one.answer, author=actor, answered_at=at)


Pair = tuple[int, int]


def _write_votes(
    contest: Initiative,
    events: Sequence[Event],
    people: dict[str, int],
    frame: Frame,
    on_progress: OnProgress,
    total: int,
) -> int:
    """Add the events not written yet; how many. `events` come in order of time."""
    ideas = _known(contest)
    standing = {
        (idea, voter): (pk, at)
        for pk, idea, voter, at in Vote.objects.filter(contest=contest).values_list(
            "pk", "idea_id", "voter_id", "cast_at"
        )
    }
    lines, last = [], {}
    for event in events:
        pair, at = (ideas[event.statement], people[event.voter]), event.at or frame.opened_at
        if pair not in standing or at > standing[pair][1]:
            lines.append((contest.pk, *pair, event.value, at, BallotLine.Cause.IMPORTED.value))
            last[pair] = (event.value, at)
    done = total - len(events)
    for start in range(0, len(lines), BATCH):
        copy_rows(BallotLine, LINE, lines[start : start + BATCH])
        on_progress(done + min(start + BATCH, len(lines)) // 2, total)
    _write_standing(contest, last, {pair: pk for pair, (pk, _) in standing.items()})
    return len(lines)


def _write_standing(contest: Initiative, last: dict[Pair, tuple[int, datetime]], standing: dict[Pair, int]) -> None:
    """What each ballot says now: new votes added, changed ones changed; a vote voided here stays voided."""
    changed = [
        Vote(pk=standing[pair], value=value, cast_at=at) for pair, (value, at) in last.items() if pair in standing
    ]
    fresh = ((contest.pk, *pair, value, at) for pair, (value, at) in last.items() if pair not in standing)
    copy_rows(Vote, VOTE, fresh)
    Vote.objects.bulk_update(changed, ["value", "cast_at"], batch_size=500)


def _tell(contest: Initiative, source: str, ideas: int, votes: int, actor: Member) -> Arrived:
    """One activity for an arrival that brought something."""
    voters = queries.voter_count(contest)
    if ideas or votes:
        told = BallotsImported(source, ideas, voters, votes)
        record(told, actor=actor, object=contest, initiative=contest)
    return Arrived(contest, ideas, voters, votes)


def frame_of(told: Conversation, *, slug: str, title: str, community: Community, source: str = "polis") -> Frame:
    """A conversation's contest: ideas and votes at the same time, from its first moment to its last."""
    known = [*(one.at for one in told.statements), *(one.at for one in told.events)]
    moments = sorted(at for at in known if at is not None)
    now = clock.now()
    opened, closed = (moments[0], moments[-1]) if moments else (now, now)
    rules = Rules(ballot=Ballot.OPINION, results_hidden=False)
    return Frame(
        slug, title, told.description, source, told.url, community, opened, closed + timedelta(seconds=1), rules
    )

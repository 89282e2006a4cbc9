"""What was suggested outside becomes an idea, its author credited."""

from __future__ import annotations

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.mechanism import Credit
from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.arrivals import stranger
from essaim.mechanisms.contest.actions.ideas import write
from essaim.mechanisms.contest.domain.errors import EmptyIdea
from essaim.mechanisms.contest.models import Idea, Placeholder
from essaim.mechanisms.contest.payloads import IdeaSubmitted, SuggestionTaken
from essaim.people.models import Member


@transaction.atomic
def take_suggestion(*, initiative: Initiative, actor: Member, title: str, text: str, credit: Credit) -> Idea:
    """Publish it as an idea of its author: the member who agreed to it, else a member that cannot sign in, who bears
    the pseudonym and keeps the share. The same suggestion twice is one idea. Raises EmptyIdea."""
    contest = lock(initiative)
    allow(policy.take_suggestion, actor, contest)
    if not title.strip() or not text.strip():
        raise EmptyIdea
    if (known := Idea.objects.filter(contest=contest, source_id=credit.key).first()) is not None:
        return known
    idea = Idea(
        contest=contest,
        initiative=contest,
        author=credit.member or _voice(contest, credit),
        kind="idea",
        number=queries.next_number(contest),
        state=Contribution.State.PUBLISHED,
        published_at=clock.now(),
        source_id=credit.key,
        origin={"heard": {"name": credit.name, "url": credit.url}},
    )
    write(idea, title, text, (), "", actor.language)
    if credit.member is not None:
        record(IdeaSubmitted(), actor=credit.member, object=idea, initiative=contest)
    else:
        record(SuggestionTaken(), actor=actor, object=idea, initiative=contest)
    return idea


def _voice(contest: Initiative, credit: Credit) -> Member:
    """Who stands for this author in this contest: the same for all his suggestions."""
    known = Placeholder.objects.select_related("member").filter(contest=contest, source_id=credit.voice).first()
    if known is not None:
        return known.member
    member = stranger(contest, Placeholder.objects.filter(contest=contest).count() + 1, credit.name)
    member.save()
    Placeholder.objects.create(contest=contest, source_id=credit.voice, member=member)
    return member

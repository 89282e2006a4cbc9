"""A suggestion goes into an initiative: at once under its author's pseudonym, or after the member said yes."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from essaim.activity.record import record
from essaim.initiatives.mechanism import Credit, mechanism
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.listening.desk.acts.locking import lock
from essaim.listening.desk.policy import NotAnswering, may_answer
from essaim.listening.desk.routes import claim_of
from essaim.listening.models import Voice
from essaim.people.models import Member
from essaim.people.policy import allow
from essaim.studio.listen import queries
from essaim.studio.listen.errors import AnsweredBefore, NobodyWrote, NotAsked, ProposedAlready, TakesNone
from essaim.studio.listen.models import Proposal
from essaim.studio.listen.verbs import ProposalAnswered, SuggestionProposed

State = Proposal.State


@transaction.atomic
def propose_suggestion(*, mention_id: int, initiative: Initiative, actor: Member, title: str, text: str) -> Proposal:
    """Bring what a mention suggests into an initiative. An outside author is credited by pseudonym, with the way to
    his post; a member is asked first, and nothing is published before he answers.

    Raises ProposedAlready, TakesNone, NobodyWrote, or what the mechanism refuses.
    """
    item = lock(mention_id)
    allow(may_answer, actor, refusal=NotAnswering)
    if Proposal.objects.filter(mention_id=mention_id, initiative=initiative).exists():
        raise ProposedAlready(initiative=initiative)
    if not queries.takes(initiative, actor):
        raise TakesNone(initiative=initiative)
    voice = Voice.objects.filter(pk=item.voice_id or 0).first()
    if voice is None:
        raise NobodyWrote
    claim = claim_of(voice.pk)
    proposal = Proposal(
        mention_id=mention_id,
        initiative=initiative,
        title=title,
        text=text,
        name=voice.pseudonym,
        voice=f"voice:{voice.pk}",
        member=claim.member if claim is not None else None,
        made_by=actor,
        state=State.ASKED,
    )
    if claim is None:
        _take(proposal, None)
        return proposal
    proposal.save()
    record(
        SuggestionProposed(), actor=actor, object=proposal, initiative=initiative, target=claim.member, public=False
    )
    return proposal


@transaction.atomic
def answer_proposal(*, proposal: Proposal, member: Member, agreed: bool, named: bool = True) -> Proposal:
    """The member says whether his suggestion may go in, and whether under his name or his pseudonym.

    Raises NotAsked, AnsweredBefore, or what the mechanism refuses (ideas are no longer taken).
    """
    held = (
        Proposal.objects.select_for_update(of=("self",)).select_related("initiative", "made_by").get(pk=proposal.pk)
    )
    if held.member_id != member.pk:
        raise NotAsked
    if held.state != State.ASKED:
        raise AnsweredBefore
    held.answered_at = clock.now()
    if agreed:
        _take(held, member if named else None)
    else:
        held.state = State.DECLINED
        held.save()
    record(
        ProposalAnswered(agreed),
        actor=member,
        object=held,
        initiative=held.initiative,
        target=held.made_by,
        public=False,
    )
    return held


def _take(proposal: Proposal, member: Member | None) -> None:
    """The mechanism makes a contribution of it."""
    take = mechanism(proposal.initiative.mechanism).take_suggestion
    if take is None:
        raise TakesNone(initiative=proposal.initiative)
    credit = Credit(
        key=f"mention:{proposal.mention_id}",
        voice=proposal.voice,
        name=str(member) if member is not None else proposal.name,
        url=reverse("studio_listen:heard", args=[proposal.mention_id]),
        member=member,
    )
    made = take(
        initiative=proposal.initiative,
        actor=proposal.made_by,
        title=proposal.title,
        text=proposal.text,
        credit=credit,
    )
    proposal.contribution_id, proposal.state = made.pk, State.TAKEN
    proposal.save()

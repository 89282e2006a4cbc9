"""Several authors of one idea, and how they share what it earns."""

from __future__ import annotations

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.ideas import WHOLE_ROW, locked_idea
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.errors import AlreadyAuthor, IdeaSettled, NothingOffered
from essaim.mechanisms.contest.models import Authorship, CoAuthorOffer, Idea
from essaim.mechanisms.contest.payloads import CoAuthorDeclined, CoAuthorInvited, CoAuthorJoined, IdeaInherited
from essaim.people.models import Member


@transaction.atomic
def invite_co_author(*, idea: Idea, actor: Member, member: Member, share: int) -> CoAuthorOffer:
    """Offer `share` basis points of one's own part. Raises AlreadyAuthor or ShareTooLarge."""
    contest = lock(idea.contest)
    idea = locked_idea(idea)
    allow(policy.add_co_author, actor, idea)
    if idea.state not in (Idea.State.DRAFT, Idea.State.PUBLISHED) or idea.merged_into_id:
        raise IdeaSettled
    shares = queries.shares_of(idea)
    waiting = CoAuthorOffer.objects.filter(idea=idea, member=member, state=CoAuthorOffer.State.OFFERED)
    if member.pk in shares or waiting.exists():
        raise AlreadyAuthor
    ladder.give_share(shares, actor.pk, member.pk, share)
    offer = CoAuthorOffer.objects.create(idea=idea, giver=actor, member=member, share=share)
    record(CoAuthorInvited(share), actor=actor, object=idea, initiative=contest, target=member)
    return offer


@transaction.atomic
def accept_offer(*, idea: Idea, member: Member) -> Authorship:
    """Become a co-author: the share passes from the giver's part to the member's."""
    contest = lock(idea.contest)
    allow(policy.answer_offer, member, contest)
    offer = _waiting(idea, member)
    shares = ladder.give_share(queries.shares_of(idea), offer.giver_id, member.pk, offer.share)
    write_shares(idea, shares)
    _answer(offer, CoAuthorOffer.State.ACCEPTED)
    joined = CoAuthorJoined(offer.share)
    known = offer.idea.is_visible  # a draft is its authors' affair
    record(joined, actor=member, object=idea, initiative=contest, target=offer.giver, public=known)
    return Authorship.objects.get(idea=idea, member=member)


@transaction.atomic
def decline_offer(*, idea: Idea, member: Member) -> CoAuthorOffer:
    contest = lock(idea.contest)
    allow(policy.answer_offer, member, contest)
    offer = _waiting(idea, member)
    _answer(offer, CoAuthorOffer.State.DECLINED)
    declined = CoAuthorDeclined()
    record(declined, actor=member, object=idea, initiative=contest, target=offer.giver)
    return offer


def hold_ideas(*, member: Member) -> None:
    """Who pays an idea's authors holds the idea: while it is held here none of them is paid, nor any vote counted."""
    ideas = Idea.objects.select_for_update(no_key=True, of=WHOLE_ROW).filter(authorships__member=member)
    list(ideas.order_by("pk").values_list("pk"))


@transaction.atomic
def hand_over_ideas(*, member: Member) -> list[Idea]:
    """Who leaves for good leaves his part of each idea to its other authors, and the idea to the first of them.

    An idea without another author stays his: with its text gone it can neither win nor be paid. No lock on the
    contest, which whoever votes for the idea at this moment holds while waiting for the member's own row.
    """
    handed = []
    for idea in Idea.objects.filter(authorships__member=member).order_by("pk"):
        shares = ladder.left_to_others(queries.shares_of(idea), member.pk)
        if shares:
            _hand_over(idea, shares, member)
            handed.append(idea)
    return handed


def _hand_over(idea: Idea, shares: dict[int, int], leaver: Member) -> None:
    write_shares(idea, shares)
    Authorship.objects.filter(idea=idea, member=leaver).delete()
    first = Authorship.objects.filter(idea=idea).earliest("-share", "id")
    if idea.author_id == leaver.pk:
        Idea.objects.filter(pk=idea.pk).update(author=first.member_id)
    known = idea.is_visible  # a draft is its authors' affair
    record(IdeaInherited(), actor=None, object=idea, initiative=idea.contest, target=first.member, public=known)


def _waiting(idea: Idea, member: Member) -> CoAuthorOffer:
    offer = CoAuthorOffer.objects.filter(idea=idea, member=member, state=CoAuthorOffer.State.OFFERED).first()
    if offer is None:
        raise NothingOffered
    return offer


def _answer(offer: CoAuthorOffer, state: str) -> None:
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at"])


def write_shares(idea: Idea, shares: dict[int, int]) -> None:
    """Make the idea's authorships say these shares; the database checks their sum at the end of the transaction."""
    for member, share in shares.items():
        Authorship.objects.update_or_create(idea=idea, member_id=member, defaults={"share": share})

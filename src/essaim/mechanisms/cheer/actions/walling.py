"""The wall: messages written beside a cheer, sifted by the house's lists, decided by moderators."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.cheer import domain, policy, queries, words
from essaim.mechanisms.cheer.models import BlockedAuthor, Cheer, CheerMessage, WordList
from essaim.mechanisms.cheer.verbs import AuthorBlocked, AuthorUnblocked, WordsChanged
from essaim.people.models import Member

SIFTED_AT_ONCE = 2_000
BAD_WORDS = _("It holds words that this house does not show.")
BAD_AUTHOR = _("Messages of this author are not shown here.")
State = CheerMessage.State


@transaction.atomic
def write_message(*, phase: Phase, supporter: str, text: str) -> CheerMessage:
    """Add words to a cheer already given, or change them while nobody has decided on them.

    Raises TooLate, NothingToWriteTo, AlreadyRead, MessageTooLong.
    """
    cheer = Cheer.objects.select_for_update(of=("self",)).filter(phase=phase, supporter=supporter).first()
    if cheer is None:
        raise domain.NothingToWriteTo
    if queries.running_round(phase.initiative) != phase:
        raise queries.too_late(phase)
    kept = CheerMessage.objects.filter(cheer=cheer).first()
    if kept is not None and kept.state != State.WAITING:
        raise domain.AlreadyRead
    message = kept or CheerMessage(cheer=cheer)
    message.words, message.written_at, message.sifted_at = domain.clean_words(text), clock.now(), None
    message.save()
    return message


@transaction.atomic
def sift_messages(campaign: Initiative) -> int:
    """Refuse what breaks the house's lists; the rest is shown to moderators. How many were looked at, some thousands
    at most. No one's act: the lists decide, and whoever keeps them is named there."""
    fresh = queries.unsifted(campaign).select_for_update(skip_locked=True, of=("self",)).select_related("cheer")
    messages = list(fresh.order_by("id")[:SIFTED_AT_ONCE])
    entries, now = queries.blocked_words(), clock.now()
    blocked = queries.blocked_authors(campaign.community)
    for message in messages:
        message.sifted_at = now
        reason = BAD_AUTHOR if message.cheer.supporter in blocked else ""
        reason = reason or (BAD_WORDS if words.blocked(message.words, entries) else "")
        if reason:
            message.state, message.reason, message.decided_at = State.REFUSED, reason, now
    CheerMessage.objects.bulk_update(messages, ["sifted_at", "state", "reason", "decided_at"], batch_size=500)
    return len(messages)


@transaction.atomic
def block_author(*, message: CheerMessage, actor: Member) -> int:
    """Keep an author's messages off every wall of the community: those that wait, those shown, those to come. His
    cheers count as before. How many messages were taken."""
    campaign = message.cheer.campaign
    allow(policy.block_author, actor, campaign)
    supporter = message.cheer.supporter
    BlockedAuthor.objects.get_or_create(
        community=campaign.community, supporter=supporter, defaults={"blocked_by": actor}
    )
    shown = messages_of(supporter, campaign.community).exclude(state=State.REFUSED)
    taken = shown.update(
        state=State.REFUSED, reason=BAD_AUTHOR, decided_by=actor, decided_at=clock.now(), sifted_at=clock.now()
    )
    record(AuthorBlocked(taken), actor=actor, object=campaign, initiative=campaign)
    return taken


@transaction.atomic
def unblock_author(*, blocked: BlockedAuthor, actor: Member, campaign: Initiative) -> None:
    """Let him write again; what was refused stays so until somebody decides otherwise."""
    allow(policy.block_author, actor, campaign)
    BlockedAuthor.objects.filter(pk=blocked.pk, community=campaign.community).delete()
    record(AuthorUnblocked(), actor=actor, object=campaign, initiative=campaign)


def messages_of(supporter: str, community: Community) -> QuerySet[CheerMessage]:
    return CheerMessage.objects.filter(cheer__supporter=supporter, cheer__campaign__community=community)


@transaction.atomic
def change_words(*, actor: Member, language: str, typed: str) -> WordList:
    """The house's list in one language, instead of the one it had; it holds for messages that come from now on."""
    allow(policy.change_words, actor)
    entries = words.listed(typed[: words.LONGEST_LIST])
    kept, _new = WordList.objects.update_or_create(
        language=language, defaults={"words": "\n".join(entries), "changed_by": actor, "changed_at": clock.now()}
    )
    record(WordsChanged(language, len(entries)), actor=actor)
    return kept

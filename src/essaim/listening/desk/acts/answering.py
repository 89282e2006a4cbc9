"""Answering a person where he wrote: by the source's connector, or by hand."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from essaim.activity.record import record
from essaim.kit import clock
from essaim.listening.desk import jobs, policy, routes
from essaim.listening.desk.acts.locking import lock, write
from essaim.listening.desk.errors import AnsweredMeanwhile, NoPlaceNamed, NothingWritten, NoWayBack
from essaim.listening.desk.models import Answer, Item
from essaim.listening.desk.verbs import AnswerPublished, MentionAnswered
from essaim.listening.models import Mention
from essaim.people.models import Member
from essaim.people.policy import allow


@transaction.atomic
def answer(
    *, mention_id: int, actor: Member, text: str, key: UUID, seen: int, by_hand: bool = True, url: str = ""
) -> Answer:
    """Answer for the house. `seen` is how many answers the page showed: raises AnsweredMeanwhile when there are more.

    By hand, `url` says where the answer stands; otherwise the worker publishes it and notes its address. The key of
    the form makes an answer sent twice be one. Raises NothingWritten, NoPlaceNamed or NoWayBack.
    """
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if (again := Answer.objects.filter(key=key).first()) is not None:
        return again
    mention = Mention.objects.select_related("source").get(pk=item.pk, published_at=item.published_at)
    _check(item, mention, text, seen, by_hand, url)
    given = Answer.objects.create(
        item=item,
        author=actor,
        text=text.strip(),
        by_hand=by_hand,
        url=url,
        key=key,
        state=Answer.State.SENT if by_hand else Answer.State.WAITING,
        sent_at=clock.now() if by_hand else None,
    )
    first = item.first_answer_at or clock.now()
    write(item, actor, state=Item.State.ANSWERED, first_answer_at=first, snoozed_until=None, reason="", note="")
    record(MentionAnswered(mention.platform), actor=actor, object=item, target=routes.member_of(mention.voice_id))
    if not by_hand:
        jobs.publish_on_commit(given)
    return given


def _check(item: Item, mention: Mention, text: str, seen: int, by_hand: bool, url: str) -> None:
    if not text.strip():
        raise NothingWritten
    if by_hand and not url:
        raise NoPlaceNamed
    if not by_hand and routes.way_back(mention) is None:
        raise NoWayBack
    others = list(item.answers.select_related("author"))
    if len(others) > seen:
        raise AnsweredMeanwhile(who=others[-1].author)


@transaction.atomic
def retry_answer(*, answer: Answer, actor: Member) -> Answer:
    """Try again to publish what could not be."""
    lock(answer.item_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    found = Answer.objects.select_for_update().get(pk=answer.pk)
    if found.state == Answer.State.FAILED:
        found.state, found.error = Answer.State.WAITING, ""
        found.save(update_fields=["state", "error"])
        jobs.publish_on_commit(found)
    return found


@transaction.atomic
def answer_by_hand(*, answer: Answer, actor: Member, url: str) -> Answer:
    """What the house could not publish was published by a person: where it stands. Raises NoPlaceNamed."""
    item = lock(answer.item_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if not url:
        raise NoPlaceNamed
    found = Answer.objects.select_for_update().get(pk=answer.pk)
    if found.state == Answer.State.FAILED:
        found.state, found.error, found.by_hand = Answer.State.SENT, "", True
        found.url, found.sent_at = url, clock.now()
        found.save(update_fields=["state", "error", "by_hand", "url", "sent_at"])
        platform = Mention.objects.values_list("platform", flat=True).get(pk=item.pk, published_at=item.published_at)
        record(AnswerPublished(platform), actor=actor, object=item)
    return found

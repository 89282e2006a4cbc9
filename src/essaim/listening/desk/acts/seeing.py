"""Who sees to a mention, when, and when it is done with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from essaim.activity.record import record
from essaim.kit import clock
from essaim.listening.desk import policy, rollup
from essaim.listening.desk.acts.locking import lock, write
from essaim.listening.desk.errors import NoReason, NotAListener, TakenMeanwhile, TooEarly
from essaim.listening.desk.models import Item
from essaim.listening.desk.verbs import (
    MentionAssigned,
    MentionClosed,
    MentionReleased,
    MentionReopened,
    MentionSnoozed,
    catalogue_key,
)
from essaim.listening.reading.actions import correct as keep
from essaim.people.models import Member
from essaim.people.policy import allow

State = Item.State


@transaction.atomic
def assign(*, mention_id: int, actor: Member, assignee: Member | None, seen: int | None = None) -> Item:
    """Give the mention to someone of the team, or to nobody. `seen` is who had it on the page one acted from
    (0: nobody): raises TakenMeanwhile when someone else has it since. Raises NotAListener."""
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if assignee is not None and not policy.may_answer.test(assignee):
        raise NotAListener(who=assignee)
    if item.assignee == assignee:
        return item
    if seen is not None and item.assignee is not None and item.assignee.pk not in (seen, actor.pk):
        raise TakenMeanwhile(who=item.assignee)
    write(item, actor, assignee=assignee)
    act = MentionReleased() if assignee is None else MentionAssigned()
    record(act, actor=actor, object=item, target=assignee)
    return item


@transaction.atomic
def snooze(*, mention_id: int, actor: Member, until: datetime) -> Item:
    """Take the mention out of the inbox until then. Raises TooEarly for a moment that has passed."""
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if until <= clock.now():
        raise TooEarly
    write(item, actor, state=State.SNOOZED, snoozed_until=until)
    record(MentionSnoozed(until.date().isoformat()), actor=actor, object=item)
    return item


@transaction.atomic
def close(*, mention_id: int, actor: Member, reason: str, note: str = "") -> Item:
    """Done with it, for a reason of the list. Closing twice for the same reason changes nothing."""
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if reason not in Item.Reason.values:
        raise NoReason
    if item.state == State.CLOSED and (item.reason, item.note) == (reason, note.strip()):
        return item
    write(item, actor, state=State.CLOSED, reason=reason, note=note.strip()[:500], snoozed_until=None)
    record(MentionClosed(catalogue_key(Item.Reason(reason).label)), actor=actor, object=item)
    return item


@transaction.atomic
def reopen(*, mention_id: int, actor: Member) -> Item:
    """Back to what must be seen to."""
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if item.state == State.OPEN:
        return item
    write(item, actor, state=State.OPEN, reason="", note="", snoozed_until=None)
    record(MentionReopened(), actor=actor, object=item)
    return item


@transaction.atomic
def correct(*, mention_id: int, actor: Member, field: str, value: str) -> None:
    """Say what the reading got wrong: kept for the next training, and counted from now on."""
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    keep(mention_id=mention_id, field=field, value=value, actor=actor)
    rollup.mark([item.published_at])

"""A claim becomes a promise with a date, and what became of it is told to everyone."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from essaim.activity.record import record
from essaim.kit import clock
from essaim.listening.desk import domain, policy
from essaim.listening.desk.acts.locking import lock
from essaim.listening.desk.errors import NothingPromised, PromiseSettledAlready, TooEarly
from essaim.listening.desk.models import Promise
from essaim.listening.desk.verbs import PromiseMade, PromiseSettled, catalogue_key
from essaim.people.models import Member
from essaim.people.policy import allow


def today() -> date:
    return timezone.localdate(clock.now())


@transaction.atomic
def promise(*, mention_id: int, actor: Member, text: str, due_on: date) -> Promise:
    """Promise something in public, until a day. Raises NothingPromised or TooEarly."""
    item = lock(mention_id)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if not text.strip():
        raise NothingPromised
    if due_on < today():
        raise TooEarly
    made = Promise.objects.create(mention_id=item.pk, text=text.strip()[:300], due_on=due_on, made_by=actor)
    record(PromiseMade(due_on.isoformat()), actor=actor, object=made)
    return made


@transaction.atomic
def settle_promise(*, promise: Promise, actor: Member, kept: bool, words: str = "", url: str = "") -> Promise:
    """Tell what became of it: kept, kept late, or not. Once told it stays. Raises PromiseSettledAlready."""
    made = Promise.objects.select_for_update().get(pk=promise.pk)
    allow(policy.may_answer, actor, refusal=policy.NotAnswering)
    if made.outcome:
        raise PromiseSettledAlready
    made.outcome = domain.outcome(kept=kept, due_on=made.due_on, today=today())
    made.outcome_text, made.url = words.strip()[:500], url
    made.settled_by, made.settled_at = actor, clock.now()
    made.save()
    record(PromiseSettled(catalogue_key(Promise.Outcome(made.outcome).label)), actor=actor, object=made)
    return made

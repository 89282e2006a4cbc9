"""Cheers given, rounds named and sealed, messages decided, the stream told."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from django.db import connection, transaction

from essaim.activity.record import prepared, record, record_all
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.cheer import cheers, domain, policy, queries
from essaim.mechanisms.cheer.cheers import Answer, Asked
from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.folding import FOLD
from essaim.mechanisms.cheer.models import Camp, Cheer, CheerMessage, Round
from essaim.mechanisms.cheer.verbs import Cheered, MessageDecided, RoundNamed, RoundSealed
from essaim.people.models import Member

TOLD_AT_ONCE = 2_000  # activities written in one transaction


@transaction.atomic
def give_cheer(*, phase: Phase, camp: Camp, supporter: Member, words: str = "") -> Answer:
    """Cheer for a camp in the round that runs; the same cheer again changes nothing.

    Lock, decision and writing are one statement, the same as the burst intake's. The stream is told when the round is
    over. Raises TooLate, NotInvited, NoSuchCamp, MessageTooLong.
    """
    allow(policy.give_cheer, supporter, phase.initiative)
    asked = cheers.of_member(phase.pk, camp.pk, supporter.pk, domain.clean_words(words))
    [answer] = write_cheers([asked])
    refuse(answer, phase)
    return answer


def write_cheers(asked: list[Asked]) -> list[Answer]:
    with connection.cursor() as cursor:
        cursor.execute(cheers.INTAKE, cheers.parameters(asked, clock.now()))
        return cheers.answers(asked, cursor.fetchall())


def refuse(answer: Answer, phase: Phase) -> None:
    """Raise what the outcome says, if it says no."""
    if answer.outcome is Outcome.CLOSED:
        raise queries.too_late(phase)
    if answer.outcome is Outcome.STRANGER:
        raise domain.NotInvited
    if answer.outcome is Outcome.UNKNOWN:
        raise domain.NoSuchCamp


@transaction.atomic
def name_round(*, phase: Phase, actor: Member, title: str) -> Round:
    """Say what a round is: a match, an evening."""
    campaign = lock(phase.initiative)
    allow(policy.name_round, actor, campaign)
    named, _new = Round.objects.update_or_create(phase=phase, defaults={"title": title})
    record(RoundNamed(title), actor=actor, object=campaign, initiative=campaign)
    return named


@transaction.atomic
def decide_message(*, message: CheerMessage, actor: Member, approved: bool, reason: str = "") -> CheerMessage:
    """Let a message on the wall, or refuse it with a reason; a later decision takes the place of the earlier one."""
    message = CheerMessage.objects.select_for_update().select_related("cheer__campaign__community").get(pk=message.pk)
    campaign = message.cheer.campaign
    allow(policy.decide_message, actor, campaign)
    if not approved and not reason.strip():
        raise domain.ReasonMissing
    message.state = CheerMessage.State.APPROVED if approved else CheerMessage.State.REFUSED
    message.reason, message.decided_by, message.decided_at = reason.strip()[:120], actor, clock.now()
    message.save()
    record(MessageDecided(message.state, message.reason), actor=actor, object=campaign, initiative=campaign)
    return message


def seal_round(initiative: Initiative, phase: Phase) -> None:
    """Count a round that is over from its rows and publish the count.

    Runs with the phase's row held (`on_phase_end`): batches under way were waited for, later ones find it closed.
    """
    counted = domain.told(queries.recounted(phase))
    held, _new = Round.objects.select_for_update().get_or_create(phase=phase)
    held.count, held.seal, held.sealed_at = counted, domain.seal(counted), clock.now()
    held.reveal_at = phase.ends_at + timedelta(minutes=initiative.rules["reveal_after"])
    held.save()
    camps = queries.camps_by_slug(initiative)
    title, leaders = queries.title_of(phase), ", ".join(camps[slug].name for slug in counted["leaders"])
    sealed = RoundSealed(title, leaders, counted["total"], held.seal)
    record(sealed, actor=None, object=initiative, initiative=initiative)


def tell_stream(phase: Phase) -> int:
    """Write one activity per member's cheer of a sealed round, some thousands at a time; how many were written.

    Each transaction moves `told_to` with what it writes: killed and started again, it goes on where it stopped.
    """
    told = 0
    while written := _tell_some(phase):
        told += written
    return told


@transaction.atomic
def _tell_some(phase: Phase) -> int:
    held = Round.objects.select_for_update().get(phase=phase)
    given = Cheer.objects.filter(phase=phase, id__gt=held.told_to, kind=Cheer.Kind.MEMBER).order_by("id")
    rows = list(islice(given.select_related("camp").iterator(chunk_size=TOLD_AT_ONCE), TOLD_AT_ONCE))
    members = Member.objects.in_bulk([_member_id(row) for row in rows])
    title, campaign = queries.title_of(phase), phase.initiative
    record_all(
        [
            prepared(
                Cheered(row.camp.name, title),
                actor=members[_member_id(row)],
                object=campaign,
                initiative=campaign,
                at=row.cast_at,
            )
            for row in rows
        ]
    )
    if rows:
        held.told_to = rows[-1].pk
        held.save(update_fields=["told_to"])
    return len(rows)


def _member_id(cheer: Cheer) -> int:
    return int(cheer.supporter.removeprefix("member:"))


def fold() -> list[int]:
    """Sum up what batches moved since the last fold; the campaigns whose count has moved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FOLD)
        return [campaign for (campaign,) in cursor.fetchall()]

"""The end: one outcome, under the lock, once; then captures and refunds in batches that can be resumed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext, override

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.ledger.payments.actions import capture_payments
from essaim.ledger.payments.requests import Wanted
from essaim.ledger.post import post
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.actions.money import Why, pass_on, release, send_everything_back
from essaim.mechanisms.crowdfunding.actions.pots import move_matches
from essaim.mechanisms.crowdfunding.domain import entries, errors, outcomes
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.outcomes import Outcome
from essaim.mechanisms.crowdfunding.domain.rules import Choice, Funding
from essaim.mechanisms.crowdfunding.models import Campaign, Charge, Match, Pledge, Refund, Settlement
from essaim.mechanisms.crowdfunding.payloads import CampaignFunded, CampaignMissed, CampaignSettled, MinimumPassed
from essaim.people.models import Member
from essaim.people.queries import house

State = Pledge.State
BATCH = 1_000


@transaction.atomic
def close_campaign(*, campaign: Initiative, actor: Member) -> Campaign:
    """Write the outcome when the last round is over; the clock does so itself. StillRunning, CampaignClosed."""
    campaign = lock(campaign)
    allow(policy.close, actor, campaign)
    if campaign.phases.filter(kind=queries.ROUND, ends_at__gt=clock.now()).exists():
        raise errors.StillRunning
    return conclude(campaign, last=True)


def on_phase_end(campaign: Initiative, phase: Phase) -> None:
    """A round is over: its outcome is written, once. Called under the lock."""
    if phase.kind != queries.ROUND or queries.campaign_of(campaign).outcome:
        return
    last = not campaign.phases.filter(kind=queries.ROUND, position__gt=phase.position).exists()
    conclude(campaign, last=last)


def conclude(campaign: Initiative, *, last: bool) -> Campaign:
    """The outcome of a round, from what counts now. The first of two rounds passes the minimum or fails for good."""
    row, rules, stands = queries.campaign_of(campaign), queries.rules_of(campaign), queries.counted_again(campaign)
    if row.outcome:
        raise errors.CampaignClosed
    reached = row.passed_at is not None or outcomes.outcome(rules, stands.raised) is Outcome.SUCCEEDED
    row.raised, row.backers, row.worked_off_at = stands.raised, stands.backers, None
    figures = (stands.raised, rules.unit, stands.backers)
    if reached and not last and rules.funding is Funding.TWO_GOALS:
        row.passed_at = clock.now()
        told: object = MinimumPassed(*figures)
    else:
        row.outcome = Campaign.Outcome.SUCCEEDED if reached else Campaign.Outcome.FAILED
        row.closed_at = clock.now()
        told = (CampaignFunded if reached else CampaignMissed)(*figures)
    row.save()
    if row.outcome == Campaign.Outcome.FAILED:
        Match.objects.filter(campaign=campaign).update(amount=0)
    record(told, actor=None, object=campaign, initiative=campaign)
    _ring()
    return row


def _ring() -> None:
    from essaim.mechanisms.crowdfunding.jobs import ring

    ring()


def work_off(campaign: Initiative, *, size: int = BATCH) -> int:
    """Do with each pledge what the outcome asks, batch by batch; killed in between, it goes on where it was."""
    done = 0
    while batch := work_batch(campaign=campaign, size=size):
        done += batch
    return done


@transaction.atomic
def work_batch(*, campaign: Initiative, size: int = BATCH) -> int:
    """One batch, in one transaction: what is asked of providers is written with the mark that it was asked."""
    campaign = lock(campaign)
    row = queries.campaign_of(campaign)
    todo = list(queries.unsettled(campaign).select_related("backer")[:size])
    outcome = Outcome.FAILED if row.outcome == Campaign.Outcome.FAILED else Outcome.SUCCEEDED
    by_due: defaultdict[life.Due, list[Pledge]] = defaultdict(list)
    for pledge in todo:
        pledge.campaign = campaign
        by_due[life.due(outcome, life.State(pledge.state), Choice(pledge.on_failure))].append(pledge)
    for due, pledges in by_due.items():
        _work(pledges, due)
    if not todo and (row.outcome or row.passed_at) and row.worked_off_at is None:
        row.worked_off_at = clock.now()
        row.save(update_fields=["worked_off_at"])
    return len(todo)


def _work(pledges: Sequence[Pledge], due: life.Due) -> None:
    match due:
        case life.Due.CAPTURE:
            _capture(pledges)
        case life.Due.RELEASE:
            release(pledges, State.RELEASED)
        case life.Due.REFUND:
            send_everything_back(pledges, Why(Refund.Cause.FAILURE))
            _mark(pledges, "settled_at")
        case life.Due.CREDIT | life.Due.GIVE:
            pass_on(pledges, due)
        case life.Due.NOTHING:
            _mark(pledges, "settled_at")


def _capture(pledges: Sequence[Pledge]) -> None:
    """Ask providers to take what they hold. A hold that ran out meanwhile is heard of by itself."""
    live = Charge.objects.filter(pledge__in=pledges, superseded_at=None).select_related("payment")
    amounts = {pledge.pk: pledge.amount for pledge in pledges}
    capture_payments(
        [
            Wanted(charge.payment, amounts[charge.pledge_id], f"crowdfunding:{charge.payment_id}:capture")
            for charge in live.order_by("pk")
        ]
    )
    _mark(pledges, "capture_asked_at")


def _mark(pledges: Sequence[Pledge], field: str) -> None:
    Pledge.objects.filter(pk__in=[pledge.pk for pledge in pledges]).update(**{field: clock.now()})


@transaction.atomic
def settle_campaign(*, campaign: Initiative, treasurer: Member, key: str) -> Settlement:
    """Empty the jar: the house's fee, the VAT, the rest to the project; what pots add comes in first.

    As often as money comes in later; each time fee and VAT are set right on all received so far. Raises
    NotSucceeded, CapturesRunning, NothingToSettle.
    """
    campaign = lock(campaign)
    allow(policy.handle_money, treasurer, campaign)
    key = entries.key(campaign.pk, "settlement", key)
    if (before := Settlement.objects.filter(key=key).first()) is not None:
        return before
    _check_settleable(campaign)
    number = Settlement.objects.filter(campaign=campaign).count() + 1
    matched = move_matches(campaign, number, treasurer)
    rules, money = queries.rules_of(campaign), queries.money(campaign)
    parts = outcomes.shares(rules, money, queries.vat_due(campaign), reserved=queries.promised_back(campaign))
    if not (parts.fee or parts.vat or parts.rest):
        raise errors.NothingToSettle
    made = Settlement.objects.create(
        campaign=campaign,
        number=number,
        fee=parts.fee,
        vat=parts.vat,
        paid_out=parts.rest,
        matched=matched,
        unit=rules.unit,
        key=key,
        by=treasurer,
    )
    act = record(
        CampaignSettled(number, parts.total, rules.unit), actor=treasurer, object=campaign, initiative=campaign
    )
    with override(house().languages[0]):  # the books are kept in one language
        memo = gettext("%(campaign)s, settlement %(number)s") % {"campaign": campaign.title, "number": number}
    post(entries.settled(campaign.pk, rules, parts, number=number, memo=memo[:300]), act, author=treasurer)
    return made


def _check_settleable(campaign: Initiative) -> None:
    row = queries.campaign_of(campaign)
    if not queries.has_passed(row):
        raise errors.NotSucceeded
    running = Pledge.objects.filter(campaign=campaign, state=State.HELD).count()
    if running:
        raise errors.CapturesRunning(count=running)

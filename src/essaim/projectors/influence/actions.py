"""Asking for a calculation or a plan, inviting, and saying what counts how much."""

from __future__ import annotations

from django.db import transaction

from essaim.activity.record import record
from essaim.kit import clock
from essaim.kit.errors import Conflict, Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import Member
from essaim.people.policy import allow
from essaim.people.queries import has_consent
from essaim.projectors.influence import domain, drawing
from essaim.projectors.influence.models import Plan, RuleSet, Run, Seed
from essaim.projectors.influence.policy import NotDeciding, decides_influence
from essaim.projectors.influence.verbs import AskedToCarry, WeightsPublished

MOST = 200


class AlreadyCalculating(Conflict):
    cause = _("A calculation is under way already.")
    remedy = _("Wait for it to end: the page says how far it is.")


class BudgetNotRight(Refusal):
    cause = _("A plan is for 1 to %(most)d people.")
    remedy = _("Give a number between the two.")


class AlreadyInvited(Conflict):
    cause = _("This person was written to for this plan already.")
    remedy = _("Make another plan to invite again.")


class NotToBeWrittenTo(Refusal):
    cause = _("This member does not want personal messages from the team.")
    remedy = _("Invite somebody else: a new plan leaves this person out.")


class WordsMissing(Refusal):
    cause = _("An invitation says something.")
    remedy = _("Write a sentence or two, 500 characters at most.")


@transaction.atomic
def ask_run(*, actor: Member) -> Run:
    """Have the worker calculate everything on the ties as they are."""
    from essaim.projectors.influence.jobs import defer_calculation

    drawing.one_at_a_time()
    allow(decides_influence, actor, refusal=NotDeciding)
    if Run.objects.filter(state__in=(Run.State.WAITING, Run.State.RUNNING)).exists():
        raise AlreadyCalculating
    run = Run.objects.create(asked_by=actor)
    transaction.on_commit(lambda: defer_calculation(run.pk))
    return run


@transaction.atomic
def ask_plan(*, actor: Member, budget: int, voices: bool) -> Plan:
    """Have the worker choose whom to invite."""
    from essaim.projectors.influence.jobs import defer_plan

    allow(decides_influence, actor, refusal=NotDeciding)
    if not 1 <= budget <= MOST:
        raise BudgetNotRight(most=MOST)
    plan = Plan.objects.create(asked_by=actor, budget=budget, voices=voices)
    transaction.on_commit(lambda: defer_plan(plan.pk))
    return plan


@transaction.atomic
def invite(*, actor: Member, seed: Seed, words: str) -> Seed:
    """Write to a member of a plan, as a notice; only to one who agreed to personal messages."""
    row = Seed.objects.select_for_update(of=("self",)).get(pk=seed.pk)
    allow(decides_influence, actor, refusal=NotDeciding)
    if row.invited_at is not None:
        raise AlreadyInvited
    if not words.strip() or len(words) > 500:
        raise WordsMissing
    member = Member.objects.filter(pk=row.node, is_active=True).first()
    if member is None or not has_consent(member, "dialogue"):
        raise NotToBeWrittenTo
    row.invited_at, row.invited_by = clock.now(), actor
    row.save(update_fields=["invited_at", "invited_by"])
    record(AskedToCarry(words=words.strip(), plan=row.plan_id), actor=actor, target=member)
    return row


@transaction.atomic
def publish_weights(*, actor: Member, rules: domain.Rules, reason: str) -> RuleSet:
    """Put weights in force. The next calculation counts with them; ties that weigh otherwise are drawn again."""
    from essaim.projectors.influence.jobs import defer_drawing

    drawing.one_at_a_time()
    allow(decides_influence, actor, refusal=NotDeciding)
    domain.check(rules)
    before = drawing.rules()
    published = RuleSet.objects.create(
        version=before.version + 1, content=domain.packed(rules), reason=reason, published_by=actor
    )
    record(WeightsPublished(published.version, reason), actor=actor)
    if (dict(before.ties), before.half_life_days) != (dict(rules.ties), rules.half_life_days):
        transaction.on_commit(defer_drawing)
    return published

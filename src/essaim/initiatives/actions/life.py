"""An initiative's life: drafted, opened (its rules freeze), amended, halted and resumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify

from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.initiatives import domain, policy
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Amendment, Initiative
from essaim.initiatives.policy import allow
from essaim.initiatives.rules import cleaned_rules
from essaim.initiatives.verbs import (
    InitiativeDrafted,
    InitiativeOpened,
    InitiativeResumed,
    InitiativeStopped,
    RulesAmended,
)
from essaim.kit import clock
from essaim.kit.kept import Kept
from essaim.people.models import Member

LONGEST_REASON = 1_000
AS_IT_STANDS = Kept(lambda pk: Initiative.objects.select_related("community").filter(pk=pk))


def lock(initiative: Initiative) -> Initiative:
    """The initiative's row as it now stands, locked until the transaction ends.

    The one lock of an act that consumes something, taken before any check. Rows that merely point to the
    initiative (comments, drafts) can still be written meanwhile.
    """
    _hold("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", _gate(initiative))
    locked = Initiative.objects.select_for_update(no_key=True, of=("self",)).select_related("community")
    return locked.get(pk=initiative.pk)


def lock_for(member: Member, initiative: Initiative) -> Initiative:
    """The initiative as it now stands and will until the transaction ends, for an act that uses up the member's own.

    The acts of one member pass one at a time, those of different members beside each other; what they share besides
    (the count of one idea, the places of a budget) has a lock of its own. An act that takes `lock` waits for those
    under way, and goes before those that come after it: a row lock shared by all would let it wait for ever.
    """
    _hold(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0)),"
        " pg_advisory_xact_lock(hashtextextended(%s, 0))",
        _gate(initiative),
        f"{_gate(initiative)} member {member.pk}",
    )
    (found,) = AS_IT_STANDS.rows(initiative.pk)
    return found


def _gate(initiative: Initiative) -> str:
    return f"initiative {initiative.pk}"


def _hold(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, names)


@transaction.atomic
def draft_initiative(
    *,
    actor: Member,
    community: Community,
    mechanism_slug: str,
    title: str,
    preset_slug: str = "",
    summary: str = "",
    brief: str = "",
    slug: str = "",
    rules: Mapping[str, Any] | None = None,
) -> Initiative:
    """Prepare an initiative, seen by those who run it only. `rules` are laid over the preset's."""
    manifest = mechanism(mechanism_slug)
    initiative = Initiative(
        slug=slug or free_slug(title),
        community=community,
        mechanism=manifest.slug,
        preset=preset_slug,
        title=domain.check_text(title, 120),
        summary=summary,
        brief=brief,
        created_by=actor,
    )
    allow(policy.run_initiative, actor, initiative)
    if slug and Initiative.objects.filter(slug=slug).exists():
        raise domain.SlugTaken(slug=slug)
    offered = manifest.preset(preset_slug).rules if preset_slug else {}
    initiative.rules = cleaned_rules(manifest, {**offered, **(rules or {})})
    initiative.save()
    record(InitiativeDrafted(manifest.slug, preset_slug), actor=actor, object=initiative, initiative=initiative)
    return initiative


def free_slug(title: str) -> str:
    """An address from the title, numbered when another initiative has it."""
    base = slugify(title)[:70] or "initiative"
    taken = set(Initiative.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


@transaction.atomic
def change_draft(
    *,
    initiative: Initiative,
    actor: Member,
    title: str | None = None,
    summary: str | None = None,
    brief: str | None = None,
    rules: Mapping[str, Any] | None = None,
) -> Initiative:
    """Change what is given of an initiative still in preparation."""
    initiative = lock(initiative)
    allow(policy.run_initiative, actor, initiative)
    if initiative.opened_at is not None:
        raise domain.AlreadyOpen
    if title is not None:
        initiative.title = domain.check_text(title, 120)
    initiative.summary = initiative.summary if summary is None else summary
    initiative.brief = initiative.brief if brief is None else brief
    if rules is not None:
        manifest = mechanism(initiative.mechanism)
        changed = cleaned_rules(manifest, {**initiative.rules, **rules})
        if manifest.check_change is not None:
            manifest.check_change(initiative, changed)
        initiative.rules = changed
    initiative.save()
    return initiative


@transaction.atomic
def open_initiative(*, initiative: Initiative, actor: Member) -> Initiative:
    """Publish the initiative and freeze its rules and calendar. The mechanism may refuse (a budget unfunded…)."""
    initiative = lock(initiative)
    allow(policy.run_initiative, actor, initiative)
    if initiative.opened_at is not None:
        raise domain.AlreadyOpen
    manifest = mechanism(initiative.mechanism)
    phases = list(initiative.phases.all())
    if not phases:
        raise domain.NoPhase
    now = clock.now()
    if all(phase.ends_at <= now for phase in phases):
        raise domain.ScheduleOver
    initiative.rules = cleaned_rules(manifest, initiative.rules)
    if manifest.before_opening is not None:
        manifest.before_opening(initiative)
    initiative.opened_at = initiative.frozen_at = now
    initiative.save(update_fields=["rules", "opened_at", "frozen_at"])
    opened = InitiativeOpened(manifest.slug, initiative.rules_version)
    record(opened, actor=actor, object=initiative, initiative=initiative)
    return initiative


@transaction.atomic
def amend_rules(*, initiative: Initiative, rules: Mapping[str, Any], reason: str, actor: Member) -> Amendment:
    """Change frozen rules in public: the amendment keeps both versions, its author and the reason.

    `rules` are laid over the present ones. Raises AmendmentRefused subclasses of the mechanism through its
    manifest's `check_amendment`.
    """
    initiative = lock(initiative)
    allow(policy.run_initiative & policy.is_opened, actor, initiative)
    reason = _public_reason(reason)
    manifest = mechanism(initiative.mechanism)
    amended = cleaned_rules(manifest, {**initiative.rules, **rules})
    if amended == initiative.rules:
        raise domain.NothingAmended
    if manifest.check_amendment is not None:
        manifest.check_amendment(initiative, amended)
    amendment = Amendment.objects.create(
        initiative=initiative,
        version=initiative.rules_version + 1,
        reason=reason,
        rules_before=initiative.rules,
        rules_after=amended,
        author=actor,
    )
    initiative.rules, initiative.rules_version = amended, amendment.version
    initiative.save(update_fields=["rules", "rules_version"])
    record(RulesAmended(amendment.version, reason), actor=actor, object=initiative, initiative=initiative)
    return amendment


@transaction.atomic
def halt(*, initiative: Initiative, reason: str, actor: Member) -> Initiative:
    """Freeze every act of the initiative at once, with a public reason."""
    initiative = lock(initiative)
    allow(policy.run_initiative & policy.is_opened, actor, initiative)
    reason = _public_reason(reason)
    if initiative.halted_at is not None:
        raise domain.AlreadyHalted
    initiative.halted_at, initiative.halted_reason = clock.now(), reason
    initiative.save(update_fields=["halted_at", "halted_reason"])
    record(InitiativeStopped(reason), actor=actor, object=initiative, initiative=initiative)
    return initiative


@transaction.atomic
def resume(*, initiative: Initiative, reason: str, actor: Member) -> Initiative:
    """Let a halted initiative go on; the dates of its phases have not moved."""
    initiative = lock(initiative)
    allow(policy.run_initiative, actor, initiative)
    reason = _public_reason(reason)
    if initiative.halted_at is None:
        raise domain.NotHalted
    initiative.halted_at, initiative.halted_reason = None, ""
    initiative.save(update_fields=["halted_at", "halted_reason"])
    record(InitiativeResumed(reason), actor=actor, object=initiative, initiative=initiative)
    return initiative


def _public_reason(reason: str) -> str:
    if not reason.strip():
        raise domain.ReasonMissing
    return domain.check_text(reason, LONGEST_REASON)

"""Publishing the rules."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from essaim.activity.record import record
from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import Member
from essaim.people.policy import allow, is_manager
from essaim.projectors.rewards import domain
from essaim.projectors.rewards.models import RuleSet
from essaim.projectors.rewards.projector import one_at_a_time
from essaim.projectors.rewards.verbs import RulesPublished


class NotAManager(Forbidden):
    cause = _("The rules for points are written by the house's managers.")
    remedy = _("Ask the owner of the house for the role of manager.")


@transaction.atomic
def publish_rules(
    *, actor: Member, rules: Sequence[domain.Rule], levels: Sequence[domain.Level], reason: str
) -> RuleSet:
    """Put a new version in force from now on; what was earned before stays as it was."""
    one_at_a_time()
    allow(is_manager, actor, refusal=NotAManager)
    domain.check(rules, levels)
    last = RuleSet.objects.first()
    published = RuleSet.objects.create(
        version=last.version + 1 if last else 1,
        content=domain.packed(rules, levels),
        reason=reason,
        published_by=actor,
    )
    record(RulesPublished(published.version, reason), actor=actor)
    return published

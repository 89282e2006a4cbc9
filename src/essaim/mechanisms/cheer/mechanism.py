"""The manifest of campaigns of cheers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Mechanism, PhaseType, Statistic
from essaim.mechanisms.cheer import actions, counting, policy, queries
from essaim.mechanisms.cheer.rules import PRESETS, RulesForm
from essaim.mechanisms.cheer.verbs import ACTIVITY_TYPES

ACTS = {name: getattr(actions, name) for name in actions.__all__}

POLICIES = {
    "add_camp": policy.prepare,
    "decide_message": policy.decide_message,
    "give_cheer": policy.give_cheer,
    "name_round": policy.name_round,
    "remove_camp": policy.prepare,
}

MECHANISM = Mechanism(
    slug=queries.SLUG,
    name=_("Cheers"),
    summary=_("Members cheer for a camp; the count moves live on every screen, and the leader's colours light up"),
    icon="heart",
    phase_types=(PhaseType("round", _("Round"), frozenset({"give_cheer"})),),
    presets=PRESETS,
    activity_types=ACTIVITY_TYPES,
    acts=ACTS,
    policies=POLICIES,
    urls="essaim.mechanisms.cheer.urls",
    live="essaim.mechanisms.cheer.live.Live",
    settings_form=RulesForm,
    statistics=(Statistic(_("cheers"), queries.cheer_count),),
    on_phase_end=actions.seal_round,
    tally=counting.tally,
    recount=counting.recount,
)

"""The manifest of campaigns of cheers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Mechanism, PhaseType, Statistic
from essaim.mechanisms.cheer import actions, belongings, counting, policy, queries
from essaim.mechanisms.cheer.api import router
from essaim.mechanisms.cheer.exports import EXPORTS
from essaim.mechanisms.cheer.rules import PRESETS, RulesForm
from essaim.mechanisms.cheer.seed import seed
from essaim.mechanisms.cheer.verbs import ACTIVITY_TYPES
from essaim.mechanisms.cheer.views import outside

POLICIES = {
    "add_camp": policy.prepare,
    "block_author": policy.block_author,
    "change_camp": policy.prepare,
    "change_words": policy.change_words,
    "cheer_as_guest": policy.take_guests,
    "decide_message": policy.decide_message,
    "give_cheer": policy.give_cheer,
    "give_pass": policy.take_guests,
    "kill_light": policy.order_light,
    "name_round": policy.name_round,
    "override_light": policy.order_light,
    "release_light": policy.order_light,
    "remove_camp": policy.prepare,
    "rig_light": policy.rig_light,
    "unblock_author": policy.block_author,
    "welcome_guest": policy.take_guests,
}
ACTS = {name: getattr(actions, name) for name in POLICIES}

MECHANISM = Mechanism(
    slug=queries.SLUG,
    name=_("Cheers"),
    summary=_("Members cheer for a camp; the count moves live on every screen, and the leader's colours light up"),
    icon="heart",
    phase_types=(PhaseType("round", _("Round"), frozenset({"give_cheer", "cheer_as_guest"})),),
    presets=PRESETS,
    activity_types=ACTIVITY_TYPES,
    acts=ACTS,
    policies=POLICIES,
    urls="essaim.mechanisms.cheer.urls",
    studio_urls="essaim.mechanisms.cheer.studio_urls",
    desk=outside.DESK,
    errands=outside.errands,
    mine=outside.MINE,
    live="essaim.mechanisms.cheer.live.Live",
    settings_form=RulesForm,
    router=router,
    exports=EXPORTS,
    statistics=(Statistic(_("cheers"), queries.cheer_count),),
    before_opening=actions.before_opening,
    on_phase_end=actions.seal_round,
    tally=counting.tally,
    recount=counting.recount,
    seed=seed,
    erase=belongings.erase,
    portrait=belongings.portrait,
)

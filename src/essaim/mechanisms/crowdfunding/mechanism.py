"""The campaign's manifest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Mechanism, PhaseType, Statistic
from essaim.mechanisms.crowdfunding import actions, belongings, policy, queries
from essaim.mechanisms.crowdfunding.actions.closing import on_phase_end
from essaim.mechanisms.crowdfunding.actions.setting_up import before_opening, check_amendment, check_change
from essaim.mechanisms.crowdfunding.api import router
from essaim.mechanisms.crowdfunding.exports import EXPORTS
from essaim.mechanisms.crowdfunding.importers import IMPORTERS
from essaim.mechanisms.crowdfunding.presets import PRESETS
from essaim.mechanisms.crowdfunding.rules_form import RulesForm
from essaim.mechanisms.crowdfunding.seed import seed
from essaim.mechanisms.crowdfunding.verbs import ACTIVITY_TYPES
from essaim.mechanisms.crowdfunding.views import outside

PLEDGING = frozenset({"make_pledge"})
CHANGING = frozenset({"change_pledge", "cancel_pledge"})
TALKING = frozenset({"ask_question"})
DESK = frozenset({"give_address", "answer_survey", "change_options", "mark_sent", "mark_delivered", "refund_pledge"})

PHASES = (
    PhaseType(queries.ROUND, _("Pledges"), PLEDGING | CHANGING | TALKING | DESK),
    PhaseType(queries.AFTER, _("After the campaign"), PLEDGING | TALKING | DESK, afterwards=True),
)

POLICIES = {
    "add_picture": policy.configure,
    "add_tier": policy.configure,
    "announce_delay": policy.run_desk,
    "answer_question": policy.answer,
    "answer_survey": policy.deliver,
    "ask_question": policy.ask,
    "cancel_pledge": policy.own_pledge,
    "change_options": policy.deliver,
    "change_pledge": policy.change_pledge,
    "change_tier": policy.configure,
    "check_engraving": policy.deliver,
    "choose_on_failure": policy.own_pledge,
    "claim_pledges": policy.claim,
    "close_campaign": policy.close,
    "confirm_offline": policy.confirm_offline,
    "confirm_withdrawal": policy.own_pledge,
    "declare_withdrawal": policy.own_pledge,
    "describe_campaign": policy.configure,
    "enter_offline_pledge": policy.write_offline,
    "fund_pot": policy.handle_money,
    "give_address": policy.deliver,
    "join_pot": policy.handle_money,
    "lock_choices": policy.run_desk,
    "make_pledge": policy.make_pledge,
    "mark_delivered": policy.deliver,
    "mark_returned": policy.run_desk,
    "mark_sent": policy.run_desk,
    "open_pot": policy.handle_money,
    "publish_update": policy.publish_update,
    "receive_offline": policy.write_offline,
    "refund_pledge": policy.handle_money,
    "remove_picture": policy.configure,
    "return_pot": policy.handle_money,
    "send_back_by_hand": policy.handle_money,
    "set_budget": policy.configure,
    "set_stretch_goals": policy.configure,
    "set_team": policy.configure,
    "settle_campaign": policy.handle_money,
    "withdraw_tier": policy.configure,
}
ACTS = {name: getattr(actions, name) for name in POLICIES}

MECHANISM = Mechanism(
    slug=queries.SLUG,
    name=_("Crowdfunding"),
    summary=_("Members and guests fund a project; each cent is accounted for, to the last delivery"),
    icon="money",
    phase_types=PHASES,
    presets=PRESETS,
    activity_types=ACTIVITY_TYPES,
    acts=ACTS,
    policies=POLICIES,
    urls="essaim.mechanisms.crowdfunding.urls",
    studio_urls="essaim.mechanisms.crowdfunding.studio_urls",
    desk=outside.DESK,
    errands=outside.errands,
    mine=outside.MINE,
    settings_form=RulesForm,
    router=router,
    exports=EXPORTS,
    importers=IMPORTERS,
    statistics=(
        Statistic(_("backers"), lambda campaign: queries.gauge(campaign).backers),
        Statistic(_("% of the goal"), lambda campaign: queries.gauge(campaign).per_cent),
    ),
    before_opening=before_opening,
    check_amendment=check_amendment,
    check_change=check_change,
    on_phase_end=on_phase_end,
    seed=seed,
    erase=belongings.erase,
    portrait=belongings.portrait,
)

"""The contest's manifest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Mechanism, PhaseType, Statistic
from essaim.mechanisms.contest import actions, belongings, policy, queries
from essaim.mechanisms.contest.actions.oversight import on_phase_end
from essaim.mechanisms.contest.actions.setting_up import before_opening, check_amendment
from essaim.mechanisms.contest.api import router
from essaim.mechanisms.contest.domain import tallies
from essaim.mechanisms.contest.exports import EXPORTS
from essaim.mechanisms.contest.importers import IMPORTERS
from essaim.mechanisms.contest.presets import PRESETS
from essaim.mechanisms.contest.rules_form import RulesForm
from essaim.mechanisms.contest.seed import seed
from essaim.mechanisms.contest.verbs import ACTIVITY_TYPES
from essaim.mechanisms.contest.views import outside

GATHERING = frozenset({"submit_idea", "edit_idea"})
JUDGING = frozenset({"score_idea", "decide_potential", "merge_ideas"})
VOTING = frozenset({"cast_vote", "withdraw_vote"})

PHASES = (
    PhaseType("open", _("Ideas"), GATHERING | JUDGING),
    PhaseType("vote", _("Vote"), VOTING | JUDGING),
    PhaseType("together", _("Ideas and vote"), GATHERING | VOTING | JUDGING),
    PhaseType("decide", _("Decision"), JUDGING),
)

ACTS = {name: getattr(actions, name) for name in actions.__all__ if name != "watch_votes"}

POLICIES = {
    "accept_offer": policy.answer_offer,
    "answer_officially": policy.answer_officially,
    "cast_vote": policy.cast_vote,
    "close_contest": policy.close,
    "decide_potential": policy.decide_potential,
    "decline_offer": policy.answer_offer,
    "edit_idea": policy.edit_idea,
    "end_test": policy.open_test,
    "fund_contest": policy.fund,
    "invite_co_author": policy.add_co_author,
    "launch_product": policy.launch_product,
    "let_award_stand": policy.fund,
    "merge_ideas": policy.merge_ideas,
    "open_test": policy.open_test,
    "return_leftover": policy.fund,
    "save_draft": policy.save_draft,
    "score_idea": policy.score_idea,
    "score_test": policy.score_test,
    "seat_juror": policy.seat_juror,
    "settle_alarm": policy.settle_alarm,
    "submit_idea": policy.submit_idea,
    "take_back_award": policy.fund,
    "take_suggestion": policy.take_suggestion,
    "unseat_juror": policy.seat_juror,
    "void_votes": policy.void_votes,
    "withdraw_idea": policy.withdraw_idea,
    "withdraw_vote": policy.withdraw_vote,
}

MECHANISM = Mechanism(
    slug=queries.SLUG,
    name=_("Idea contest"),
    summary=_(
        "Members bring ideas and vote; ideas climb a ladder from potential to product, and their authors are paid"
    ),
    icon="ladder",
    phase_types=PHASES,
    presets=PRESETS,
    activity_types=ACTIVITY_TYPES,
    acts=ACTS,
    policies=POLICIES,
    urls="essaim.mechanisms.contest.urls",
    studio_urls="essaim.mechanisms.contest.studio_urls",
    desk=outside.DESK,
    errands=outside.errands,
    mine=outside.MINE,
    earned=outside.earned,
    take_suggestion=actions.take_suggestion,
    settings_form=RulesForm,
    statistics=(
        Statistic(_("ideas"), lambda contest: queries.ideas(contest).count()),
        Statistic(_("voters"), queries.voter_count),
    ),
    before_opening=before_opening,
    check_amendment=check_amendment,
    on_phase_end=on_phase_end,
    router=router,
    exports=EXPORTS,
    importers=IMPORTERS,
    tally=queries.told_tally,
    recount=tallies.told_recount,
    seed=seed,
    erase=belongings.erase,
    hold=belongings.hold,
    portrait=belongings.portrait,
)

"""Everything that can be done in a contest, one function per act; drafting, opening, amending and halting are
every initiative's (`essaim.initiatives.actions`)."""

from essaim.mechanisms.contest.actions.authors import accept_offer, decline_offer, invite_co_author
from essaim.mechanisms.contest.actions.awards import let_award_stand, take_back_award
from essaim.mechanisms.contest.actions.climbing import decide_potential, launch_product
from essaim.mechanisms.contest.actions.ideas import edit_idea, save_draft, submit_idea, withdraw_idea
from essaim.mechanisms.contest.actions.judging import end_test, open_test, score_idea, score_test
from essaim.mechanisms.contest.actions.merging import merge_ideas
from essaim.mechanisms.contest.actions.oversight import (
    answer_officially,
    close_contest,
    settle_alarm,
    void_votes,
    watch_votes,
)
from essaim.mechanisms.contest.actions.setting_up import fund_contest, return_leftover, seat_juror, unseat_juror
from essaim.mechanisms.contest.actions.suggestions import take_suggestion
from essaim.mechanisms.contest.actions.voting import cast_vote, withdraw_vote

__all__ = [
    "accept_offer",
    "answer_officially",
    "cast_vote",
    "close_contest",
    "decide_potential",
    "decline_offer",
    "edit_idea",
    "end_test",
    "fund_contest",
    "invite_co_author",
    "launch_product",
    "let_award_stand",
    "merge_ideas",
    "open_test",
    "return_leftover",
    "save_draft",
    "score_idea",
    "score_test",
    "seat_juror",
    "settle_alarm",
    "submit_idea",
    "take_back_award",
    "take_suggestion",
    "unseat_juror",
    "void_votes",
    "watch_votes",
    "withdraw_idea",
    "withdraw_vote",
]

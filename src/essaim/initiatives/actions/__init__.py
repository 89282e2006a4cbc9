"""The acts on every initiative and contribution; a mechanism adds its own."""

from essaim.initiatives.actions.calendar import close_phase_early, extend_phase, schedule, turn_phases
from essaim.initiatives.actions.contributions import edit_contribution, keep_revision, withdraw_contribution
from essaim.initiatives.actions.discussion import edit_comment, react, take_back_reaction, write_comment
from essaim.initiatives.actions.life import (
    amend_rules,
    change_draft,
    draft_initiative,
    halt,
    lock,
    open_initiative,
    resume,
)

__all__ = [
    "amend_rules",
    "change_draft",
    "close_phase_early",
    "draft_initiative",
    "edit_comment",
    "edit_contribution",
    "extend_phase",
    "halt",
    "keep_revision",
    "lock",
    "open_initiative",
    "react",
    "resume",
    "schedule",
    "take_back_reaction",
    "turn_phases",
    "withdraw_contribution",
    "write_comment",
]

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
    lock_for,
    open_initiative,
    resume,
)
from essaim.initiatives.actions.pictures import Illustration, illustrate, keep_picture, picture_of, sweep_pictures

__all__ = [
    "Illustration",
    "amend_rules",
    "change_draft",
    "close_phase_early",
    "draft_initiative",
    "edit_comment",
    "edit_contribution",
    "extend_phase",
    "halt",
    "illustrate",
    "keep_picture",
    "keep_revision",
    "lock",
    "lock_for",
    "open_initiative",
    "picture_of",
    "react",
    "resume",
    "schedule",
    "sweep_pictures",
    "take_back_reaction",
    "turn_phases",
    "withdraw_contribution",
    "write_comment",
]

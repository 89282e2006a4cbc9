"""Everything that can be done in a campaign of cheers, one function per act; drafting, opening, extending and halting
are every initiative's."""

from essaim.mechanisms.cheer.actions.cheering import (
    decide_message,
    fold,
    give_cheer,
    name_round,
    refuse,
    seal_round,
    tell_stream,
    write_cheers,
)
from essaim.mechanisms.cheer.actions.guests import cheer_as_guest, give_pass, welcome_guest
from essaim.mechanisms.cheer.actions.lighting import kill_light, override_light, release_light, reveal_due, rig_light
from essaim.mechanisms.cheer.actions.setting_up import add_camp, before_opening, change_camp, remove_camp
from essaim.mechanisms.cheer.actions.sharing import count_arrival, count_cheer, make_link
from essaim.mechanisms.cheer.actions.thanking import thank_supporters
from essaim.mechanisms.cheer.actions.walling import (
    block_author,
    change_words,
    sift_messages,
    unblock_author,
    write_message,
)

__all__ = [
    "add_camp",
    "before_opening",
    "block_author",
    "change_camp",
    "change_words",
    "cheer_as_guest",
    "count_arrival",
    "count_cheer",
    "decide_message",
    "fold",
    "give_cheer",
    "give_pass",
    "kill_light",
    "make_link",
    "name_round",
    "override_light",
    "refuse",
    "release_light",
    "remove_camp",
    "reveal_due",
    "rig_light",
    "seal_round",
    "sift_messages",
    "tell_stream",
    "thank_supporters",
    "unblock_author",
    "welcome_guest",
    "write_cheers",
    "write_message",
]

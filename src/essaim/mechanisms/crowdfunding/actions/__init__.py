"""Everything that can be done in a campaign, one function per act; drafting, opening, amending and halting are
every initiative's (`essaim.initiatives.actions`)."""

from essaim.mechanisms.crowdfunding.actions.after import (
    announce_delay,
    answer_survey,
    change_options,
    check_engraving,
    give_address,
    lock_choices,
    mark_delivered,
    mark_returned,
    mark_sent,
    refund_pledge,
)
from essaim.mechanisms.crowdfunding.actions.closing import close_campaign, settle_campaign
from essaim.mechanisms.crowdfunding.actions.offline import (
    confirm_offline,
    enter_offline_pledge,
    receive_offline,
    send_back_by_hand,
)
from essaim.mechanisms.crowdfunding.actions.orders import Line, Order
from essaim.mechanisms.crowdfunding.actions.payments import pay
from essaim.mechanisms.crowdfunding.actions.pictures import add_picture, remove_picture
from essaim.mechanisms.crowdfunding.actions.pledging import (
    cancel_pledge,
    change_pledge,
    choose_on_failure,
    claim_pledges,
    make_pledge,
)
from essaim.mechanisms.crowdfunding.actions.pots import fund_pot, join_pot, open_pot, return_pot
from essaim.mechanisms.crowdfunding.actions.setting_up import (
    Person,
    Stretch,
    add_tier,
    change_tier,
    describe_campaign,
    set_budget,
    set_stretch_goals,
    set_team,
    withdraw_tier,
)
from essaim.mechanisms.crowdfunding.actions.talking import answer_question, ask_question, publish_update
from essaim.mechanisms.crowdfunding.actions.withdrawing import (
    confirm_withdrawal,
    declare_withdrawal,
    withdrawal_ends,
)

__all__ = [
    "Line",
    "Order",
    "Person",
    "Stretch",
    "add_picture",
    "add_tier",
    "announce_delay",
    "answer_question",
    "answer_survey",
    "ask_question",
    "cancel_pledge",
    "change_options",
    "change_pledge",
    "change_tier",
    "check_engraving",
    "choose_on_failure",
    "claim_pledges",
    "close_campaign",
    "confirm_offline",
    "confirm_withdrawal",
    "declare_withdrawal",
    "describe_campaign",
    "enter_offline_pledge",
    "fund_pot",
    "give_address",
    "join_pot",
    "lock_choices",
    "make_pledge",
    "mark_delivered",
    "mark_returned",
    "mark_sent",
    "open_pot",
    "pay",
    "publish_update",
    "receive_offline",
    "refund_pledge",
    "remove_picture",
    "return_pot",
    "send_back_by_hand",
    "set_budget",
    "set_stretch_goals",
    "set_team",
    "settle_campaign",
    "withdraw_tier",
    "withdrawal_ends",
]

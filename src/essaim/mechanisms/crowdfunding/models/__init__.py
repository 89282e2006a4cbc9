"""Rows of campaigns. What must not be is refused by the database."""

from essaim.mechanisms.crowdfunding.models.after import Delay, Delivery, Letter, Refund, Settlement, Withdrawal
from essaim.mechanisms.crowdfunding.models.campaigns import (
    BudgetLine,
    Campaign,
    Question,
    StoryPicture,
    StretchGoal,
    TeamMember,
    Tier,
    Update,
)
from essaim.mechanisms.crowdfunding.models.pledges import Charge, OfflineMoney, Pledge, PledgeLine
from essaim.mechanisms.crowdfunding.models.pots import Match, Pot, PotCampaign, PotMovement
from essaim.mechanisms.crowdfunding.models.tallies import Tally

__all__ = [
    "BudgetLine",
    "Campaign",
    "Charge",
    "Delay",
    "Delivery",
    "Letter",
    "Match",
    "OfflineMoney",
    "Pledge",
    "PledgeLine",
    "Pot",
    "PotCampaign",
    "PotMovement",
    "Question",
    "Refund",
    "Settlement",
    "StoryPicture",
    "StretchGoal",
    "Tally",
    "TeamMember",
    "Tier",
    "Update",
    "Withdrawal",
]

"""What a campaign can start from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Preset
from essaim.mechanisms.crowdfunding.domain.rules import Funding, LegalMode, Rules, freeze

SALE = Rules(vat=2_000)
TWO_GOALS = Rules(funding=Funding.TWO_GOALS, goal=500_000, optimum=900_000, vat=2_000)
KEEP_ALL = Rules(funding=Funding.KEEP_ALL, vat=2_000)
THRESHOLD = Rules(funding=Funding.THRESHOLD, fee=500, fee_from=6_000, vat=2_000)
PARTNER = Rules(legal_mode=LegalMode.PARTNER_GIFT)

PRESETS = (
    Preset(
        "all-or-nothing",
        _("All or nothing"),
        _("Forty days; nobody is charged unless the goal is reached"),
        freeze(SALE),
        (("round", 40), ("after", 365)),
    ),
    Preset(
        "two-goals",
        _("Two goals"),
        _("Forty days to the minimum, then forty more to the optimum"),
        freeze(TWO_GOALS),
        (("round", 40), ("round", 40), ("after", 365)),
    ),
    Preset(
        "keep-all",
        _("Keep what comes"),
        _("Each pledge is charged at once and used whatever the sum"),
        freeze(KEEP_ALL),
        (("round", 40), ("after", 365)),
    ),
    Preset(
        "threshold",
        _("Fee from a threshold"),
        _("Whatever comes is kept; the house takes its fee from 60 % of the goal on only"),
        freeze(THRESHOLD),
        (("round", 40), ("after", 365)),
    ),
    Preset(
        "partner-gift",
        _("Gifts through a partner"),
        _("A licensed partner collects gifts and holds the money; our books mirror it"),
        freeze(PARTNER),
        (("round", 40), ("after", 180)),
    ),
)

"""The rules a contest can start from. Every figure is a setting."""

from __future__ import annotations

from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.contest.domain.rules import (
    Award,
    Ballot,
    Condition,
    Eligibility,
    Right,
    RoyaltyShare,
    Rules,
    Rung,
    Tie,
)

PUBLISH = Right(
    right=_("show the idea on the contest's pages"), extent=_("as submitted"), territory=_("world"), years=5
)
PRODUCE = Right(
    right=_("make and sell the product"),
    extent=_("exclusive, paid in proportion to net sales"),
    territory=_("European Union"),
    years=10,
)

LADDER = Rules(
    ballot=Ballot.SUPPORT,
    rungs=(
        Rung("potential", _("Potential"), Condition.JURY, threshold=60, quorum=2, winners=5, reward=Award(50_000)),
        Rung("chosen", _("Chosen"), Condition.VOTES, threshold=100, window_days=60, winners=2, reward=Award(150_000)),
        Rung("tested", _("Tested"), Condition.PANEL, threshold=70, quorum=5),
        Rung("product", _("Product"), Condition.LAUNCH, reward=RoyaltyShare(basis_points=1_000, term_months=60)),
    ),
    rights=(PUBLISH, PRODUCE),
)

FLAVOURS = Rules(
    ballot=Ballot.SUPPORT,
    votes_each=1,
    community_weight=60,
    jury_weight=40,
    open_to_ideas=False,
    tie=Tie.ALL,
    rungs=(Rung("product", _("Product"), Condition.LAUNCH),),
)

OPEN_BOX = Rules(
    ballot=Ballot.OPINION,
    results_hidden=False,
    eligibility=Eligibility(confirmed=True),
    rights=(PUBLISH,),
)

PRESETS = {"ladder": LADDER, "flavours": FLAVOURS, "open-box": OPEN_BOX}

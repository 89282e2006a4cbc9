"""The presets a contest can start from, as the kernel offers them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Preset
from essaim.mechanisms.contest.domain import presets
from essaim.mechanisms.contest.domain.rules import freeze

PRESETS = (
    Preset(
        "ladder",
        _("Ladder"),
        _("The jury sees potential (€500), members choose (€1,500), a panel tests, a product pays 10 %"),
        freeze(presets.LADDER),
        (("open", 30), ("vote", 60), ("decide", 60)),
    ),
    Preset(
        "flavours",
        _("Flavours"),
        _("The house lists the variants; members elect one, a jury weighs in, and the weights are shown"),
        freeze(presets.FLAVOURS),
        (("vote", 21), ("decide", 14)),
    ),
    Preset(
        "open-box",
        _("Open box"),
        _("Ideas at any time, no money, and an official answer to each"),
        freeze(presets.OPEN_BOX),
        (("together", 365), ("decide", 30)),
    ),
)

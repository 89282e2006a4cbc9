"""Why a file is not taken in."""

from __future__ import annotations

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _


class KindNotKnown(Refusal):
    cause = _("There is no kind of file called “%(kind)s”.")
    remedy = _("There are: %(known)s.")


class NothingThere(Refusal):
    cause = _("There is nothing at %(path)s.")
    remedy = _("Check the path.")


class OptionNotKnown(Refusal):
    cause = _("Files of the kind %(kind)s have no option %(option)s.")
    remedy = _("They have: %(known)s.")

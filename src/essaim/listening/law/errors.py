"""What stands between an author and being left alone."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Refusal
from essaim.kit.errors import gettext_noop as _


class NotShown(Refusal):
    cause = _("The code was not found on that page, or the page is not the account's own.")
    remedy = _("Put the code into the profile and give the profile's address, or let the team decide.")


class CodeTooOld(Refusal):
    cause = _("This code is more than a week old, or was made for another account.")
    remedy = _("Begin again: you are given a new one.")


class AlreadyDecided(Conflict):
    cause = _("This request has been decided already.")
    remedy = _("Reload the page to see by whom.")

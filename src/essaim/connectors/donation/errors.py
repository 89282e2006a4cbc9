"""Refusals of donations."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Refusal
from essaim.kit.errors import gettext_noop as _


class NotADraft(Conflict):
    cause = _("This donation was already given or taken back.")
    remedy = _("Look at it among your donations.")


class NothingLeft(Refusal):
    cause = _("Every line is struck out.")
    remedy = _("Leave at least one, or throw the draft away.")


class NotAgreed(Refusal):
    cause = _("You have not agreed to the use of these posts.")
    remedy = _("Read the sentence below the lines and tick it, or throw the draft away.")


class NotGiven(Conflict):
    cause = _("There is nothing to take back.")
    remedy = _("This donation was not given, or it was taken back already.")

"""What is refused on the way from a mention to an initiative."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _


class ProposedAlready(Conflict):
    cause = _("This suggestion is on its way into “%(initiative)s” already.")
    remedy = _("The mention's page says what became of it.")


class TakesNone(Refusal):
    cause = _("“%(initiative)s” takes no suggestions now.")
    remedy = _("Choose a contest in which ideas are being taken.")


class NotAsked(Forbidden):
    cause = _("This question was put to somebody else.")
    remedy = _("Only the author of a suggestion says whether it may bear his name.")


class AnsweredBefore(Conflict):
    cause = _("You have answered this already.")
    remedy = _("Nothing more is asked of you.")


class NobodyWrote(Refusal):
    cause = _("Nobody is known to have written this.")
    remedy = _("A suggestion needs an author to be credited; submit the idea as the house's own instead.")

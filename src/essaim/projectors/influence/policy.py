"""Who reads the map, who decides about it."""

from __future__ import annotations

from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.listening.policy import may_listen, runs_sources

reads_influence = may_listen
decides_influence = runs_sources


class NotListening(Forbidden):
    cause = _("The map of who carries the word is read by those of the team who listen.")
    remedy = _("Ask an owner of the house for the role of analyst.")


class NotDeciding(Forbidden):
    cause = _("Invitations, weights and calculations are decided by the house's managers.")
    remedy = _("Ask an owner of the house for the role of manager.")

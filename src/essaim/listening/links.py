"""Where listening's own pages hang."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.listening.policy import runs_sources
from essaim.people.policy import is_owner


def _for_owners(request: HttpRequest) -> bool:
    return bool(is_owner.test(request.user))


def _for_those_in_charge(request: HttpRequest) -> bool:
    return bool(runs_sources.test(request.user))


slots.add_link("footer", _("How we listen"), "listening:notice", order=40)
slots.add_link("account", _("Your voices elsewhere"), "voices:mine", order=45)
slots.add_link("studio:listen", _("Objections"), "listening:pleas", order=80, shown=_for_those_in_charge)
slots.add_link("studio:listen", _("Who looked at whom"), "listening:looks", order=90, shown=_for_owners)

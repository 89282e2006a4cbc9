"""Where influence stands in the menus, and what is kept about members."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.people import rights
from essaim.projectors.influence import consenting
from essaim.projectors.influence.policy import reads_influence


def _reads(request: HttpRequest) -> bool:
    return bool(reads_influence.test(request.user))


slots.add_link("studio:listen", _("Leaders"), "influence:leaders", order=60, shown=_reads)
slots.add_link("studio:listen", _("Circles"), "influence:circles", order=62, shown=_reads)
slots.add_link("studio:listen", _("Whom to invite"), "influence:invite", order=64, shown=_reads)
slots.add_link("studio:listen", _("How influence is shared"), "influence:democracy", order=66, shown=_reads)
slots.add_link("account", _("My circles"), "influence:mine", order=36)
rights.register("influence", portrait=consenting.portrait, erase=consenting.forget)

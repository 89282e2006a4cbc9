"""Where the desk appears in the menus."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.listening.desk import policy


def _listens(request: HttpRequest) -> bool:
    return bool(policy.may_listen.test(request.user))


slots.add_link("studio:listen", _("Inbox"), "listening_desk:inbox", order=10, shown=_listens)
slots.add_link("studio:listen", _("Pictures"), "listening_desk:pictures", order=20, shown=_listens)
slots.add_link("studio:listen", _("Promises"), "listening_desk:promises", order=30, shown=_listens)
slots.add_link("studio:listen", _("Brands and panel"), "listening_desk:brands", order=60, shown=_listens)
slots.add_link("footer", _("Promises"), "promises:index", order=60)

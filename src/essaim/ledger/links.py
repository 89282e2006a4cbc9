"""Where the books appear in the menus."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.ledger import policy


def _reads_books(request: HttpRequest) -> bool:
    return bool(policy.read_books.test(request.user))


slots.add_link("account", _("My statement"), "ledger:statement", order=30)
slots.add_link("studio:share", _("Journal"), "ledger_studio:journal", order=60, shown=_reads_books)
slots.add_link("studio:share", _("Accounts"), "ledger_studio:accounts", order=61, shown=_reads_books)
slots.add_link("studio:share", _("Payouts"), "ledger_studio:payouts", order=62, shown=_reads_books)
slots.add_link("studio:share", _("Reconciliation"), "ledger_studio:reconciliation", order=64, shown=_reads_books)
slots.add_link("studio:share", _("Payments"), "ledger_studio:payments", order=63, shown=_reads_books)

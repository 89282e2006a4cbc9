"""The treasurer's page on which the provider's statement stands beside the books."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.kit import clock
from essaim.ledger import policy, words
from essaim.ledger.forms import ReconciliationForm
from essaim.ledger.presentation import reader
from essaim.ledger.providers import connected
from essaim.ledger.reconciliation.actions import read_statements
from essaim.ledger.reconciliation.queries import day_start, report
from essaim.ledger.studio_views import books_view
from essaim.people.queries import house

SHOWN = timedelta(days=30)


@books_view
@require_http_methods(["GET", "POST"])
def reconciliation(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        new = read_statements(actor=reader(request))
        messages.success(request, _("Read: %(number)s new lines.") % {"number": new})
        return redirect("ledger_studio:reconciliation")
    form = ReconciliationForm(request.GET, providers=connected())
    form.is_valid()
    unit, today = house().currency, timezone.localdate(clock.now())
    since, until = form.cleaned_data.get("from") or today - SHOWN, form.cleaned_data.get("to") or today
    slug = form.cleaned_data.get("provider") or connected()[0].slug
    found = report(slug=slug, unit=unit, since=since, until=until + timedelta(days=1))
    context = {
        "form": form,
        "report": found,
        "differences": [(one, day_start(one.day), words.kind_in_words(one.kind)) for one in found.differences],
        "days": [(one, day_start(one.day)) for one in found.days],
        "unit": unit,
        "may_write": policy.keep_books.test(reader(request)),
    }
    return render(request, "ledger/studio/reconciliation.html", context)

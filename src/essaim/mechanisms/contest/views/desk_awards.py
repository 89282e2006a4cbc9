"""Awards in doubt at the desk: taken back by the treasurer, or left standing, with a public reason."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.initiatives import policy as kernel
from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.initiatives.forms import ReasonForm
from essaim.ledger.models import JournalEntry
from essaim.mechanisms.contest import actions, policy, queries
from essaim.mechanisms.contest.doubts import awards_in_doubt
from essaim.mechanisms.contest.models import RungReached


@require_http_methods(["GET", "POST"])
@for_the_desk
def awards(request: HttpRequest) -> HttpResponse:
    """Paid for votes that were voided afterwards."""
    sent = request.POST.get("award", "") if request.method == "POST" else ""
    lines = [_line(request, row, sent) for row in awards_in_doubt() if _is_shown(request, row)]
    for line in lines:
        if line["form"].is_bound and line["form"].is_valid() and _decide(request, line):
            return redirect("contest-studio:awards")
    refused = any(line["form"].errors for line in lines)
    return render(request, "contest/studio/awards.html", {"lines": lines}, status=422 if refused else 200)


def _is_shown(request: HttpRequest, row: RungReached) -> bool:
    """To the team, and to the hosts of its community."""
    return person(request).is_staff or kernel.may(kernel.run_initiative, person(request), row.idea.contest)


def _line(request: HttpRequest, row: RungReached, sent: str) -> dict[str, Any]:
    step = queries.rules_of(row.idea.contest).rung(row.rung)
    return {
        "row": row,
        "rung": _(step.name),
        "needed": step.threshold,
        "entry": JournalEntry.objects.filter(key=row.entry_key).first(),
        "form": ReasonForm(request.POST if sent == str(row.pk) else None, auto_id=f"id_{row.pk}_%s"),
        "may": kernel.may(policy.fund, person(request), row.idea.contest),
    }


def _decide(request: HttpRequest, line: dict[str, Any]) -> bool:
    reason, actor, row = line["form"].cleaned_data["reason"], person(request), line["row"]
    if request.POST.get("act") == "back":
        done = _("The award is taken back; the money is in the contest's jar again.")
        back = partial(actions.take_back_award, reached=row, actor=actor, reason=reason)
        return tried(request, back, done, line["form"])
    stand = partial(actions.let_award_stand, reached=row, actor=actor, reason=reason)
    return tried(request, stand, _("The award stands; your reason is public."), line["form"])

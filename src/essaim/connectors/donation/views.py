"""A member's own place: give what he said elsewhere, line by line, and take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from essaim.connectors.donation import actions, queries
from essaim.connectors.donation.export import Line
from essaim.connectors.donation.forms import WORDING, ExportForm
from essaim.connectors.donation.models import Donation
from essaim.kit.errors import Refusal
from essaim.listening.kinds import closed_networks

AT_ONCE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            donation = actions.look_through(name=file.name, content=file.read(), actor=request.user)  # type: ignore[arg-type]
            return redirect("donation:draft", donation.pk)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    donations = Donation.objects.filter(member=request.user).defer("lines")  # type: ignore[misc]
    context = {"form": form, "donations": donations, "closed": list(closed_networks())}
    return render(request, "donation/index.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    donation = _own(request, pk)
    if donation.state != Donation.State.DRAFT:
        return _given(request, donation)
    refusal = None
    if request.method == "POST":
        try:
            return _acted(request, donation)
        except Refusal as refused:
            refusal = refused
            donation.refresh_from_db()
    context = {**_shown(request, donation), "refusal": refusal, "wording": WORDING}
    return render(request, "donation/draft.html", context, status=refusal.status if refusal else 200)


def _own(request: HttpRequest, pk: int) -> Donation:
    return get_object_or_404(Donation, pk=pk, member=request.user)


def _given(request: HttpRequest, donation: Donation) -> HttpResponse:
    """What stands here of it, as it was given."""
    page = Paginator(queries.mentions_of(donation), AT_ONCE).get_page(request.GET.get("page"))
    return render(request, "donation/given.html", {"donation": donation, "page": page})


def _shown(request: HttpRequest, donation: Donation) -> dict[str, Any]:
    page = Paginator(range(len(donation.lines)), AT_ONCE).get_page(request.GET.get("page"))
    struck = set(donation.struck)
    rows = [(place, Line.of(donation.lines[place]), place in struck) for place in page.object_list]
    return {"donation": donation, "page": page, "rows": rows, "left": len(donation.lines) - len(struck)}


def _acted(request: HttpRequest, donation: Donation) -> HttpResponse:
    """What is ticked on this page is struck out whichever button was pressed: nothing slips through."""
    actor: Any = request.user
    shown = _shown(request, donation)["page"].object_list
    struck = [int(place) for place in request.POST.getlist("struck") if place.isdigit()]
    actions.strike_out(donation=donation, actor=actor, shown=shown, struck=struck)
    if request.POST.get("act") == "give":
        language, agreed = get_language() or "en", bool(request.POST.get("agreed"))
        given = actions.give(donation=donation, actor=actor, wording=str(WORDING), language=language, agreed=agreed)
        messages.success(request, ngettext("%(count)s post given. Thank you.", "%(count)s posts given. Thank you.",
                                           given.posts) % {"count": given.posts})  # fmt: skip
        return redirect("donation:index")
    if word := request.POST.get("word", "").strip():
        count = actions.strike_word(donation=donation, actor=actor, word=word)
        messages.success(request, ngettext("%(count)s line struck out.", "%(count)s lines struck out.",
                                           count) % {"count": count})  # fmt: skip
    return redirect(request.get_full_path())


@login_required
@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    actions.take_back(donation=_own(request, pk), actor=request.user)  # type: ignore[arg-type]
    return redirect("donation:index")


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    actions.throw_away(donation=_own(request, pk), actor=request.user)  # type: ignore[arg-type]
    return redirect("donation:index")

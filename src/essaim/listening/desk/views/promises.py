"""What the house promised: for everyone to read, and for the team to tell what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from essaim.kit.errors import Forbidden, Refusal
from essaim.listening.desk import acts, forms, policy
from essaim.listening.desk.acts.promises import today
from essaim.listening.desk.models import Promise
from essaim.listening.desk.queries.promises import record_of
from essaim.listening.desk.views.entering import listeners_only, person

WHICH = {
    "open": Q(outcome=""),
    "kept": Q(outcome="kept"),
    "late": Q(outcome="late"),
    "broken": Q(outcome="broken"),
}


@require_safe
@listeners_only
def index(request: HttpRequest) -> HttpResponse:
    """The team's list: what is overdue first."""
    rows = Promise.objects.select_related("made_by", "settled_by")
    waiting = rows.filter(outcome="").order_by("due_on", "pk")
    page = Paginator(rows.exclude(outcome="").order_by("-settled_at"), 30).get_page(request.GET.get("page"))
    context = {
        "waiting": waiting,
        "page": page,
        "today": today(),
        "record": record_of(),
    }
    return render(request, "listening_desk/promises.html", context)


@require_http_methods(["GET", "POST"])
@listeners_only
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what became of a promise; or show the form again with what was refused and typed."""
    made = get_object_or_404(Promise.objects.select_related("made_by"), pk=pk)
    form, refusal = forms.OutcomeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            acts.settle_promise(promise=made, actor=person(request), **form.cleaned_data)
        except Forbidden:
            raise
        except Refusal as raised:
            refusal = raised
        else:
            messages.success(request, _("Told. Everyone can read what became of it."))
            return redirect("listening_desk:promises")
    context = {"promise": made, "form": form, "refusal": refusal, "today": today()}
    context["may_answer"] = policy.may_answer.test(request.user)
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "listening_desk/outcome.html", context, status=status)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Everyone's page: what is promised, and how the house keeps its word."""
    which = request.GET.get("which", "")
    rows = Promise.objects.filter(WHICH.get(which, Q())).order_by("-made_at", "-pk")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "listening_desk/public_promises.html", _shown(page=page, which=which))


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "listening_desk/public_promise.html", _shown(promise=get_object_or_404(Promise, pk=pk)))


def _shown(**context: Any) -> dict[str, Any]:
    return {"record": record_of(), "today": today(), **context}

"""The wizard: a table, what its columns seem to say, twenty rows as they would be read, and in."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essaim.connectors.tables import actions, reading, shipped
from essaim.connectors.tables.forms import LayoutForm, TableForm
from essaim.connectors.tables.models import SavedLayout, Upload
from essaim.kit.errors import Refusal
from essaim.listening.models import Run
from essaim.listening.policy import runs_sources
from essaim.listening.post import Post, Refused
from essaim.people.models import Member
from essaim.people.policy import allow

PREVIEWED = 20


def keeper(request: HttpRequest) -> Member:
    allow(runs_sources, request.user)  # type: ignore[arg-type]
    return request.user  # type: ignore[return-value]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor, form = keeper(request), TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        return redirect("tables:upload", actions.keep_upload(name=file.name, content=file.read(), actor=actor).pk)
    runs = Run.objects.filter(source__kind=actions.KIND).select_related("source")[:20]
    context = {"form": form, "layouts": SavedLayout.objects.all(), "runs": runs}
    return render(request, "tables/index.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    held = get_object_or_404(Upload, pk=pk, made_by=actor)
    try:
        form, rows = _looked_at(request, held)
        if request.POST.get("act") == "take" and form.is_valid():
            return _taken(request, held, form, actor)
    except Refusal as refusal:
        context = {"upload": held, "refusal": refusal, "names": shipped.names()}
        return render(request, "tables/refused.html", context, status=refusal.status)
    context = {"upload": held, "form": form, "names": shipped.names(), "chosen": request.GET.get("mapping", "")}
    context |= {"posts": [one for one in rows if isinstance(one, Post)], "refused": _told(rows)}
    return render(request, "tables/upload.html", context, status=422 if form.errors else 200)


def _looked_at(request: HttpRequest, held: Upload) -> tuple[LayoutForm, list[Post | Refused]]:
    """The form as filled in or as guessed, and the first rows read with it."""
    named = request.GET.get("mapping", "")
    with actions.unpacked(held) as path:
        layout = shipped.layout(named) if named else reading.guess(path)
        form = LayoutForm(reading.columns(path, layout), layout, request.POST or None)
        shown = form.chosen() if form.is_bound and form.is_valid() else layout
        if not {"text", "published"} <= set(shown.columns):
            return form, []
        return form, list(islice(reading.read(path, shown, held.name), PREVIEWED))


def _taken(request: HttpRequest, held: Upload, form: LayoutForm, actor: Member) -> HttpResponse:
    layout = form.chosen()
    if name := form.cleaned_data["name"]:
        actions.save_layout(name=name, layout=layout, actor=actor)
    run, taken = actions.take_in_upload(upload=held, layout=layout, actor=actor)
    told = ngettext("%(count)s new mention.", "%(count)s new mentions.", taken.added) % {"count": taken.added}
    messages.success(request, told)
    return redirect("tables:run", run.pk)


def _told(rows: list[Any]) -> list[Refused]:
    """Refusals in the reader's language."""
    return [Refused(one.place, _(one.reason)) for one in rows if isinstance(one, Refused)]


@login_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    keeper(request)
    found = get_object_or_404(Run.objects.select_related("source"), pk=pk, source__kind=actions.KIND)
    refused = _told([Refused(place, reason) for place, reason in found.refused])
    return render(request, "tables/run.html", {"run": found, "refused": refused})


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    actions.forget_layout(layout=get_object_or_404(SavedLayout, pk=pk), actor=actor)
    return redirect("tables:index")

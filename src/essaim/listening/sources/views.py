"""Studio › Listen › Sources."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essaim.kit.errors import Refusal
from essaim.listening import policy, polling
from essaim.listening.kinds import SourceKind, closed_networks, source_kind, source_kinds
from essaim.listening.models import Source
from essaim.listening.sources import actions, forms, lists, queries
from essaim.listening.sources.models import OptOut
from essaim.listening.sources.refusals import NotYourSources
from essaim.listening.voices.queries import NO_MATCHING
from essaim.listening.web import user_agent
from essaim.people.policy import allow
from essaim.people.queries import house

GET_POST = ["GET", "HEAD", "POST"]


def member(request: HttpRequest, *, decides: bool = False) -> Any:
    """Whoever listens sees the sources; managers decide on them."""
    predicate = policy.runs_sources if decides else policy.may_listen
    allow(predicate, request.user, refusal=NotYourSources)  # type: ignore[arg-type]
    return request.user


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = member(request)
    wanted = request.GET.get("state", "")
    page = Paginator(queries.listed(wanted), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(source, queries.health(source), queries.kind_of(source)) for source in page],
        "counts": queries.count_by_state(),
        "wanted": wanted,
        "decides": policy.runs_sources.test(actor),
        "quiet": OptOut.objects.select_related("noted_by"),
        "quiet_form": forms.QuietForm(),
        "list_form": forms.ListForm(),
        "closed": list(closed_networks()),
        "robot": user_agent(),
    }
    return render(request, "listening_sources/index.html", context)


@login_required
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    member(request, decides=True)
    context = {"kinds": sorted(source_kinds(), key=lambda kind: str(kind.name)), "closed": list(closed_networks())}
    return render(request, "listening_sources/kinds.html", context)


@login_required
@require_http_methods(GET_POST)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """First shown what would be read; then it is saved."""
    actor, kind = member(request, decides=True), _kind(slug)
    posted = request.POST if request.method == "POST" else None
    form = forms.NewSourceForm(posted, kind=kind, initial={"address": request.GET.get("address", "")})
    options = forms.options_form(kind, posted)
    context: dict[str, Any] = {"kind": kind, "form": form, "options": options}
    if posted is not None and form.is_valid() and (options is None or options.is_valid()):
        given = forms.options_of(options)
        if "save" in posted:
            try:
                source = actions.add_source(kind=slug, actor=actor, options=given, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The house listens. The first visit comes within a minute."))
                return redirect("listening_sources:source", source.pk)
        else:
            context |= _previewed(kind, form.cleaned_data["address"].strip(), given)
    bad = posted is not None and bool(form.errors or (options is not None and options.errors))
    return render(request, "listening_sources/new.html", context, status=422 if bad else 200)


def _previewed(kind: SourceKind, address: str, options: dict[str, Any]) -> dict[str, Any]:
    if kind.pushed:
        return {"preview": queries.Preview([], [], 0)}
    try:
        return {"preview": queries.preview(kind, address, options)}
    except Refusal as refusal:
        return {"refusal": refusal, "instead": refusal.facts.get("feed")}


@login_required
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = member(request), _source(pk)
    page = Paginator(found.runs.all(), 20).get_page(request.GET.get("page"))
    context = {
        "source": found,
        "kind": queries.kind_of(found),
        "health": queries.health(found),
        "page": page,
        "runs": [(run, polling.told(run.error)) for run in page],
        "running": queries.running(found),
        "backfill_form": forms.BackfillForm(),
        "decides": policy.runs_sources.test(actor),
    }
    return render(request, "listening_sources/source.html", context)


@login_required
@require_http_methods(GET_POST)
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = member(request, decides=True), _source(pk)
    kind = _kind(found.kind)
    posted = request.POST if request.method == "POST" else None
    initial = {"name": found.name, "every_minutes": found.every_minutes, "retention_days": found.retention_days}
    initial |= {NO_MATCHING: bool(found.options.get(NO_MATCHING))}
    form, options = forms.SettingsForm(posted, initial=initial), forms.options_form(kind, posted, found)
    if posted is not None and form.is_valid() and (options is None or options.is_valid()):
        given = forms.options_of(options) if options is not None else None
        actions.edit_source(source=found, actor=actor, options=given, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("listening_sources:source", pk)
    context = {"source": found, "kind": kind, "form": form, "options": options}
    return render(request, "listening_sources/settings.html", context, status=422 if posted is not None else 200)


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    actions.pause_source(source=_source(pk), actor=member(request, decides=True))
    return redirect("listening_sources:source", pk)


@login_required
@require_POST
def resumption(request: HttpRequest, pk: int) -> HttpResponse:
    actions.resume_source(source=_source(pk), actor=member(request, decides=True))
    return redirect("listening_sources:source", pk)


@login_required
@require_POST
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    actions.visit_now(source=_source(pk), actor=member(request, decides=True))
    messages.success(request, _("The visit begins in a moment. Reload the page to see what it brought."))
    return redirect("listening_sources:source", pk)


@login_required
@require_POST
def backfill(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.BackfillForm(request.POST)
    actor, day = member(request, decides=True), form.cleaned_data["since"] if form.is_valid() else None
    since = datetime.combine(day, time(), UTC) if day else None
    actions.backfill_source(source=_source(pk), actor=actor, since=since)
    return redirect("listening_sources:source", pk)


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    actions.remove_source(source=_source(pk), actor=member(request, decides=True))
    messages.success(request, _("The house no longer listens there."))
    return redirect("listening_sources:index")


@login_required
@require_POST
def import_list(request: HttpRequest) -> HttpResponse:
    actor = member(request, decides=True)
    form = forms.ListForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        given = form.cleaned_data
        body = given.pop("list").read()
        try:
            context["lines"] = lines = lists.take_list(body, actor=actor, **given)
            context["accepted"] = sum(1 for line in lines if line.source is not None)
            context["refused"] = len(lines) - context["accepted"]
        except Refusal as refusal:
            form.add_error("list", str(refusal))
    return render(request, "listening_sources/list.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    member(request)
    named = {"Content-Disposition": 'attachment; filename="sources.opml"'}
    title = _("Sources of %(house)s") % {"house": house().name}
    return HttpResponse(lists.list_of_feeds(title), content_type="text/x-opml; charset=utf-8", headers=named)


@login_required
@require_POST
def quiet(request: HttpRequest) -> HttpResponse:
    actor, form = member(request, decides=True), forms.QuietForm(request.POST)
    if form.is_valid():
        actions.opt_out_host(actor=actor, **form.cleaned_data)
    return redirect("listening_sources:index")


@login_required
@require_POST
def quiet_removal(request: HttpRequest, pk: int) -> HttpResponse:
    actions.opt_in_host(noted=get_object_or_404(OptOut, pk=pk), actor=member(request, decides=True))
    return redirect("listening_sources:index")


@require_safe
def robot(request: HttpRequest) -> HttpResponse:
    """For those who found us in the log of their server: who we are, and how not to be read."""
    return render(request, "listening_sources/robot.html", {"agent": user_agent()})


def _source(pk: int) -> Source:
    return get_object_or_404(Source.objects.select_related("community", "created_by"), pk=pk, removed_at=None)


def _kind(slug: str) -> SourceKind:
    try:
        return source_kind(slug)
    except KeyError as error:
        raise Http404 from error

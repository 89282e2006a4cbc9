"""The pages of the map. They read what runs stored; they never calculate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from essaim.kit.errors import Forbidden, Refusal
from essaim.listening.law.aggregates import FEWEST
from essaim.listening.models import Look, Voice
from essaim.people.models import Member
from essaim.people.policy import allow
from essaim.projectors.influence import actions, drawing, queries, trends, wording
from essaim.projectors.influence.forms import PlanForm, WeightsForm, WordsForm
from essaim.projectors.influence.models import Figures, Plan, RuleSet, Run, Seed
from essaim.projectors.influence.policy import NotDeciding, NotListening, decides_influence, reads_influence

PER_PAGE = 25
View = Callable[..., HttpResponse]


def me(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def listeners_only(view: View) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allow(reads_influence, me(request), refusal=NotListening)
        return view(request, *args, **kwargs)

    return guarded


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the studio: what was calculated when, and what is under way."""
    under_way = queries.run_under_way()
    run = context.get("run", queries.latest_run())
    common = {
        "run": run,
        "under_way": under_way,
        "step": wording.step(under_way) if under_way else None,
        "took": wording.took(run) if under_way else "",
        "waited_for": under_way is not None and under_way.state != Run.State.FAILED and not (run and run.nodes),
        "decides": decides_influence.test(me(request)),
        "fewest": FEWEST,
    }
    return render(request, f"influence/{template}", common | context, status=status)


# --- leaders


@require_safe
@listeners_only
def leaders(request: HttpRequest) -> HttpResponse:
    run = queries.latest_run()
    of_voices = request.GET.get("of") == "voices"
    role = request.GET.get("role", "") if request.GET.get("role", "") in wording.ROLES else ""
    by = request.GET.get("by", "")
    context: dict[str, Any] = {"run": run, "of_voices": of_voices, "role": role, "by": by}
    if run is not None and run.nodes:
        rows = queries.leaders(run, members=not of_voices, role=role, by=by)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        counted = queries.roles_counted(run, members=not of_voices)
        people = queries.shown(list(page))
        context |= {
            "page": page,
            "leaders": people,
            "favours": of_voices or any(one.favour for one in people),
            "roles": [(slug, wording.MANY[slug], count) for slug, count in counted.items()],
        }
    return shown(request, "leaders.html", context)


@require_safe
@listeners_only
def member(request: HttpRequest, pk: int) -> HttpResponse:
    return _person(request, pk)


@require_safe
@listeners_only
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    """That somebody looked is kept: authors outside did not ask to be looked at."""
    found = get_object_or_404(Voice, pk=pk)
    Look.objects.create(actor=me(request), voice_id=found.pk, what="leader")
    return _person(request, -pk)


def _person(request: HttpRequest, node: int) -> HttpResponse:
    run = queries.latest_run()
    face = queries.faces([node]).get(node)
    if face is None or run is None:
        raise Http404
    row = run.people.filter(node=node).first() or Figures(run=run, node=node)
    parts = queries.told_parts(row)
    context = {
        "run": run,
        "face": face,
        "figures": row,
        "roles": queries.told_roles(row),
        "favour": queries.told_favour(row.favour),
        "parts": parts,
        "measured": sum(part["weight"] for part in parts if part["share"] is not None),
        "acts": next((part["n"] for part in parts if part["name"] == "love"), 0),
        "posts": queries.posts(row.posts),
        "told": queries.acts_of(face.member, me(request)) if face.member else [],
        "circles": queries.circles_around(run, node),
    }
    return shown(request, "person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@listeners_only
def run(request: HttpRequest) -> HttpResponse:
    """Ask for a calculation; or how far it is, asked again and again by the page."""
    if request.method == "POST":
        actions.ask_run(actor=me(request))
        messages.success(
            request, _("The worker calculates. This takes seconds to minutes; the page says how far it is.")
        )
        return redirect("influence:leaders")
    if "first" in request.GET and queries.run_under_way() is None:  # nothing was to be seen: now there is
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return shown(request, "run.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@listeners_only
def weights(request: HttpRequest) -> HttpResponse:
    form = WeightsForm(request.POST or None, rules=drawing.rules())
    if request.method == "POST":
        allow(decides_influence, me(request), refusal=NotDeciding)
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                actions.publish_weights(actor=me(request), rules=form.chosen(), reason=reason)
            except Forbidden:
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The new weights are in force from the next calculation on."))
                return redirect("influence:weights")
    context = {"form": form, "versions": RuleSet.objects.select_related("published_by"), "rules": drawing.rules()}
    return shown(request, "weights.html", context, status=422 if form.errors else 200)


# --- circles


@require_safe
@listeners_only
def circles(request: HttpRequest) -> HttpResponse:
    run = queries.latest_run()
    context: dict[str, Any] = {"run": run}
    if run is not None and run.nodes:
        context["circles"], context["too_small"] = queries.circles(run)
    return shown(request, "circles.html", context)


@require_safe
@listeners_only
def map_data(request: HttpRequest) -> HttpResponse:
    run = queries.latest_run()
    return JsonResponse(queries.map_of(run) if run is not None else {"circles": [], "nodes": [], "edges": []})


@require_safe
@listeners_only
def circle(request: HttpRequest, name: int) -> HttpResponse:
    run = queries.latest_run()
    if run is None:
        raise Http404
    found = get_object_or_404(run.circles, name=name, size__gte=FEWEST)
    context = {
        "run": run,
        "shown": queries.shown_circles([found])[0],
        "circle": found,
        "people": queries.people_of(found),
    }
    return shown(request, "circle.html", context)


# --- whom to invite


@require_http_methods(["GET", "HEAD", "POST"])
@listeners_only
def invite(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_plan(actor=me(request), **form.cleaned_data)
        return redirect("influence:invite")
    plan = queries.latest_plan()
    seeds = queries.seeds(plan) if plan is not None else []
    context = {"form": form, "plan": plan, "seeds": seeds, "gone": plan is not None and _missing(plan, seeds)}
    return shown(request, "invite.html", context, status=422 if form.errors else 200)


def _missing(plan: Plan, seeds: list[dict[str, Any]]) -> int:
    """How many of a plan have left the map since."""
    if plan.state != Run.State.DONE or plan.spread is None:
        return 0
    return min(plan.budget, plan.nodes) - len(seeds) if seeds else 0


@require_http_methods(["GET", "HEAD", "POST"])
@listeners_only
def write(request: HttpRequest, plan: int, rank: int) -> HttpResponse:
    """An invitation to one member of a plan."""
    seed = get_object_or_404(Seed.objects.select_related("plan"), plan=plan, rank=rank, node__gt=0)
    face = queries.faces([seed.node]).get(seed.node)
    if face is None:
        raise Http404
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(actor=me(request), seed=seed, words=form.cleaned_data["words"])
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s will find it among the notices.") % {"name": face.name})
            return redirect("influence:invite")
    context = {"form": form, "seed": seed, "face": face}
    return shown(request, "write.html", context, status=422 if form.errors else 200)


# --- how influence is shared


@require_safe
@listeners_only
def democracy(request: HttpRequest) -> HttpResponse:
    run = queries.latest_run()
    months = trends.months(run.figures.get("democracy", [])) if run is not None else []
    return shown(request, "democracy.html", {"run": run, "months": months, "line": trends.line(months)})


# --- a member's own


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The member's own circles and score; without consent there is nothing, and it says how to begin."""
    member = me(request)
    figures = queries.own_figures(member)
    parts = queries.told_parts(figures) if figures else []
    context = {
        "consents": queries.consents(member),
        "figures": figures,
        "parts": parts,
        "measured": sum(part["weight"] for part in parts if part["share"] is not None),
        "acts": next((part["n"] for part in parts if part["name"] == "love"), 0),
        "circles": queries.own_circles(member) if figures else [],
        "told": queries.acts_of(member, member) if figures else [],
        "run": queries.latest_run(),
    }
    return render(request, "influence/mine.html", context)

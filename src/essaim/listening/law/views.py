"""The public notice, the way to object, and the team's side of both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.kit.errors import Refusal
from essaim.listening.law import actions, queries
from essaim.listening.law.forms import DecisionForm, PleaForm, ProofForm, WhoForm
from essaim.listening.law.notice import heard
from essaim.listening.law.portrait import portrait_of
from essaim.listening.models import Plea, Voice
from essaim.listening.policy import may_listen, runs_sources
from essaim.listening.web import Polite
from essaim.people.models import Member
from essaim.people.policy import allow, is_owner

PER_PAGE = 50
PER_HOUR = 60


@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    return render(request, "listening/notice.html", {"heard": heard()})


@never_cache
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest) -> HttpResponse:
    """Step by step, without an account: who, then either a code posted there or a word to the team."""
    step = request.POST.get("step", "")
    if step == "proof":
        return _with_proof(request)
    if step == "plea":
        return _plea(request)
    form = WhoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _ways(request, **form.cleaned_data)
    return _page(request, {"form": form}, form.errors)


def _ways(request: HttpRequest, platform: str, handle: str, **forms: Any) -> HttpResponse:
    who = {"platform": platform, "handle": handle}
    proof = forms.get("proof") or ProofForm(initial={**who, "ticket": actions.ticket(**who)})
    plea = forms.get("plea") or PleaForm(initial=who)
    context = {**who, "code": actions.code_for(**who), "proof": proof, "plea": plea}
    return _page(request, context, proof.errors or plea.errors)


def _page(request: HttpRequest, context: dict[str, Any], errors: Any = None) -> HttpResponse:
    return render(request, "listening/objection.html", context, status=422 if errors else 200)


def _with_proof(request: HttpRequest) -> HttpResponse:
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    try:
        actions.object_with_proof(**form.cleaned_data, client=Polite(PER_HOUR))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _again(request, form)
    return _page(request, {"done": "removed"})


def _again(request: HttpRequest, form: ProofForm) -> HttpResponse:
    who = {name: request.POST.get(name, "") for name in ("platform", "handle")}
    return _ways(request, **who, proof=form) if all(who.values()) else redirect("listening:objection")


def _plea(request: HttpRequest) -> HttpResponse:
    form = PleaForm(request.POST)
    if not form.is_valid():
        who = {name: request.POST.get(name, "") for name in ("platform", "handle")}
        return _ways(request, **who, plea=form) if all(who.values()) else redirect("listening:objection")
    actions.plead(**form.cleaned_data)
    return _page(request, {"done": "asked"})


@login_required
@require_http_methods(["GET", "POST"])
def pleas(request: HttpRequest) -> HttpResponse:
    allow(runs_sources, request.user)  # type: ignore[arg-type]
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, form)
    context = {"waiting": queries.waiting_pleas(), "decided": queries.decided_pleas(), "form": form}
    return render(request, "listening/pleas.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, form: DecisionForm) -> HttpResponse:
    plea = get_object_or_404(Plea, pk=request.POST.get("plea"))
    grant = request.POST.get("decision") == "grant"
    assert isinstance(request.user, Member)
    actions.decide_plea(actor=request.user, plea=plea, grant=grant, **form.cleaned_data)
    messages.success(request, _("All of it is removed, and stays away.") if grant else _("Noted, with its reason."))
    return redirect("listening:pleas")


@login_required
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """For the owner: who on the team looked at whom."""
    allow(is_owner, request.user)  # type: ignore[arg-type]
    page = Paginator(queries.looks(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "listening/looks.html", {"page": page, "rows": queries.told(page.object_list)})


@login_required
@require_GET
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is kept about a voice, as a file to hand over."""
    allow(runs_sources, request.user)  # type: ignore[arg-type]
    assert isinstance(request.user, Member)
    voice = get_object_or_404(Voice, pk=pk)
    actions.look(actor=request.user, voice=voice, what="archive")
    answer = JsonResponse(portrait_of(voice), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{voice.pseudonym}.json"'
    return answer


@login_required
@require_GET
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about one voice, and what may be done about it. Opening it is noted."""
    allow(may_listen, request.user)  # type: ignore[arg-type]
    assert isinstance(request.user, Member)
    found = get_object_or_404(Voice, pk=pk)
    actions.look(actor=request.user, voice=found)
    said = queries.said_by(found)[:PER_PAGE]
    runs = runs_sources.test(request.user)
    return render(request, "listening/voice.html", {"voice": found, "said": said, "runs_sources": runs})


@login_required
@require_POST
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, Member)
    emptied = actions.erase_voice(actor=request.user, voice=get_object_or_404(Voice, pk=pk))
    messages.success(request, _("%(many)d mentions were emptied and the voice is forgotten.") % {"many": emptied})
    return redirect("listening:looks" if is_owner.test(request.user) else "studio:index")

"""A member's accounts elsewhere: those he has shown to be his, those that wait, those that may be."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essaim.kit.errors import Refusal
from essaim.listening.models import Claim, Voice
from essaim.listening.voices import actions, proof, queries
from essaim.listening.voices.forms import ClaimForm
from essaim.listening.voices.keys import open_handle
from essaim.listening.web import Polite
from essaim.people.models import Member

PER_HOUR = 60  # pages of one host looked at for a proof


def person(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_claim(actor=person(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Now show that it is yours: how is said below."))
            return redirect("voices:mine")
    return render(
        request, "listening/voices.html", _context(person(request), form), status=422 if form.errors else 200
    )


def _context(member: Member, form: ClaimForm) -> dict[str, object]:
    claims = list(queries.claims_of(member))
    return {
        "form": form,
        "proved": [(claim, open_handle(claim.voice)) for claim in claims if claim.proved_at],
        "waiting": [(claim, open_handle(claim.voice)) for claim in claims if not claim.proved_at],
        "suggested": queries.suggestions_for(member),
        "unmatched": queries.is_unmatched(member),
        "page": proof.page_of(member),
        "heard": bool(form.fields["platform"].choices),  # type: ignore[attr-defined]
    }


@login_required
@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(queries.claims_of(person(request)), pk=pk)
    try:
        actions.prove_claim(actor=person(request), claim=claim, client=Polite(PER_HOUR))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("This account is yours. What it said in public is yours to see and to cut loose.")
        )
    return redirect("voices:mine")


@login_required
@require_POST
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk, member=person(request))
    actions.end_claims(actor=person(request), claims=[claim])
    messages.success(request, _("It is no longer joined to you. Nothing else has changed."))
    return redirect("voices:mine")


@login_required
@require_POST
def answer_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """“Is this you?”: yes begins a claim, no is not asked again."""
    member = person(request)
    voice = next((each for each in queries.suggestions_for(member) if each.pk == pk), None)
    if voice is None:
        voice = get_object_or_404(Voice.objects.none(), pk=pk)
    if request.POST.get("answer") == "yes":
        actions.ask_claim_of(actor=member, voice=voice)
        messages.success(request, _("Now show that it is yours: how is said below."))
    else:
        actions.decline_suggestion(actor=member, voice=voice)
        messages.success(request, _("Noted: you are not asked again."))
    return redirect("voices:mine")


@login_required
@require_POST
def matching(request: HttpRequest) -> HttpResponse:
    """Asked whether accounts elsewhere are his, or left alone."""
    asked = request.POST.get("asked") == "yes"
    actions.set_matching(actor=person(request), asked=asked)
    messages.success(request, _("You may be asked again.") if asked else _("Noted: you are not asked again."))
    return redirect("voices:mine" if request.POST.get("from") == "voices" else "people:consents")


def switch(request: HttpRequest) -> str:
    """The part of one's consents that says whether one is asked."""
    context = {"unmatched": queries.is_unmatched(person(request)), "where": "consents"}
    return render_to_string("listening/matching.html", context, request)

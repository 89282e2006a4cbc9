"""A member's own settings."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.kit.parts import Tab
from essaim.people import actions, queries, rights, tokens
from essaim.people.consents import BY_PURPOSE, WORDINGS
from essaim.people.domain import device
from essaim.people.erasure import erase_member
from essaim.people.evidence import fingerprint
from essaim.people.export import archive
from essaim.people.forms import LanguageForm, LeaveForm, ProfileForm
from essaim.people.middleware import lacks_factor
from essaim.people.models import Member
from essaim.people.queries import reader_language


def person(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def tabs(request: HttpRequest) -> list[Tab]:
    """The pages of one's own settings."""
    pages = (
        (_("Profile"), "people:settings"),
        (_("Language"), "people:language"),
        (_("Consents"), "people:consents"),
        (_("Security"), "people:security"),
        (_("My data"), "people:data"),
    )
    here = reverse("people:security") if request.path.startswith(reverse("people:tokens")) else request.path
    return [Tab(label, reverse(view), here == reverse(view)) for label, view in pages]


def page(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    return render(request, template, {"tabs": tabs(request), **context}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    member = Member.objects.get(pk=person(request).pk)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=member)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_profile(actor=person(request), member=member, **form.changes())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("people:settings")
    context = {"form": form, "member": person(request)}
    return page(request, "people/settings/profile.html", context, 422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    member = person(request)
    initial = {"language": member.language, "languages": member.languages}
    form = LanguageForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(actor=member, member=member, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        response = redirect("people:language")
        # The switch on the pages is for one device; what was chosen here holds everywhere.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    return page(request, "people/settings/language.html", {"form": form}, 422 if form.errors else 200)


@login_required
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    in_force = queries.consents_in_force(person(request))
    language = reader_language()
    lines = [
        {
            "wording": wording,
            "last": in_force.get(str(wording.purpose)),
            "shown": fingerprint(wording.text(language)),
        }
        for wording in WORDINGS
    ]
    return page(request, "people/settings/consents.html", {"lines": lines})


@login_required
@require_POST
def decide_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give (`decision=give`) or withdraw one consent."""
    if purpose not in BY_PURPOSE:
        return redirect("people:consents")
    language, shown = reader_language(), request.POST.get("shown", "")
    if request.POST.get("decision") == "give":
        actions.give_consent(actor=person(request), purpose=purpose, language=language, shown=shown)
        messages.success(request, _("Your consent is noted. You can withdraw it here at any time."))
    else:
        actions.withdraw_consent(actor=person(request), purpose=purpose, language=language)
        messages.success(request, _("Your consent is withdrawn, from this moment."))
    return redirect("people:consents")


@login_required
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    member = person(request)
    factors = Authenticator.objects.filter(user=member).order_by("created_at")
    of_type = {kind: [each for each in factors if each.type == kind] for kind in Authenticator.Type.values}
    context = {
        "keys": of_type[Authenticator.Type.WEBAUTHN],
        "totp": of_type[Authenticator.Type.TOTP],
        "codes": of_type[Authenticator.Type.RECOVERY_CODES],
        "sessions": [(each, device(each.user_agent)) for each in UserSession.objects.purge_and_list(member)],
        "providers": get_provider_adapter().list_providers(request),
        "accounts": SocialAccount.objects.filter(user=member),
        "tokens": tokens.of_member(member).count(),
        "factor_needed": settings.STAFF_SECOND_FACTOR and lacks_factor(member),
    }
    return page(request, "people/settings/security.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    if request.method == "POST":
        for session in UserSession.objects.purge_and_list(person(request)):
            if not session.is_current():
                session.end()
        messages.success(request, _("You are signed out everywhere else."))
    return redirect("people:security")


@login_required
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """What the house keeps, with the two ways out: a copy, and leaving."""
    member = person(request)
    counts = [_count(holding, member) for holding in rights.holdings()]
    kinds = sum(1 for count in counts if count)
    context = {"rows": sum(counts), "kinds": kinds, "owed": rights.still_owed(member)}
    context["under_way"] = rights.under_way(member)
    return page(request, "people/settings/data.html", context)


def _count(holding: rights.Holding, member: Member) -> int:
    portrait = holding.portrait(member)
    return 1 if isinstance(portrait, dict) else len(portrait)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    member = person(request)
    response = HttpResponse(archive(member), content_type="application/zip")
    name = f"{member.handle}-{clock.now():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The second step; who has no password proves himself with his key or provider first."""
    if person(request).has_usable_password():
        return _leave(request)
    response: HttpResponse = reauthentication_required(_leave)(request)
    return response


def _leave(request: HttpRequest) -> HttpResponse:
    member = person(request)
    owed = rights.still_owed(member)
    form = LeaveForm(member, request.POST or None, owed=bool(owed))
    if request.method == "POST" and form.is_valid() and _is_proven(form, member):
        try:
            erase_member(actor=member, member=member, give_up=form.cleaned_data.get("give_up", False))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            return redirect("people:farewell")
    context = {"form": form, "owed": owed, "under_way": rights.under_way(member)}
    return render(request, "people/settings/leave.html", context, status=422 if form.errors else 200)


def _is_proven(form: LeaveForm, member: Member) -> bool:
    password = form.cleaned_data.get("password")
    if password is None or get_adapter().reauthenticate(member, password):
        return True
    form.add_error("password", _("This is not your password. Try again, or have a new one sent to you."))
    return False


@require_GET
def farewell(request: HttpRequest) -> HttpResponse:
    return render(request, "people/farewell.html")

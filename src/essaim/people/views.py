"""Public pages of the house and its members, and the doors of sign-up."""

from __future__ import annotations

from typing import Any

from allauth.account.views import SignupByPasskeyView, SignupView
from allauth.socialaccount.views import SignupView as ProviderSignupView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from essaim.kit.errors import Refusal
from essaim.people import actions, queries, shelves
from essaim.people.errors import HouseAlreadyOpened
from essaim.people.forms import PASSWORD_HELP, WelcomeForm
from essaim.people.joining import free_handle, language_choices
from essaim.people.queries import reader_language
from essaim.people.terms import terms_text

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The first page of a new house: who owns it."""
    if queries.has_owner():
        if request.method == "POST":
            raise HouseAlreadyOpened()
        return redirect("account_login")
    form = WelcomeForm(request.POST or None, initial={"house_name": queries.house().name})
    if request.method == "POST" and form.is_valid():
        try:
            owner = actions.create_owner(language=reader_language(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, owner, backend=BACKEND)
            return redirect(settings.WELCOME_REDIRECT_URL)
    return render(request, "people/welcome.html", {"form": form}, status=422 if form.errors else 200)


class ToldInTheForm:
    """A refusal while the account is opened (a handle taken meanwhile) is told in the form: nothing typed is lost."""

    def get_form(self, *args: Any) -> Any:
        form = super().get_form(*args)  # type: ignore[misc]
        if password := form.fields.get("password1"):
            password.help_text = PASSWORD_HELP
            password.widget.attrs.pop("placeholder", None)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]


class SignUp(ToldInTheForm, SignupView):  # type: ignore[misc]
    pass


class SignUpByPasskey(ToldInTheForm, SignupByPasskeyView):  # type: ignore[misc]
    pass


class SignUpByProvider(ToldInTheForm, ProviderSignupView):  # type: ignore[misc]
    pass


@require_GET
def handle(request: HttpRequest) -> HttpResponse:
    """The handle field of the sign-up form, filled in from the name typed."""
    name = request.GET.get("display_name", "")
    typed = request.GET.get("handle", "")
    suggestion = typed or (free_handle(name) if name.strip() else "")
    return render(request, "people/handle_field.html", {"value": suggestion})


@require_GET
def legal(request: HttpRequest) -> HttpResponse:
    """Who runs the house, what it promises, and the terms everyone accepted."""
    context = {"row": queries.house(), "terms": terms_text(reader_language())}
    return render(request, "people/legal.html", context)


@require_GET
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """A member's public page."""
    member = queries.find_member(handle)
    if member is None:
        raise Http404
    if member.handle != handle:
        return redirect(member, permanent=True)
    spoken = [name for code, name in language_choices() if code in member.languages]
    context = {"member": member, "spoken": spoken, "shelves": shelves.rendered(member, request)}
    return render(request, "people/profile.html", context)

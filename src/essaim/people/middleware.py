"""What every request goes through: the house is read once, a new house is opened first, the team shows two proofs."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.kit.views import refused
from essaim.people.models import Member
from essaim.people.queries import house, house_of_request

Answer = Callable[[HttpRequest], HttpResponse]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class HouseMiddleware:
    """Keeps the house's row for the length of one request; a house nobody has opened shows its first page."""

    doors = frozenset({"/", "/accounts/login/", "/accounts/signup/"})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = house_of_request.set([])
        try:
            if request.path in self.doors and is_unopened():
                return HttpResponseRedirect(reverse("people:welcome"))
            return self.get_response(request)
        finally:
            house_of_request.reset(token)


def is_unopened() -> bool:
    return house().opened_at is None and not Member.objects.exists()


class MemberLanguageMiddleware:
    """A member reads in the language he chose, on every device; the switch of a page (a cookie) goes before."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SecondFactorNeeded(Forbidden):
    cause = _("Your role in the house asks for a second proof when you sign in.")
    remedy = _("Add a passkey or an authenticator app to your account, then come back.")


class SecondFactorMiddleware:
    """A role of the house is carried with a second factor, or not at all. `STAFF_SECOND_FACTOR` lifts it."""

    spared = (
        "/accounts/",
        "/settings/security/",
        "/static/",
        "/media/",
        "/theme.css",
        "/language/",
        "/scheme/",
        "/legal/",
    )

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR and not request.path.startswith(self.spared) and lacks_factor(request.user):
            if request.method == "GET" and not request.path.startswith("/api/"):
                return HttpResponseRedirect(reverse("people:security"))
            return refused(request, SecondFactorNeeded())
        return self.get_response(request)


def lacks_factor(user: object) -> bool:
    """Carries a role of the house, and signs in with one proof only."""
    if not isinstance(user, Member) or not user.is_staff:
        return False
    return not Authenticator.objects.filter(user=user, type__in=FACTORS).exists()

"""Who enters, and how a form is shown again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from essaim.listening.desk import policy
from essaim.people.models import Member
from essaim.people.policy import allow

View = Callable[..., Any]


def listeners_only(view: View) -> View:
    """For those who may listen; the acts decide for themselves who may answer."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        allow(policy.may_listen, person(request), refusal=policy.NotListening)
        return view(request, *args, **options)  # type: ignore[no-any-return]

    return guarded


def person(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def next_of(request: HttpRequest, otherwise: str) -> str:
    """Where the form asked to go on, when that is a page of this house."""
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, here, request.is_secure()) else otherwise

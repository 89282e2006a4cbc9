"""The desk where managers decide which systems are told, and see what was sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essaim.connectors.webhooks import actions, policy
from essaim.connectors.webhooks.domain import NotTheHousesDesk
from essaim.connectors.webhooks.forms import EndpointForm
from essaim.connectors.webhooks.models import Endpoint
from essaim.kit.errors import Refusal
from essaim.people.policy import allow


def manager(request: HttpRequest) -> Any:
    allow(policy.decide, request.user, refusal=NotTheHousesDesk)  # type: ignore[arg-type]
    return request.user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    owner, form = manager(request), EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("webhooks:endpoint", actions.add_endpoint(owner=owner, **form.cleaned_data).pk)
        except Refusal as refusal:
            form.add_error("url", str(refusal))
    context = {"endpoints": Endpoint.objects.select_related("owner"), "form": form}
    return render(request, "webhooks/index.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    manager(request)
    found = get_object_or_404(Endpoint, pk=pk)
    page = Paginator(found.messages.select_related("activity"), 50).get_page(request.GET.get("page"))
    return render(request, "webhooks/endpoint.html", {"endpoint": found, "page": page})


@login_required
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    sent = actions.send_test(endpoint=get_object_or_404(Endpoint, pk=pk), actor=manager(request))
    if sent.arrived_at:
        messages.success(request, _("The test arrived."))
    else:
        messages.error(request, _("The test did not arrive: %(why)s") % {"why": sent.error or sent.status})
    return redirect("webhooks:endpoint", pk)


@login_required
@require_POST
def enabling(request: HttpRequest, pk: int) -> HttpResponse:
    actions.enable_endpoint(endpoint=get_object_or_404(Endpoint, pk=pk), actor=manager(request))
    return redirect("webhooks:endpoint", pk)


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    actions.remove_endpoint(endpoint=get_object_or_404(Endpoint, pk=pk), actor=manager(request))
    return redirect("webhooks:index")

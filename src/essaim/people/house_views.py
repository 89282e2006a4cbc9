"""The house's own desk: its face and texts, and its team. Owners only."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essaim.kit.errors import Refusal
from essaim.people import actions, queries
from essaim.people.errors import OwnerOnly
from essaim.people.forms import HouseForm, RoleForm
from essaim.people.models import House, HouseRole
from essaim.people.policy import allow, is_owner
from essaim.people.settings_views import person


@login_required
@require_http_methods(["GET", "POST"])
def house(request: HttpRequest) -> HttpResponse:
    owner = person(request)
    allow(is_owner, owner, refusal=OwnerOnly)
    queries.house()
    form = HouseForm(request.POST or None, instance=House.objects.get(pk=1))
    if request.method == "POST" and form.is_valid():
        actions.furnish_house(actor=owner, **form.changes())
        messages.success(request, _("The house is saved."))
        return redirect("people:house")
    return render(request, "people/house.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    owner = person(request)
    allow(is_owner, owner, refusal=OwnerOnly)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(actor=owner, member=form.cleaned_data["handle"], role=form.cleaned_data["role"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return redirect("people:team")
    roles = HouseRole.objects.select_related("member", "granted_by").order_by("member__sort_key", "role")
    return render(request, "people/team.html", {"form": form, "roles": roles}, status=422 if form.errors else 200)


@login_required
@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    held = HouseRole.objects.select_related("member").filter(pk=pk).first()
    if held is None:
        raise Http404
    actions.revoke_role(actor=person(request), member=held.member, role=held.role)
    messages.success(request, _("The role is taken back."))
    return redirect("people:team")

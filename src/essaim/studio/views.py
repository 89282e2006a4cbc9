"""The desk, and the pages of the house itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essaim.activity.models import Delivery
from essaim.communities import actions as communities
from essaim.communities.models import Membership
from essaim.kit import colour
from essaim.kit.errors import Refusal
from essaim.people import actions as people
from essaim.people.models import HouseRole, Member
from essaim.people.queries import house
from essaim.studio import actions, queries
from essaim.studio.forms import DUTIES, HouseForm, RoleForm
from essaim.studio.policy import Role, staff_only
from essaim.studio.queue import waiting_for

PAPERS = {"day": "#fffaf0", "night": "#17130d"}


def person(request: HttpRequest) -> Member:
    """Who is signed in; `staff_only` has seen to it."""
    assert isinstance(request.user, Member)
    return request.user


@require_GET
@staff_only()
def desk(request: HttpRequest) -> HttpResponse:
    return render(
        request, "studio/desk.html", {"waiting": waiting_for(person(request)), "running": queries.running_now()}
    )


@require_http_methods(["GET", "POST"])
@staff_only(Role.MANAGER)
def deliveries(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        count = actions.retry_deliveries()
        messages.success(request, _("%(count)d deliveries are being tried again.") % {"count": count})
        return redirect("studio:deliveries")
    failed = Delivery.objects.filter(attempts__gt=0).select_related("activity").order_by("due_at")
    return render(request, "studio/deliveries.html", {"page": _page(request, failed)})


@require_http_methods(["GET", "POST"])
@staff_only(Role.MANAGER, Role.MODERATOR)
def requests(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer_request(request)
    waiting = Membership.objects.filter(state=Membership.State.REQUESTED).select_related("member", "community")
    return render(request, "studio/requests.html", {"page": _page(request, waiting.order_by("asked_at", "pk"))})


def _answer_request(request: HttpRequest) -> HttpResponse:
    membership = get_object_or_404(
        Membership.objects.select_related("community", "member"), pk=request.POST.get("membership")
    )
    act = communities.accept_request if request.POST.get("answer") == "accept" else communities.refuse_request
    try:
        act(actor=person(request), community=membership.community, member=membership.member)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("studio:requests")


@require_http_methods(["GET", "POST"])
@staff_only(Role.OWNER)
def house_settings(request: HttpRequest) -> HttpResponse:
    form = HouseForm(request.POST or None, request.FILES or None, house=house())
    if request.method == "POST" and form.is_valid():
        people.furnish_house(actor=person(request), **form.fields_of_house())
        messages.success(request, _("Saved. Everyone sees it from now on."))
        return redirect("studio:house")
    colours = {name: form[f"colour_{name}"].value() for name in ("main", "accent", "calm")}
    context = {"form": form, "verdicts": _verdicts(colours)}
    return render(request, "studio/house.html", context, status=422 if form.errors else 200)


@require_GET
@staff_only(Role.OWNER)
def contrast(request: HttpRequest) -> HttpResponse:
    """What becomes of the three colours being chosen; asked while they are."""
    colours = {name: request.GET.get(f"colour_{name}", "") for name in ("main", "accent", "calm")}
    return render(request, "studio/house.html#contrast", {"verdicts": _verdicts(colours)})


def _verdicts(colours: dict[str, Any]) -> list[dict[str, Any]]:
    """For each colour: as it will be drawn on paper and at night, and whether it had to be changed to be read."""
    labels = {"main": _("Main colour"), "accent": _("Links"), "calm": _("All is well")}
    found = []
    for name, typed in colours.items():
        try:
            found.append({"label": labels[name], **_verdict(name, str(typed))})
        except Refusal as refusal:
            found.append({"label": labels[name], "refusal": refusal})
    return found


def _verdict(name: str, typed: str) -> dict[str, Any]:
    chosen = colour.write(colour.parse(typed))
    if name == "main":
        ink = colour.readable_ink(chosen, "#211a10", "#fffaf0")
        return {"chosen": chosen, "ink": ink, "ratio": colour.contrast(ink, chosen)}
    drawn = colour.adjust(chosen, (PAPERS["day"],))
    night = colour.adjust(chosen, (PAPERS["night"],))
    return {
        "chosen": chosen,
        "drawn": drawn,
        "night": night,
        "ratio": colour.contrast(drawn, PAPERS["day"]),
        "changed": drawn != chosen,
    }


@require_http_methods(["GET", "POST"])
@staff_only(Role.OWNER)
def roles(request: HttpRequest) -> HttpResponse:
    form = RoleForm(request.POST or None if "grant" in request.POST else None)
    if request.method == "POST":
        done = _change_role(request, form)
        if done:
            return redirect("studio:roles")
    held = HouseRole.objects.select_related("member", "granted_by").order_by("role", "member__sort_key")
    told = {"form": form, "held": held, "duties": [(role.label, DUTIES[role]) for role in Role]}
    return render(request, "studio/roles.html", told, status=422 if form.errors else 200)


def _change_role(request: HttpRequest, form: RoleForm) -> bool:
    try:
        if "revoke" in request.POST:
            row = get_object_or_404(HouseRole.objects.select_related("member"), pk=request.POST["revoke"])
            people.revoke_role(actor=person(request), member=row.member, role=row.role)
            return True
        if not form.is_valid():
            return False
        people.grant_role(
            actor=person(request), member=_found(form.cleaned_data["who"]), role=form.cleaned_data["role"]
        )
    except Refusal as refusal:
        if form.is_bound:
            form.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
        return not form.is_bound
    return True


def _found(who: str) -> Member:
    name = who.strip().removeprefix("@")
    member = Member.objects.filter(Q(handle__iexact=name) | Q(email__iexact=name), erased_at=None).first()
    if member is None:
        raise queries.NobodyFound(who=who)
    return member


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, 30).get_page(request.GET.get("page"))

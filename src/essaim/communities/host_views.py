"""The hosts' desk of a community."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essaim.communities import actions, policy, queries
from essaim.communities.errors import HostsOnly
from essaim.communities.forms import AppointForm, CharterForm, CommunityForm, PersonForm
from essaim.communities.models import Community, Membership
from essaim.communities.views import find, person
from essaim.kit.errors import Refusal


def hosted(request: HttpRequest, slug: str) -> Community:
    """The community, if the reader is one of its hosts or manages the house."""
    community = find(request, slug)
    policy.allow(policy.may_host, person(request), community, refusal=HostsOnly)
    return community


def _desk(request: HttpRequest, community: Community, status: int = 200, **forms: object) -> HttpResponse:
    charter = queries.current_charter(community)
    context = {
        "community": community,
        "form": CommunityForm(instance=Community.objects.get(pk=community.pk)),
        "charter_form": CharterForm(initial={"text": charter.text if charter else ""}),
        "invite_form": PersonForm(prefix="invite"),
        "appoint_form": AppointForm(prefix="appoint"),
        "charter": charter,
        "requests": queries.requests(community),
        "invited": community.memberships.filter(state=Membership.State.INVITED).select_related("member"),
        "team": queries.moderators(community),
        **forms,
    }
    return render(request, "communities/manage.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community says about itself, and everything a host does."""
    community = hosted(request, slug)
    if request.method == "GET":
        return _desk(request, community)
    form = CommunityForm(request.POST, instance=Community.objects.get(pk=community.pk))
    if form.is_valid():
        try:
            actions.furnish(actor=person(request), community=community, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The community is saved."))
            return redirect("communities:manage", slug)
    return _desk(request, community, 422, form=form)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    community = hosted(request, slug)
    form = CharterForm(request.POST)
    if not form.is_valid():
        return _desk(request, community, 422, charter_form=form)
    version = actions.publish_charter(actor=person(request), community=community, text=form.cleaned_data["text"])
    messages.success(request, _("Version %(number)s of the charter is in force.") % {"number": version.number})
    return redirect("communities:manage", slug)


@login_required
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    community = hosted(request, slug)
    form = PersonForm(request.POST, prefix="invite")
    if form.is_valid():
        try:
            actions.invite(actor=person(request), community=community, member=form.cleaned_data["handle"])
        except Refusal as refusal:
            form.add_error("handle", str(refusal))
        else:
            messages.success(request, _("The invitation is sent."))
            return redirect("communities:manage", slug)
    return _desk(request, community, 422, invite_form=form)


@login_required
@require_POST
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    community = hosted(request, slug)
    form = AppointForm(request.POST, prefix="appoint")
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.appoint(actor=person(request), community=community, member=given["handle"], role=given["role"])
        except Refusal as refusal:
            form.add_error("handle", str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return redirect("communities:manage", slug)
    return _desk(request, community, 422, appoint_form=form)


@login_required
@require_POST
def answer(request: HttpRequest, slug: str, pk: int, act: str) -> HttpResponse:
    """Answer a request (`accept`, `refuse`), or end a role (`dismiss`)."""
    community = hosted(request, slug)
    row = community.memberships.select_related("member").filter(pk=pk).first()
    acts = {
        "accept": (actions.accept_request, _("Welcomed.")),
        "refuse": (actions.refuse_request, _("The request is declined.")),
        "dismiss": (actions.dismiss, _("The role is ended.")),
    }
    if row is None or act not in acts:
        raise Http404
    do, told = acts[act]
    do(actor=person(request), community=community, member=row.member)
    messages.success(request, told)
    return redirect("communities:manage", slug)

"""Pages of communities: the list, one community, and its people."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.communities import actions, policy, queries, sections
from essaim.communities.errors import FoundersOnly
from essaim.communities.forms import FoundForm
from essaim.communities.models import Community, Membership
from essaim.kit.errors import Refusal
from essaim.kit.passing import same_for_passers_by
from essaim.people.models import Member

PER_PAGE = 24
FACES = 8


def person(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def find(request: HttpRequest, slug: str) -> Community:
    """The community, if the reader may know of it; else there is no such page."""
    community = queries.visible_to(request.user).filter(slug=slug).select_related("parent").first()
    if community is None:
        raise Http404
    return community


@require_GET
@same_for_passers_by
def index(request: HttpRequest) -> HttpResponse:
    """All communities one may know of, searched and filtered."""
    words, interest = request.GET.get("q", "").strip(), request.GET.get("interest", "")
    found = queries.matching(queries.visible_to(request.user), words)
    if interest:
        found = found.filter(interests__contains=[interest])
    page = Paginator(queries.with_size(found).order_by("sort_key", "id"), PER_PAGE).get_page(request.GET.get("page"))
    mine = _states(request, page)
    context = {
        "page": page,
        "cards": [(community, mine.get(community.pk)) for community in page],
        "words": words,
        "interest": interest,
        "interests": queries.interests(request.user),
        "may_found": policy.may_found.test(request.user),
    }
    template = "communities/index.html#list" if request.headers.get("HX-Request") else "communities/index.html"
    return render(request, template, context)


def _states(request: HttpRequest, communities: Iterable[Community]) -> dict[int, str]:
    """The reader's state in each of these communities."""
    if not isinstance(request.user, Member):
        return {}
    rows = Membership.objects.filter(member=request.user, community__in=list(communities))
    return {row.community_id: row.state for row in rows}


@require_GET
@same_for_passers_by
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """What is open now, the charter, the people, and the door."""
    found = find(request, slug)
    readable = policy.is_readable.test(request.user, found)
    own = queries.membership(request.user, found)
    charter = queries.current_charter(found)
    active = own is not None and own.state == Membership.State.ACTIVE
    context = {
        "community": found,
        "readable": readable,
        "own": own,
        "active": active,
        "charter": charter,
        "charter_changed": active and charter is not None and own is not None and own.charter_id != charter.pk,
        "hosts": queries.hosts(found),
        "faces": queries.people(found)[:FACES] if readable else [],
        "size": queries.people(found).count(),
        "parts": queries.visible_to(request.user).filter(parent=found),
        "sections": sections.rendered(found, request) if readable else [],
        "after": sections.rendered(found, request, after=True) if readable else [],
        "may_host": policy.may_host.test(request.user, found),
    }
    return render(request, "communities/community.html", context)


@require_GET
@same_for_passers_by
def people(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    policy.allow(policy.is_readable, request.user, found)  # type: ignore[arg-type]
    page = Paginator(queries.people(found), 2 * PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "communities/people.html", {"community": found, "page": page})


@require_GET
@same_for_passers_by
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions of the rules, the one in force first."""
    found = find(request, slug)
    versions = found.charters.select_related("published_by").order_by("-number")
    return render(request, "communities/charter.html", {"community": found, "versions": versions})


@login_required
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Open a new community."""
    policy.allow(policy.may_found, person(request), refusal=FoundersOnly)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.found(actor=person(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The community is open."))
            return redirect(opened)
    return render(request, "communities/found.html", {"form": form}, status=422 if form.errors else 200)


DOORS = {
    "join": actions.join,
    "request": actions.request,
    "accept-invitation": actions.accept_invitation,
    "accept-charter": actions.accept_charter,
}
TOLD = {
    "join": _noop("Welcome. You are a member now."),
    "request": _noop("Your request is sent; a host answers it."),
    "accept-invitation": _noop("Welcome. You are a member now."),
    "accept-charter": _noop("Thank you. You accepted the charter in force."),
    "leave": _noop("You left the community."),
    "decline": _noop("The invitation is declined."),
}


@login_required
@require_POST
def door(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Come in, knock, accept the charter that was on the page, or go."""
    found = find(request, slug)
    if act in DOORS:
        DOORS[act](actor=person(request), community=found, number=_number(request))
    elif act == "leave":
        actions.leave(actor=person(request), community=found)
    elif act == "decline":
        actions.decline_invitation(actor=person(request), community=found)
    else:
        raise Http404
    messages.success(request, _(TOLD[act]))
    still_there = queries.visible_to(request.user).filter(pk=found.pk).exists()
    return redirect(found) if still_there else redirect("communities:index")


def _number(request: HttpRequest) -> int | None:
    """The version of the charter that was on the page."""
    typed = request.POST.get("charter", "")
    return int(typed) if typed.isdigit() else None

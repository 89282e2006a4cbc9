"""The public stream of the house, of a community, of a member; one activity."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from essaim.activity import jsonld, queries
from essaim.activity.streams import Stream, answer, form_wanted
from essaim.activity.telling import tell
from essaim.communities.queries import readable_by
from essaim.people.queries import house, present_members


@require_safe
def everything(request: HttpRequest, form: str = "") -> HttpResponse:
    title = _("What happens at %(house)s") % {"house": house().name}
    return answer(request, Stream(title, queries.visible_to(request.user), reverse("activity:stream")), form)


@require_safe
def community(request: HttpRequest, slug: str, form: str = "") -> HttpResponse:
    found = get_object_or_404(readable_by(request.user), slug=slug)
    title = _("What happens in %(community)s") % {"community": found.name}
    rows = queries.in_community(found, request.user)
    return answer(request, Stream(title, rows, reverse("activity:community", args=[slug])), form)


@require_safe
def member(request: HttpRequest, handle: str, form: str = "") -> HttpResponse:
    found = get_object_or_404(present_members(), handle__iexact=handle)
    title = _("What %(member)s did") % {"member": found}
    rows = queries.by_member(found, request.user)
    return answer(request, Stream(title, rows, reverse("activity:member", args=[found.handle])), form)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    told = tell(get_object_or_404(queries.visible_to(request.user), pk=pk), request.user)
    if form_wanted(request) == "json":
        response: HttpResponse = JsonResponse(jsonld.item_of(told), content_type=jsonld.CONTENT_TYPE)
    else:
        response = render(request, "activity/activity.html", {"told": told})
    patch_vary_headers(response, ["Accept", "Cookie", "Accept-Language"])
    return response

"""A member's notices, his preferences, and the door out that needs no key."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from essaim.people.models import Member
from essaim.projectors.notices import actions, domain, queries
from essaim.projectors.notices.forms import PreferencesForm
from essaim.projectors.notices.models import Notice, Topic

PER_PAGE = 30


def me(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


@require_GET
@login_required
def list_notices(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.notices_of(me(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": queries.told(page, me(request)),
        "unseen": queries.unseen(me(request)).count(),
    }
    return render(request, "notices/list.html", context)


@require_GET
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what the notice is about; it counts as seen from then on."""
    notice = get_object_or_404(Notice.objects.select_related("activity"), pk=pk, member=me(request))
    actions.see(member=me(request), activity=notice.activity)
    (item,) = queries.told([notice], me(request))
    return redirect(item.told.url or "notices:list")


@require_POST
@login_required
def see_all(request: HttpRequest) -> HttpResponse:
    actions.see_all(member=me(request))
    return redirect("notices:list")


@method_decorator(login_required, name="dispatch")
class Preferences(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, PreferencesForm(member=me(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PreferencesForm(request.POST, member=me(request))
        if not form.is_valid():
            return self._page(request, form, status=422)
        actions.choose(member=me(request), frequencies=form.chosen())
        messages.success(request, _("Your choice is kept."))
        return redirect("notices:preferences")

    def _page(self, request: HttpRequest, form: PreferencesForm, status: int = 200) -> HttpResponse:
        return render(request, "notices/preferences.html", {"form": form}, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class Stop(View):
    """The signed link is the authority: mail programs post here without cookies (RFC 8058). Looking stops nothing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        _member, topics = actions.read_stop_token(token)
        return self._page(request, "notices/stop.html", topics)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(request, "notices/stopped.html", actions.stop(token=token))

    def _page(self, request: HttpRequest, template: str, topics: list[domain.Topic]) -> HttpResponse:
        labels = [Topic(topic.value).label for topic in topics]
        answer = render(request, template, {"topics": labels})
        answer["Referrer-Policy"] = "no-referrer"
        return answer

"""How well the house reads, and what the team changes about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from essaim.kit.errors import Forbidden, gettext_noop
from essaim.listening.policy import may_answer, may_listen
from essaim.listening.reading import actions, jobs, queries
from essaim.listening.reading.lists import aspect_lists
from essaim.listening.reading.models import Aspect, Reader, Topic
from essaim.people.models import Member
from essaim.people.policy import allow
from essaim.people.queries import house

View = Callable[..., HttpResponse]


class NotListening(Forbidden):
    cause = gettext_noop("Only those who listen for the house may see this.")
    remedy = gettext_noop("Ask an owner for the role of analyst, moderator or manager.")


def for_listeners(view: View) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        allow(may_listen, _actor(request), refusal=NotListening)
        return view(request, *args, **options)

    return guarded


@for_listeners
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    same, corrected = queries.confirmed_share()
    readers = queries.shown_readers(list(house().languages))
    context = {
        "readers": [one for one in readers if one.quality],
        "untrained": [one for one in readers if not one.quality],
        "changed": queries.changed(),
        "same": same,
        "corrected": corrected,
        "languages": queries.read_by_language(),
        "topics": queries.topics(),
        "aspects": [(language, len(lists)) for language, lists in sorted(aspect_lists().items())],
        "may_change": may_answer.test(_actor(request)),
    }
    return render(request, "reading/reading.html", context)


@for_listeners
@require_safe
def reader(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of one reader, whether it is in use or not."""
    found = get_object_or_404(Reader, pk=pk)
    quality = found.card.get("quality", {})
    order = quality.get("order", [])
    names = [queries.class_name(name) for name in order]
    rows = list(zip(names, (quality["classes"][name] for name in order), quality.get("confusion", []), strict=True))
    return render(request, "reading/reader.html", {"reader": found, "card": found.card, "names": names, "rows": rows})


@for_listeners
@require_safe
def card_json(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reader, pk=pk)
    return JsonResponse(found.card, json_dumps_params={"indent": 1, "ensure_ascii": False})


@for_listeners
@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    allow(may_answer, _actor(request))
    jobs.ring_learning()
    messages.success(request, _("The worker learns from the corrections now; come back in a few minutes."))
    return redirect("reading:reading")


@for_listeners
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST
    actions.correct(mention_id=pk, field=given.get("field", ""), value=given.get("value", ""), actor=_actor(request))
    messages.success(request, _("Corrected. The next training learns from it."))
    back = given.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("reading:reading")


@for_listeners
@require_POST
def name_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic, pk=pk)
    actions.name_topic(topic=topic, name=request.POST.get("name", ""), actor=_actor(request))
    return redirect("reading:reading")


@for_listeners
def aspects(request: HttpRequest, language: str) -> HttpResponse:
    """The aspects of one language, each with its words; saving one at a time."""
    if request.method == "POST":
        given = request.POST
        actions.set_aspect(
            language=language, name=given.get("name", ""), words=given.get("words", ""), actor=_actor(request)
        )
        messages.success(request, _("Saved. Mentions that come in from now on are read with it."))
        back = reverse("reading:aspects", args=[language])
        return redirect(f"{back}?suggest=1" if given.get("suggest") else back)
    lists = aspect_lists().get(language, {})
    looked, proposals = _proposals(language, lists) if "suggest" in request.GET else (None, {})
    context = {
        "language": language,
        "lists": [(name, ", ".join(words), proposals.get(name, [])) for name, words in sorted(lists.items())],
        "looked": looked,
        "own": Aspect.objects.filter(language=language).exists(),
        "may_change": may_answer.test(_actor(request)),
    }
    return render(request, "reading/aspects.html", context)


LOOKED_AT = 3000
"""Mentions looked through for words to add, the latest first."""


def _proposals(language: str, lists: Mapping[str, Sequence[str]]) -> tuple[int, dict[str, Any]]:
    """How many mentions were looked through, and what words go with each aspect."""
    from essaim.listening.reading.proposals import proposed  # numpy: not before somebody asks
    from essaim.listening.reading.topics import recent_texts

    texts = list(recent_texts(language, LOOKED_AT).values())
    return len(texts), proposed(texts, language, lists)


def _actor(request: HttpRequest) -> Member:
    return cast(Member, request.user)

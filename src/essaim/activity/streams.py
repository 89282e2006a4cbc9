"""One stream, three forms: a page, an Atom feed, a JSON-LD collection. Reused by the folders above."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from essaim.activity import jsonld
from essaim.activity.models import Activity
from essaim.activity.telling import tell_all
from essaim.kit import feeds

PAGE = 30
TYPES = {"html": "text/html", "atom": "application/atom+xml", "json": jsonld.CONTENT_TYPE}
ACCEPTED = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/atom+xml": "atom",
    "application/activity+json": "json",
    "application/ld+json": "json",
    f'application/ld+json; profile="{jsonld.STREAMS}"': "json",
}


@dataclass(frozen=True)
class Stream:
    """A part of the activities with its name and the address of its page; `.atom` and `.json` stand beside it."""

    title: str
    rows: QuerySet[Activity]
    url: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def atom_url(self) -> str:
        return f"{self.url}feed.atom"

    @property
    def json_url(self) -> str:
        return f"{self.url}outbox.json"


def form_wanted(request: HttpRequest, fixed: str = "") -> str:
    """The form the address fixes, else the first one the reader's program accepts."""
    if fixed:
        return fixed
    wanted = request.get_preferred_type(list(ACCEPTED))
    return ACCEPTED.get(wanted or "", "html")


def answer(request: HttpRequest, stream: Stream, form: str = "") -> HttpResponse:
    """The stream in the form wanted."""
    wanted = form_wanted(request, form)
    response = {"html": as_page, "atom": as_atom, "json": as_json}[wanted](request, stream)
    patch_vary_headers(response, ["Accept", "Cookie", "Accept-Language"])
    return response


def as_page(request: HttpRequest, stream: Stream) -> HttpResponse:
    before, after = number(request, "before"), number(request, "after")
    rows, newer, older = jsonld.cut(stream.rows, PAGE, before=before, after=after)
    context = {
        "stream": stream,
        "told": tell_all(rows, request.user),
        "newer": rows[0].pk if newer else None,
        "older": rows[-1].pk if older else None,
        **stream.context,
    }
    fragment = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(request, f"activity/stream.html{'#items' if fragment else ''}", context)


def as_atom(request: HttpRequest, stream: Stream) -> HttpResponse:
    entries = [
        feeds.Entry(
            id=jsonld.activity_id(told.activity),
            title=told.text,
            url=jsonld.absolute(told.url or stream.url),
            updated=told.at,
            author=str(told.activity.actor or ""),
            html=told.html.replace('href="/', f'href="{jsonld.absolute("/")}'),
        )
        for told in tell_all(stream.rows[:PAGE])
    ]
    text = feeds.atom(
        id=jsonld.absolute(stream.url),
        title=stream.title,
        url=jsonld.absolute(stream.url),
        feed_url=jsonld.absolute(stream.atom_url),
        entries=entries,
        language=(get_language() or "").split("-")[0],
    )
    return HttpResponse(text, content_type=feeds.CONTENT_TYPE)


def as_json(request: HttpRequest, stream: Stream) -> HttpResponse:
    url = jsonld.absolute(stream.json_url)
    if "page" in request.GET:
        before, after = number(request, "before"), number(request, "after")
        document = jsonld.page(stream.rows, url=url, before=before, after=after)
    else:
        document = jsonld.collection(stream.rows, url=url, name=stream.title)
    return JsonResponse(document, content_type=jsonld.CONTENT_TYPE)


def number(request: HttpRequest, name: str) -> int | None:
    """A position given in the address; what is no number is ignored."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None

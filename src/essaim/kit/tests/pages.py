"""Addresses for the browser tests: a vote that is counted in memory, refused, or slow to arrive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, RequestContext, Template
from django.urls import include, path

from essaim.kit.catalogue import LastVoteGone

VOTE = '{% vote "/vote/" count=count mine=mine left=3 %}'
PAGE = (
    '{% extends "kit/page.html" %}{% load kit %}{% block main %}<h1>Vote</h1>'
    + VOTE
    + '<form method="post" action="/refused/" data-hx-post="/refused/" data-hx-target="this">{% csrf_token %}'
    '<label for="t">Kept</label><input id="t" name="t"><button>Send</button></form>'
    '<button data-hx-post="/vote/" data-hx-vals=\'{"vote": "yes"}\' data-hx-target=".vote" data-hx-swap="outerHTML">'
    "Bare</button>"
    '<form method="get" action="/done/" data-draft="story"><label for="d">Story</label>'
    '<input id="d" name="d"><button data-confirm="Sure?">Publish</button></form>{% endblock %}'
)
supporters: set[str] = set()


def shown(request: HttpRequest, source: str) -> HttpResponse:
    facts = Context({"count": len(supporters), "mine": "me" in supporters}).flatten()
    return HttpResponse(Template("{% load kit %}" * (source == VOTE) + source).render(RequestContext(request, facts)))


def page(request: HttpRequest) -> HttpResponse:
    return shown(request, PAGE)


def vote(request: HttpRequest) -> HttpResponse:
    (supporters.add if request.POST["vote"] == "yes" else supporters.discard)("me")
    return shown(request, VOTE)


def refused(request: HttpRequest) -> HttpResponse:
    raise LastVoteGone


def done(request: HttpRequest) -> HttpResponse:
    return shown(request, '{% extends "kit/page.html" %}{% block main %}<h1>Done</h1>{% endblock %}')


urlpatterns = [
    path("page/", page),
    path("vote/", vote),
    path("refused/", refused),
    path("done/", done),
    path("", include("essaim.config.urls")),
]

"""The campaign's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from essaim.initiatives.models import Initiative


def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative, slug=slug, mechanism="cheer")
    return HttpResponse(found.title)

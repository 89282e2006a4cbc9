"""Public feeds; each stands as a page, `feed.atom` and `outbox.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, path

from essaim.activity import views

app_name = "activity"


def three_forms(route: str, view: Callable[..., Any], name: str) -> Iterator[URLPattern]:
    yield path(route, view, name=name)
    yield path(f"{route}feed.atom", view, {"form": "atom"}, name=f"{name}-atom")
    yield path(f"{route}outbox.json", view, {"form": "json"}, name=f"{name}-json")


urlpatterns = [
    *three_forms("", views.everything, "stream"),
    *three_forms("community/<slug:slug>/", views.community, "community"),
    *three_forms("member/<str:handle>/", views.member, "member"),
    path("<int:pk>/", views.activity, name="activity"),
]

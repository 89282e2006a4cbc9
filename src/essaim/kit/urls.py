"""Addresses every page relies on."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from essaim.kit import media, views

app_name = "kit"

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("scheme/", views.scheme, name="scheme"),
    path("language/", set_language, name="language"),
    path("offline/", views.offline, name="offline"),
    path("media/<path:name>", media.served, name="media"),
    path("kit/", views.catalogue, name="catalogue"),
    path("kit/<slug:sheet>/", views.catalogue, name="catalogue-sheet"),
]

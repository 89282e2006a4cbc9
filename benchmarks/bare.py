"""The least a Django page can be, on the same server in the same way: the reference for whole pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title><p>Nothing else.")


urlpatterns = [path("", page)]

settings.configure(
    SECRET_KEY="bare",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=[],
    DEBUG=False,
)


def application() -> Any:
    from essaim.server.mounts import mount_wsgi

    return mount_wsgi(get_wsgi_application())

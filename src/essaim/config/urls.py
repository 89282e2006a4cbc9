"""Every address of the house. Each folder brings its own; a mechanism's stand under its slug."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from essaim.config.api import api
from essaim.config.api.problems import nowhere
from essaim.config.api.reference import openapi, reference
from essaim.initiatives.mechanism import mechanisms

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("essaim.home.urls")),
    path("studio/", include("essaim.studio.urls")),
    path("", include("essaim.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("essaim.communities.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("essaim.kit.urls")),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    re_path("^api/v1/", csrf_exempt(nowhere)),
    path("api/", reference, name="api-reference"),
    path("studio/listen/reading/", include("essaim.listening.reading.studio_urls")),
    path("studio/webhooks/", include("essaim.connectors.webhooks.urls")),
    path("", include("essaim.listening.sources.urls")),
    *(
        path("", include(f"{connector}.urls"))
        for connector in settings.CONNECTORS
        if connector == "essaim.connectors.webmention"
    ),
    path("studio/listen/tables/", include("essaim.connectors.tables.urls")),
    path("", include("essaim.connectors.donation.urls")),
    path("activity/", include("essaim.activity.urls")),
    path("initiatives/", include("essaim.initiatives.urls")),
    path("", include("essaim.listening.law.urls")),
    path("", include("essaim.listening.voices.urls")),
    path("", include("essaim.ledger.urls")),
    path("studio/books/", include("essaim.ledger.studio_urls")),
    path("studio/listen/", include("essaim.listening.desk.urls")),
    path("promises/", include("essaim.listening.desk.public_urls")),
    path("", include("essaim.studio.listen.urls")),
    *(
        path("sandbox/", include("essaim.connectors.sandbox.urls"))
        for connector in settings.CONNECTORS
        if connector == "essaim.connectors.sandbox"
    ),
    path("", include("essaim.connectors.banktransfer.urls")),
    path("", include("essaim.products.urls")),
    *(path("", include(f"{folder}.urls")) for folder in settings.PROJECTORS if find_spec(f"{folder}.urls")),
    *(path(f"{manifest.slug}/", include(manifest.urls)) for manifest in mechanisms()),
]

handler400 = "essaim.kit.views.bad_request"
handler403 = "essaim.kit.views.forbidden"
handler404 = "essaim.kit.views.not_found"
handler500 = "essaim.kit.views.server_error"

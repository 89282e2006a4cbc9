"""The studio's addresses; each mechanism's desk stands under its slug."""

from __future__ import annotations

from django.urls import include, path

from essaim.initiatives.mechanism import mechanisms
from essaim.studio import views

studio = (
    [
        path("", views.desk, name="desk"),
        path("deliveries/", views.deliveries, name="deliveries"),
        path("requests/", views.requests, name="requests"),
        path("house/", views.house_settings, name="house"),
        path("house/contrast/", views.contrast, name="contrast"),
        path("roles/", views.roles, name="roles"),
    ],
    "studio",
)

urlpatterns = [
    path("", include(studio)),
    *(
        path(f"{manifest.slug}/", include((manifest.studio_urls, f"{manifest.slug}-studio")))
        for manifest in mechanisms()
        if manifest.studio_urls
    ),
]

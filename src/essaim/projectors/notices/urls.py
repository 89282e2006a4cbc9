"""Addresses of notices."""

from django.urls import path

from essaim.projectors.notices import desk, views

app_name = "notices"
urlpatterns = [
    path("my/notices/", views.list_notices, name="list"),
    path("my/notices/seen/", views.see_all, name="seen"),
    path("my/notices/preferences/", views.Preferences.as_view(), name="preferences"),
    path("my/notices/<int:pk>/", views.open_notice, name="open"),
    path("studio/letters/", desk.letters, name="letters"),
    path("notices/stop/<str:token>/", views.Stop.as_view(), name="stop"),
]

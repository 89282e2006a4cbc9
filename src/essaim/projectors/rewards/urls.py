"""Addresses of points."""

from django.urls import path

from essaim.projectors.rewards import views

app_name = "rewards"
urlpatterns = [
    path("points/", views.points, name="points"),
    path("studio/points/", views.rules, name="rules"),
]

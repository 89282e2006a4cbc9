"""The front door, and each member's own place."""

from django.urls import path

from essaim.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("my/", views.my, name="my"),
]

"""Addresses under /cheer/."""

from django.urls import path

from essaim.mechanisms.cheer import views

app_name = "cheer"
urlpatterns = [
    path("<slug:slug>/", views.campaign, name="initiative"),
]

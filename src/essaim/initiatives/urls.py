"""Contributions and public records of initiatives, under `/initiatives/`."""

from __future__ import annotations

from django.urls import path

from essaim.activity.urls import three_forms
from essaim.initiatives import views

app_name = "initiatives"

urlpatterns = [
    path("contributions/<int:pk>/", views.contribution, name="contribution"),
    path("contributions/<int:pk>/comments/", views.comments, name="comments"),
    path("contributions/<int:pk>/reaction/", views.reaction, name="reaction"),
    path("contributions/<int:pk>/history/", views.history, name="history"),
    path("comments/<int:pk>/", views.edit_comment, name="edit-comment"),
    path("comments/<int:pk>/withdrawal/", views.withdraw_comment, name="withdraw-comment"),
    *three_forms("<slug:slug>/activity/", views.initiative_stream, "stream"),
    path("<slug:slug>/rules/", views.amendments, name="amendments"),
]

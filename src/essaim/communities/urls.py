"""Addresses of communities."""

from __future__ import annotations

from django.urls import path

from essaim.communities import host_views, views

app_name = "communities"

urlpatterns = [
    path("communities/", views.index, name="index"),
    path("communities/new/", views.found, name="found"),
    path("c/<slug:slug>/", views.community, name="community"),
    path("c/<slug:slug>/people/", views.people, name="people"),
    path("c/<slug:slug>/charter/", views.charter, name="charter"),
    path("c/<slug:slug>/door/<slug:act>/", views.door, name="door"),
    path("c/<slug:slug>/manage/", host_views.manage, name="manage"),
    path("c/<slug:slug>/manage/charter/", host_views.publish, name="publish-charter"),
    path("c/<slug:slug>/manage/invite/", host_views.invite, name="invite"),
    path("c/<slug:slug>/manage/appoint/", host_views.appoint, name="appoint"),
    path("c/<slug:slug>/manage/<int:pk>/<slug:act>/", host_views.answer, name="answer"),
]

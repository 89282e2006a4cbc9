"""The desk's addresses, mounted under `/studio/cheer/`."""

from __future__ import annotations

from django.urls import path

from essaim.mechanisms.cheer.views import desk, desk_light, desk_wall

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", desk.new, name="new"),
    path("words/", desk_wall.words, name="words"),
    path("<slug:slug>/", desk.campaign, name="campaign"),
    path("<slug:slug>/text/", desk.text, name="text"),
    path("<slug:slug>/camps/", desk.camps, name="camps"),
    path("<slug:slug>/camps/<int:pk>/", desk.camp, name="camp"),
    path("<slug:slug>/rounds/", desk.rounds, name="rounds"),
    path("<slug:slug>/rules/", desk.rules, name="rules"),
    path("<slug:slug>/messages/", desk_wall.messages, name="messages"),
    path("<slug:slug>/light/", desk_light.light, name="light"),
    path("<slug:slug>/files/<slug:name>/", desk.export, name="export"),
]

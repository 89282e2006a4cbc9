"""The desk's addresses, mounted under `/studio/contest/`."""

from __future__ import annotations

from django.urls import path

from essaim.mechanisms.contest.views import desk, desk_awards, desk_ideas

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", desk.new, name="new"),
    path("unanswered/", desk_ideas.unanswered, name="unanswered"),
    path("alarms/", desk_ideas.alarms, name="alarms"),
    path("awards/", desk_awards.awards, name="awards"),
    path("tests/", desk_ideas.tests, name="tests"),
    path("<slug:slug>/", desk.contest, name="contest"),
    path("<slug:slug>/text/", desk.text, name="text"),
    path("<slug:slug>/rules/", desk.rules, name="rules"),
    path("<slug:slug>/calendar/", desk.calendar, name="calendar"),
    path("<slug:slug>/jury/", desk.jury, name="jury"),
    path("<slug:slug>/money/", desk.money, name="money"),
    path("<slug:slug>/ideas/", desk_ideas.ideas, name="ideas"),
    path("<slug:slug>/ideas/<int:number>/", desk_ideas.idea, name="idea"),
    path("<slug:slug>/ideas/<int:number>/votes/", desk_ideas.votes, name="votes"),
]

"""Addresses under /cheer/; those under /cheer/live/ are answered before Django (`live`)."""

from __future__ import annotations

from django.urls import path

from essaim.mechanisms.cheer.views import cheering, counting, lighting, pages, sharing

app_name = "cheer"

urlpatterns = [
    path("", pages.index, name="index"),
    path("links/<str:token>/", sharing.link, name="link"),
    path("links/<str:token>/card.png", sharing.link_card, name="link-card"),
    path("<slug:slug>/", pages.initiative, name="initiative"),
    path("<slug:slug>/cheers/", cheering.cheer, name="cheer"),
    path("<slug:slug>/pass/", cheering.ask_for_pass, name="ask-for-pass"),
    path("<slug:slug>/pass/<str:token>/", cheering.open_pass, name="pass"),
    path("<slug:slug>/wall/", pages.wall, name="wall"),
    path("<slug:slug>/wall/<int:pk>.png", sharing.message_card, name="message-card"),
    path("<slug:slug>/wall.json", counting.words, name="words"),
    path("<slug:slug>/results/", pages.results, name="results"),
    path("<slug:slug>/results/<int:number>.csv", counting.round_csv, name="round-csv"),
    path("<slug:slug>/light/", pages.light, name="light"),
    path("<slug:slug>/light.json", lighting.state, name="light-state"),
    path("<slug:slug>/rules/", pages.rules, name="rules"),
    path("<slug:slug>/screen/", pages.screen, name="screen"),
    path("<slug:slug>/mine/", sharing.mine, name="mine"),
    path("<slug:slug>/tally.json", counting.tally, name="tally"),
    path("<slug:slug>/camps.css", pages.colours, name="colours"),
    path("<slug:slug>/card.png", sharing.card, name="card"),
]

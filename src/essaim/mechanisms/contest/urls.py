"""The contest's addresses, mounted under `/contest/`. Nouns; a POST is an act."""

from __future__ import annotations

from django.urls import path

from essaim.mechanisms.contest.views import ideas, judging, pages, submit, votes

app_name = "contest"

urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:slug>/", pages.initiative, name="initiative"),
    path("<slug:slug>/rules/", pages.rules, name="rules"),
    path("<slug:slug>/results/", pages.results, name="results"),
    path("<slug:slug>/recount/", pages.recount, name="recount"),
    path("<slug:slug>/ballots.json", pages.ballots, name="ballots"),
    path("<slug:slug>/receipt/", votes.receipt, name="receipt"),
    path("<slug:slug>/new/", submit.write, name="new"),
    path("<slug:slug>/similar/", submit.similar, name="similar"),
    path("<slug:slug>/new/<int:number>/", submit.write, name="draft"),
    path("<slug:slug>/new/<int:number>/check/", submit.check, name="check"),
    path("<slug:slug>/ideas/<int:number>/", ideas.idea, name="idea"),
    path("<slug:slug>/ideas/<int:number>/vote/", votes.vote, name="vote"),
    path("<slug:slug>/ideas/<int:number>/edit/", submit.edit, name="edit"),
    path("<slug:slug>/ideas/<int:number>/withdraw/", submit.withdraw, name="withdraw"),
    path("<slug:slug>/ideas/<int:number>/history/", ideas.history, name="history"),
    path("<slug:slug>/ideas/<int:number>/authors/", ideas.authors, name="authors"),
    path("<slug:slug>/ideas/<int:number>/offer/", ideas.offer, name="offer"),
    path("<slug:slug>/ideas/<int:number>/score/", judging.score, name="score"),
    path("<slug:slug>/ideas/<int:number>/decide/", judging.decide, name="decide"),
    path("<slug:slug>/jury/", judging.jury, name="jury"),
    path("<slug:slug>/panel/<int:test>/", judging.panel, name="panel"),
]

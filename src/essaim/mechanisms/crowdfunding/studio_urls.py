"""The desk's addresses, mounted under `/studio/crowdfunding/`."""

from __future__ import annotations

from django.urls import path

from essaim.mechanisms.crowdfunding.views import desk, desk_after, desk_money, desk_news, desk_pledges, desk_prepare

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", desk.new, name="new"),
    path("all/pots/", desk_money.pots, name="pots"),
    path("all/pots/<int:pk>/", desk_money.pot, name="pot"),
    path("<slug:slug>/", desk.campaign, name="campaign"),
    path("<slug:slug>/text/", desk_prepare.text, name="text"),
    path("<slug:slug>/rewards/", desk_prepare.tiers, name="tiers"),
    path("<slug:slug>/rewards/new/", desk_prepare.tier, name="new-tier"),
    path("<slug:slug>/rewards/<int:pk>/", desk_prepare.tier, name="tier"),
    path("<slug:slug>/rewards/<int:pk>/delay/", desk_after.delay, name="delay"),
    path("<slug:slug>/plan/", desk_prepare.plan, name="plan"),
    path("<slug:slug>/rules/", desk_prepare.rules, name="rules"),
    path("<slug:slug>/calendar/", desk_prepare.calendar, name="calendar"),
    path("<slug:slug>/news/", desk_news.news, name="news"),
    path("<slug:slug>/pledges/", desk_pledges.pledges, name="pledges"),
    path("<slug:slug>/pledges/new/", desk_pledges.offline, name="offline"),
    path("<slug:slug>/pledges/<int:number>/", desk_pledges.pledge, name="pledge"),
    path("<slug:slug>/parcels/", desk_after.after, name="after"),
    path("<slug:slug>/engraving/", desk_after.engraving, name="engraving"),
    path("<slug:slug>/files/<slug:name>/", desk_after.export, name="export"),
    path("<slug:slug>/money/", desk_money.money, name="money"),
]

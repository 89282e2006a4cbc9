"""The campaigns' addresses, mounted under `/crowdfunding/`. Nouns; a POST is an act."""

from __future__ import annotations

from django.urls import path

from essaim.mechanisms.crowdfunding.views import mine, pages, pledging

app_name = "crowdfunding"

urlpatterns = [
    path("", pages.index, name="index"),
    path("my/pledges/", mine.mine, name="mine"),
    path("my/pledges/claim/", mine.claim, name="claim"),
    path("pledges/<str:token>/", mine.own, name="own"),
    path("pledges/<str:token>/", mine.own, name="guest"),  # the same page, as a guest's mail names it
    path("pledges/<str:token>/news/<int:number>/", mine.news, name="own-news"),
    path("pledges/<str:token>/change/", pledging.change, name="change"),
    path("pledges/<str:token>/payment/", pledging.payment, name="payment"),
    path("pledges/<str:token>/cancellation/", mine.cancel, name="cancel"),
    path("pledges/<str:token>/choice/", mine.choice, name="choice"),
    path("pledges/<str:token>/address/", mine.address, name="address"),
    path("pledges/<str:token>/answers/", mine.survey, name="survey"),
    path("pledges/<str:token>/options/", mine.options, name="options"),
    path("pledges/<str:token>/engraving/", mine.engraving, name="engraving"),
    path("pledges/<str:token>/arrival/", mine.arrived, name="arrived"),
    path("pledges/<str:token>/withdrawal/", mine.withdrawal, name="withdrawal"),
    path("pledges/<str:token>/withdrawal.pdf", mine.withdrawal_receipt, name="withdrawal-receipt"),
    path("pledges/<str:token>/receipt.pdf", mine.receipt, name="receipt"),
    path("pledges/<str:token>/certificate.pdf", mine.certificate, name="certificate"),
    path("<slug:slug>/", pages.initiative, name="initiative"),
    path("<slug:slug>/pledge/", pledging.pledge, name="new"),
    path("<slug:slug>/pledges/<int:number>/", mine.numbered, name="pledge"),
    path("<slug:slug>/news/", pages.updates, name="updates"),
    path("<slug:slug>/news/<int:number>/", pages.update, name="update"),
    path("<slug:slug>/questions/", pages.questions, name="questions"),
    path("<slug:slug>/backers/", pages.backers, name="backers"),
    path("<slug:slug>/rules/", pages.rules, name="rules"),
    path("<slug:slug>/share/", pages.share, name="share"),
    path("<slug:slug>/widget/", pages.widget, name="widget"),
    path("<slug:slug>/widget.svg", pages.widget_image, name="widget-image"),
    path("<slug:slug>/card.png", pages.card, name="card"),
]

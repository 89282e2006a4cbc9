"""Addresses of royalties."""

from django.urls import path, re_path

from essaim.projectors.royalties import views

app_name = "royalties"
urlpatterns = [
    path("my/royalties/", views.statements, name="statements"),
    path("my/royalties.csv", views.statements_csv, name="csv"),
    path("my/royalties/<str:key>/", views.statement, name="statement"),
    path("studio/royalties/", views.overview, name="overview"),
    re_path(
        r"^studio/royalties/(?P<slug>[-\w]+)/(?P<first_day>\d{4}-(?:0[1-9]|1[0-2])-01)/$", views.close, name="close"
    ),
]

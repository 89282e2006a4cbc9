from django.urls import path

from essaim.listening.sources import views

app_name = "listening_sources"

urlpatterns = [
    path("studio/listen/sources/", views.index, name="index"),
    path("studio/listen/sources/new/", views.kinds, name="kinds"),
    path("studio/listen/sources/new/<slug:slug>/", views.new, name="new"),
    path("studio/listen/sources/list/", views.import_list, name="list"),
    path("studio/listen/sources/list.opml", views.export_list, name="export"),
    path("studio/listen/sources/quiet/", views.quiet, name="quiet"),
    path("studio/listen/sources/quiet/<int:pk>/removal/", views.quiet_removal, name="quiet-removal"),
    path("studio/listen/sources/<int:pk>/", views.source, name="source"),
    path("studio/listen/sources/<int:pk>/settings/", views.settings, name="settings"),
    path("studio/listen/sources/<int:pk>/pause/", views.pause, name="pause"),
    path("studio/listen/sources/<int:pk>/resumption/", views.resumption, name="resumption"),
    path("studio/listen/sources/<int:pk>/visit/", views.visit, name="visit"),
    path("studio/listen/sources/<int:pk>/backfill/", views.backfill, name="backfill"),
    path("studio/listen/sources/<int:pk>/removal/", views.removal, name="removal"),
    path("listening/robot/", views.robot, name="robot"),
]

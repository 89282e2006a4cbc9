from django.urls import path

from essaim.listening.law import views

app_name = "listening"
urlpatterns = [
    path("listening/", views.notice, name="notice"),
    path("listening/objection/", views.objection, name="objection"),
    path("studio/listen/objections/", views.pleas, name="pleas"),
    path("studio/listen/looks/", views.looks, name="looks"),
    path("studio/listen/voices/<int:pk>/", views.voice, name="voice"),
    path("studio/listen/voices/<int:pk>/archive.json", views.archive, name="archive"),
    path("studio/listen/voices/<int:pk>/erasure/", views.erasure, name="erasure"),
]

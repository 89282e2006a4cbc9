"""Addresses of the map: the team's under Listen, a member's own at home."""

from django.urls import path

from essaim.projectors.influence import views

app_name = "influence"
urlpatterns = [
    path("my/circles/", views.mine, name="mine"),
    path("studio/listen/leaders/", views.leaders, name="leaders"),
    path("studio/listen/leaders/members/<int:pk>/", views.member, name="member"),
    path("studio/listen/leaders/voices/<int:pk>/", views.voice, name="voice"),
    path("studio/listen/leaders/run/", views.run, name="run"),
    path("studio/listen/leaders/weights/", views.weights, name="weights"),
    path("studio/listen/circles/", views.circles, name="circles"),
    path("studio/listen/circles/map.json", views.map_data, name="map"),
    path("studio/listen/circles/<int:name>/", views.circle, name="circle"),
    path("studio/listen/invite/", views.invite, name="invite"),
    path("studio/listen/invite/<int:plan>/<int:rank>/", views.write, name="write"),
    path("studio/listen/democratisation/", views.democracy, name="democracy"),
]

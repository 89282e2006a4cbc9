from django.urls import path

from essaim.studio.listen import views

app_name = "studio_listen"
urlpatterns = [
    path("studio/listen/mentions/<int:mention>/idea/", views.idea, name="idea"),
    path("my/suggestions/<int:pk>/", views.proposal, name="proposal"),
    path("heard/<int:mention>/", views.heard, name="heard"),
]

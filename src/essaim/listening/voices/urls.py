from django.urls import path

from essaim.listening.voices import views

app_name = "voices"
urlpatterns = [
    path("my/voices/", views.mine, name="mine"),
    path("my/voices/<int:pk>/proof/", views.prove, name="prove"),
    path("my/voices/<int:pk>/end/", views.cut, name="cut"),
    path("my/voices/matching/", views.matching, name="matching"),
    path("my/voices/suggestions/<int:pk>/", views.answer_suggestion, name="suggestion"),
]

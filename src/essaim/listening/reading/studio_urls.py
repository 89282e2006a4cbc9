from django.urls import path

from essaim.listening.reading import views

app_name = "reading"
urlpatterns = [
    path("", views.reading, name="reading"),
    path("learning/", views.learn, name="learn"),
    path("readers/<int:pk>/", views.reader, name="reader"),
    path("readers/<int:pk>/card.json", views.card_json, name="card_json"),
    path("topics/<int:pk>/name/", views.name_topic, name="name_topic"),
    path("aspects/<str:language>/", views.aspects, name="aspects"),
    path("mentions/<int:pk>/correction/", views.correct, name="correct"),
]

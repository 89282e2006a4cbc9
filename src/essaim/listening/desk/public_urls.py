"""What the house promised, for everyone."""

from django.urls import path

from essaim.listening.desk.views import promises

app_name = "promises"
urlpatterns = [
    path("", promises.public, name="index"),
    path("<int:pk>/", promises.one, name="promise"),
]

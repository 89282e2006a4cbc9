from django.urls import path

from essaim.connectors.webmention import views

app_name = "webmention"

urlpatterns = [
    path("webmention/", views.endpoint, name="endpoint"),
    path("webmention/replies/<int:pk>/", views.reply, name="reply"),
]

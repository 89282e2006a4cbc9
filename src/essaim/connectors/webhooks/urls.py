from django.urls import path

from essaim.connectors.webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.endpoint, name="endpoint"),
    path("<int:pk>/test/", views.test, name="test"),
    path("<int:pk>/enabling/", views.enabling, name="enabling"),
    path("<int:pk>/removal/", views.removal, name="removal"),
]

from django.urls import path

from essaim.connectors.tables import views

app_name = "tables"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.upload, name="upload"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("mappings/<int:pk>/removal/", views.removal, name="removal"),
]

from django.urls import path

from essaim.connectors.donation import views

app_name = "donation"
urlpatterns = [
    path("my/donations/", views.index, name="index"),
    path("my/donations/<int:pk>/", views.draft, name="draft"),
    path("my/donations/<int:pk>/removal/", views.removal, name="removal"),
    path("my/donations/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
]

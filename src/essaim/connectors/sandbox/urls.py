from django.urls import path

from essaim.connectors.sandbox import views

app_name = "sandbox"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("pay/<str:reference>/", views.pay, name="pay"),
]

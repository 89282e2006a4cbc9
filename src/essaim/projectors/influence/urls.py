"""Addresses of the map."""

app_name = "influence"
urlpatterns: list = []

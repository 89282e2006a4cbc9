"""Addresses of products."""

app_name = "products"
urlpatterns: list[object] = []

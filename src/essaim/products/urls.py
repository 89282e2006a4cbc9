"""Addresses of products."""

from django.urls import include, path

from essaim.products import studio_views as studio
from essaim.products import views

desk = (
    [
        path("sales/", studio.sales, name="sales"),
        path("sales/files/<int:pk>/", studio.preview, name="preview"),
        path("sales/<int:pk>/", studio.arrival, name="arrival"),
        path("products/", studio.products, name="products"),
        path("products/new/", studio.launch, name="launch"),
        path("products/<slug:slug>/", studio.edit, name="edit"),
        path("products/<slug:slug>/credits/", studio.credit, name="credit"),
        path("products/<slug:slug>/shares/", studio.share, name="share"),
    ],
    "products_studio",
)
public = (
    [
        path("", views.list_products, name="list"),
        path("<slug:slug>/", views.show_product, name="product"),
    ],
    "products",
)
urlpatterns = [path("products/", include(public)), path("studio/", include(desk))]

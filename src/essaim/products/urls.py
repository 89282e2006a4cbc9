"""Addresses of products."""

from django.urls import include, path

from essaim.products import studio_views as studio
from essaim.products import views

desk = (
    [
        path("", studio.products, name="products"),
        path("new/", studio.launch, name="launch"),
        path("sales/", studio.sales, name="sales"),
        path("sales/files/<int:pk>/", studio.preview, name="preview"),
        path("sales/<int:pk>/", studio.arrival, name="arrival"),
        path("<slug:slug>/", studio.edit, name="edit"),
        path("<slug:slug>/credits/", studio.credit, name="credit"),
        path("<slug:slug>/shares/", studio.share, name="share"),
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
urlpatterns = [path("products/", include(public)), path("studio/products/", include(desk))]

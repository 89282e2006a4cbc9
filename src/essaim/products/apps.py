from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "essaim.products"
    label = "products"

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "essaim.products"
    label = "products"

    def ready(self) -> None:
        from essaim.products import links, verbs  # noqa: F401 - menus and activities

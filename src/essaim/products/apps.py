from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "essaim.products"
    label = "products"

    def ready(self) -> None:
        from essaim.kit import media
        from essaim.products import links, queries, verbs  # noqa: F401 - menus and activities

        media.open_folder("products", queries.may_see_image)

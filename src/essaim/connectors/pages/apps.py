from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "essaim.connectors.pages"
    label = "pages"

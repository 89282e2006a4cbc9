from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "essaim.connectors.feeds"
    label = "feeds"

from django.apps import AppConfig


class BlueskyConfig(AppConfig):
    name = "essaim.connectors.bluesky"
    label = "bluesky"

from django.apps import AppConfig


class MastodonConfig(AppConfig):
    name = "essaim.connectors.mastodon"
    label = "mastodon"

from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "essaim.projectors.feed"
    label = "feed"

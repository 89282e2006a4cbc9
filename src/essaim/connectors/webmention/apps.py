from django.apps import AppConfig


class WebmentionConfig(AppConfig):
    name = "essaim.connectors.webmention"
    label = "webmention"

from django.apps import AppConfig


class ListeningSourcesConfig(AppConfig):
    name = "essaim.listening.sources"
    label = "listening_sources"

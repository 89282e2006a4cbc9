from django.apps import AppConfig


class ListeningSourcesConfig(AppConfig):
    name = "essaim.listening.sources"
    label = "listening_sources"

    def ready(self) -> None:
        from essaim.listening.sources import verbs  # noqa: F401 - declares what happens to sources

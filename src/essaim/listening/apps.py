from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "essaim.listening"
    label = "listening"

    def ready(self) -> None:
        from essaim.listening import links  # noqa: F401 - menus
        from essaim.listening.voices import holdings

        holdings.register_all()

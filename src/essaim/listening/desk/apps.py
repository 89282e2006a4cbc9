from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "essaim.listening.desk"
    label = "listening_desk"

    def ready(self) -> None:
        from essaim.listening.desk import verbs  # noqa: F401

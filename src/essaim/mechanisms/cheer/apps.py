from django.apps import AppConfig


class CheerConfig(AppConfig):
    name = "essaim.mechanisms.cheer"
    label = "cheer"

    def ready(self) -> None:
        from essaim.kit import media

        media.open_folder("camps")

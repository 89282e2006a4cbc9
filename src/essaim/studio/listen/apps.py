from django.apps import AppConfig


class StudioListenConfig(AppConfig):
    name = "essaim.studio.listen"
    label = "studio_listen"

    def ready(self) -> None:
        from essaim.studio.listen import belongings, duties, hanging, verbs  # noqa: F401

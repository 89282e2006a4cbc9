from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "essaim.studio"
    label = "studio"

    def ready(self) -> None:
        from essaim.studio import duties

        duties.register_all()

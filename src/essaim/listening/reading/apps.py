from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "essaim.listening.reading"
    label = "reading"

    def ready(self) -> None:
        from essaim.listening.intake.listeners import on_gone, on_new
        from essaim.listening.reading import holdings  # noqa: F401
        from essaim.listening.reading.jobs import forget, hear

        on_new(hear)
        on_gone(forget)

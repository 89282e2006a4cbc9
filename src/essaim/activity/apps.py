from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "essaim.activity"
    label = "activity"

    def ready(self) -> None:
        from essaim.activity.record import record
        from essaim.kit import stream

        stream.lead_to(record)

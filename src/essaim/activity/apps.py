from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "essaim.activity"
    label = "activity"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from essaim.activity import erasure
        from essaim.activity.record import record
        from essaim.kit import slots, stream
        from essaim.people import rights

        stream.lead_to(record)
        rights.register("activities", portrait=erasure.portrait, erase=erasure.forget)
        slots.add_link("footer", _("What happens here"), "activity:stream", order=30)

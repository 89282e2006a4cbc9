from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadingConfig(AppConfig):
    name = "essaim.listening.reading"
    label = "reading"

    def ready(self) -> None:
        from essaim.kit import slots
        from essaim.listening.intake.listeners import on_gone, on_new
        from essaim.listening.policy import may_listen
        from essaim.listening.reading import holdings  # noqa: F401
        from essaim.listening.reading.jobs import forget, hear

        on_new(hear)
        on_gone(forget)
        slots.add_link(
            "studio:listen", _("Reading"), "reading:reading", order=60, shown=lambda request: may_listen(request.user)
        )

from django.apps import AppConfig
from django.http import HttpRequest


def _switch(request: HttpRequest) -> str:
    from essaim.listening.voices.views import switch

    return switch(request)


class ListeningConfig(AppConfig):
    name = "essaim.listening"
    label = "listening"

    def ready(self) -> None:
        from essaim.kit import slots
        from essaim.listening import links  # noqa: F401 - menus
        from essaim.listening.voices import holdings

        holdings.register_all()
        slots.fill("consents", _switch)

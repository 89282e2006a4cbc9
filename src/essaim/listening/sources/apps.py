from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListeningSourcesConfig(AppConfig):
    name = "essaim.listening.sources"
    label = "listening_sources"

    def ready(self) -> None:
        from essaim.kit import slots
        from essaim.listening import policy
        from essaim.listening.sources import verbs  # noqa: F401 - declares what happens to sources

        slots.add_link(
            "studio:listen",
            _("Sources"),
            "listening_sources:index",
            order=60,
            icon="globe",
            shown=lambda request: policy.may_listen.test(request.user),
        )

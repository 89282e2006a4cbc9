from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TablesConfig(AppConfig):
    name = "essaim.connectors.tables"
    label = "tables"

    def ready(self) -> None:
        from essaim.connectors.tables import portraits, verbs  # noqa: F401 - tells of what is kept about members
        from essaim.kit import slots
        from essaim.listening.policy import runs_sources

        slots.add_link(
            "studio:listen",
            _("Tables of posts"),
            "tables:index",
            order=75,
            icon="copy",
            shown=lambda request: runs_sources.test(request.user),
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DonationConfig(AppConfig):
    name = "essaim.connectors.donation"
    label = "donation"

    def ready(self) -> None:
        from essaim.connectors.donation import portraits, verbs  # noqa: F401 - tells of what is kept about members
        from essaim.kit import slots

        slots.add_link("account", _("Give what I said elsewhere"), "donation:index", order=40, icon="share")

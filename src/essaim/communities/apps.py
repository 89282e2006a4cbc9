from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots


class CommunitiesConfig(AppConfig):
    name = "essaim.communities"
    label = "communities"

    def ready(self) -> None:
        from essaim.communities import portraits, shelf, verbs  # noqa: F401
        from essaim.people import shelves

        portraits.register_all()
        slots.add_link("nav", _("Communities"), "communities:index", order=20)
        shelves.register(shelf.memberships)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from essaim.kit import media, slots


class PeopleConfig(AppConfig):
    name = "essaim.people"
    label = "people"

    def ready(self) -> None:
        from essaim.people import portraits, verbs  # noqa: F401

        portraits.register_all()
        media.open_folder("avatars")
        media.open_folder("house")
        slots.add_link("account", _("Settings"), "people:settings", order=80, icon="settings")

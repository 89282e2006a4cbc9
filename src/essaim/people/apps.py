from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots


def owns_house(request: HttpRequest) -> bool:
    from essaim.people.policy import is_owner

    return bool(is_owner.test(request.user))


class PeopleConfig(AppConfig):
    name = "essaim.people"
    label = "people"

    def ready(self) -> None:
        from essaim.people import portraits, verbs  # noqa: F401

        portraits.register_all()
        slots.add_link("account", _("Settings"), "people:settings", order=80, icon="settings")
        slots.add_link("studio:house", _("House"), "people:house", order=10, shown=owns_house)
        slots.add_link("studio:house", _("Team"), "people:team", order=20, shown=owns_house)

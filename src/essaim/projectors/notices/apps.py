from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "essaim.projectors.notices"
    label = "notices"

    def ready(self) -> None:
        from essaim.kit import slots
        from essaim.projectors.notices import portraits
        from essaim.projectors.notices.bell import render_bell

        slots.fill("bell", render_bell)
        slots.add_link("account", _("Notices"), "notices:list", order=30, icon="bell")
        slots.add_link("studio:house", _("Letters"), "notices:letters", order=70, shown=_for_managers)
        portraits.register_all()


def _for_managers(request: HttpRequest) -> bool:
    from essaim.people.policy import is_manager

    return bool(is_manager.test(request.user))

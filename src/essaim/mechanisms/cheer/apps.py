from django.apps import AppConfig


class CheerConfig(AppConfig):
    name = "essaim.mechanisms.cheer"
    label = "cheer"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from essaim.kit import media, slots

        slots.add_link("nav", _("Cheers"), "cheer:index", order=17, shown=lambda request: _is_on())
        media.open_folder("camps")


def _is_on() -> bool:
    from essaim.people.queries import house

    return bool(house().has_module("cheer"))

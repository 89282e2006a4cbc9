from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "essaim.home"
    label = "home"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from essaim.kit import slots

        slots.add_link("nav", _("Contests"), "contest:index", order=10)
        slots.add_link("account", _("My place"), "my", order=5, icon="home")

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "essaim.home"
    label = "home"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from essaim.communities import sections
        from essaim.home import at_community
        from essaim.kit import slots
        from essaim.people.queries import house

        slots.add_link(
            "nav", _("Contests"), "contest:index", order=10, shown=lambda request: house().has_module("contest")
        )
        sections.register(at_community.open_initiatives, order=10)
        sections.register(at_community.done_here, order=10, after=True)
        slots.add_link("account", _("My place"), "my", order=5, icon="home")

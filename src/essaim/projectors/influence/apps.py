from django.apps import AppConfig


class InfluenceConfig(AppConfig):
    name = "essaim.projectors.influence"
    label = "influence"

    def ready(self) -> None:
        from essaim.listening.intake import on_new
        from essaim.people.consents import on_change
        from essaim.people.models import Consent
        from essaim.projectors.influence import consenting, jobs, links, verbs  # noqa: F401 - menus, rights, activities

        on_new(jobs.ring)
        on_change(Consent.Purpose.INFLUENCE, consenting.changed)

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "essaim.people"
    label = "people"

    def ready(self) -> None:
        from essaim.people import portraits, verbs  # noqa: F401

        portraits.register_all()

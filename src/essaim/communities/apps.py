from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "essaim.communities"
    label = "communities"

    def ready(self) -> None:
        from essaim.communities import portraits, verbs  # noqa: F401

        portraits.register_all()

from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "essaim.projectors.rewards"
    label = "rewards"

    def ready(self) -> None:
        from essaim.projectors.rewards import links, verbs  # noqa: F401 - menus and activities

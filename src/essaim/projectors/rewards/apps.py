from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "essaim.projectors.rewards"
    label = "rewards"

    def ready(self) -> None:
        from essaim.projectors.rewards import verbs  # noqa: F401 - declares the activities

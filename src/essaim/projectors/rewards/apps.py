from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "essaim.projectors.rewards"
    label = "rewards"

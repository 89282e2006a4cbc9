from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "essaim.standing"
    label = "standing"

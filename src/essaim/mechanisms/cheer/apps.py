from django.apps import AppConfig


class CheerConfig(AppConfig):
    name = "essaim.mechanisms.cheer"
    label = "cheer"

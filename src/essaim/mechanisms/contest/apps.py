from django.apps import AppConfig


class ContestConfig(AppConfig):
    name = "essaim.mechanisms.contest"
    label = "contest"

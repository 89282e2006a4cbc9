from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "essaim.activity"
    label = "activity"

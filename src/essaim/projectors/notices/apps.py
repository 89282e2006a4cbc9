from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "essaim.projectors.notices"
    label = "notices"

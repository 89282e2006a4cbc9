from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "essaim.studio"
    label = "studio"

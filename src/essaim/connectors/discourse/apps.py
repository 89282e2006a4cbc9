from django.apps import AppConfig


class DiscourseConfig(AppConfig):
    name = "essaim.connectors.discourse"
    label = "discourse"

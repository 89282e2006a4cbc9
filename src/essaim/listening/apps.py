from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "essaim.listening"
    label = "listening"

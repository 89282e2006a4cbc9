from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "essaim.initiatives"
    label = "initiatives"

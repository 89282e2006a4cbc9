from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "essaim.connectors.sandbox"
    label = "sandbox"

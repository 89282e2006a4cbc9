from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "essaim.connectors.sandbox"
    label = "sandbox"

    def ready(self) -> None:
        from essaim.connectors.sandbox.provider import SandboxProvider
        from essaim.ledger import providers

        providers.register(SandboxProvider())

"""The last app to be ready: every model and every declaration is loaded, so the registries can be filled."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "essaim.config"
    label = "config"

    def ready(self) -> None:
        from essaim.activity.projection import load_projectors
        from essaim.initiatives.mechanism import load_mechanisms
        from essaim.initiatives.portraits import register_mechanisms
        from essaim.listening.kinds import load_kinds
        from essaim.studio import rail

        load_kinds()
        load_mechanisms()
        register_mechanisms()
        load_projectors()  # after the mechanisms: what a projector listens to may depend on what is declared
        rail.hang()

from django.apps import AppConfig


class RoyaltiesConfig(AppConfig):
    name = "essaim.projectors.royalties"
    label = "royalties"

    def ready(self) -> None:
        from essaim.projectors.royalties import links, verbs  # noqa: F401 - menus and activities

"""The application `kit`: no models, one thing to set up."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "essaim.kit"
    label = "kit"
    verbose_name = _("Design system")

    def ready(self) -> None:
        from essaim.kit import errors

        errors.install_translator(gettext)

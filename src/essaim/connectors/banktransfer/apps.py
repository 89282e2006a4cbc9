from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class BankTransferConfig(AppConfig):
    """Connected when the house has told its account."""

    name = "essaim.connectors.banktransfer"
    label = "banktransfer"

    def ready(self) -> None:
        from essaim.connectors.banktransfer import verbs  # noqa: F401 - declares what happens to statements

        if settings.BANK_IBAN:
            self.connect()

    def connect(self) -> None:
        from essaim.connectors.banktransfer.provider import BankTransferProvider
        from essaim.kit import slots
        from essaim.ledger import policy, providers

        def shown(request: HttpRequest) -> bool:
            return bool(policy.read_books.test(request.user))

        providers.register(BankTransferProvider())
        slots.add_link("studio:share", _("Bank statements"), "banktransfer:desk", order=65, shown=shown)

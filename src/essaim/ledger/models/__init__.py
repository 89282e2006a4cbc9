"""The ledger's rows: the books, and what payment providers said."""

from essaim.ledger.models.books import Account, BooksCheck, JournalEntry, Posting, Seal
from essaim.ledger.models.payments import Payment, ProviderEvent, ProviderLine, Request
from essaim.ledger.models.payouts import Payout, PayoutApproval, PayoutRules, PayoutStep

__all__ = [
    "Account",
    "BooksCheck",
    "JournalEntry",
    "Payment",
    "Payout",
    "PayoutApproval",
    "PayoutRules",
    "PayoutStep",
    "Posting",
    "ProviderEvent",
    "ProviderLine",
    "Request",
    "Seal",
]

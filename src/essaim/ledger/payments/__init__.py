"""Money on its way in: what providers say, and what it does to the books."""

from essaim.ledger.payments.listening import Moved, listen

__all__ = ["Moved", "listen"]

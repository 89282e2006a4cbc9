"""What tests of pages share: addresses, forms as typed, and a page's words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.urls import reverse

from essaim.mechanisms.crowdfunding.models import Pledge

State = Pledge.State
ENGRAVED = {
    "title": "A hive with your name", "amount": 20_000, "stock": 5, "ships": True,
    "shipping": {"fr": 900, "eu": 1_500},
    "options": [{"slug": "name", "label": "Name", "kind": "engraving", "longest": 24}],
}  # fmt: skip
TO = {
    "to-name": "Léa Martin",
    "to-lines": "3 rue des Lilas",
    "to-postcode": "69001",
    "to-city": "Lyon",
    "to-phone": "",
}
WHO = {"on_failure": "refund", "message": "", "place": "Lyon", "key": "6e2a24de-0b5f-4d3e-9a4c-2b7a4c7f0001"}


def page(name: str, *args: Any) -> str:
    return reverse(f"crowdfunding:{name}", args=args)


def desk(name: str, *args: Any) -> str:
    return reverse(f"crowdfunding-studio:{name}", args=args)


def text(response: Any) -> str:
    """The page's words, its figures without their marks."""
    bare = re.sub(r"</?(span|data|time|bdi)[^>]*>", "", response.content.decode())
    return " ".join(unescape(bare).replace("\xa0", " ").split())

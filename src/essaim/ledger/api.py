"""The proof of the books, and a member's own accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of
from essaim.ledger import queries
from essaim.ledger.models import Account, BooksCheck, Seal

router = Router(tags=["books"])


class SealOut(Schema):
    sealed_at: datetime
    entries: int
    hash: str
    previous_hash: str


class ProofOut(Schema):
    checked_at: datetime | None
    sound: bool | None
    faults: int
    seal: SealOut | None
    totals: dict[str, Any]


class AccountOut(Schema):
    code: str
    kind: str
    unit: str
    balance: int

    @staticmethod
    def resolve_balance(account: Account) -> int:
        return queries.balance(account)


@router.get("proof/", response={200: ProofOut, **PROBLEMS}, summary="The last check of the books and the last seal")
def proof(request: HttpRequest) -> object:
    check = BooksCheck.objects.order_by("-pk").first()
    seal = Seal.objects.order_by("-pk").first()
    return {
        "checked_at": check.checked_at if check else None,
        "sound": not check.faults if check else None,
        "faults": len(check.faults) if check else 0,
        "seal": seal,
        "totals": seal.totals if seal else {},
    }


@router.get("seals/", response={200: Page[SealOut], **PROBLEMS}, summary="The chain of seals, the latest first")
def seals(request: HttpRequest, window: Query[Window]) -> object:
    return page_of(Seal.objects.order_by("-pk"), window)


@router.get("accounts/", response={200: list[AccountOut], **PROBLEMS}, summary="Your own accounts")
def accounts(request: HttpRequest) -> object:
    return list(queries.member_accounts(actor(request)).order_by("code"))

"""A house that takes transfers on its account."""

from __future__ import annotations

import pytest

from essaim.connectors.banktransfer.provider import BankTransferProvider
from essaim.connectors.banktransfer.tests.files import HOUSE
from essaim.ledger import accounts, providers
from essaim.ledger.payments.actions import open_payment
from essaim.people.models import HouseRole, Member


@pytest.fixture
def bank(settings, monkeypatch):
    settings.BANK_IBAN, settings.BANK_HOLDER, settings.BANK_BIC = HOUSE, "La Maison", "AGRIFRPP"
    provider = BankTransferProvider()
    monkeypatch.setattr(providers, "_providers", {"banktransfer": provider})
    return provider


@pytest.fixture
def new_member(db):
    def make(handle, *roles):
        made = Member.objects.create_user(
            f"{handle}@example.org", handle, "correct horse battery", display_name=handle
        )
        HouseRole.objects.bulk_create(HouseRole(member=made, role=role) for role in roles)
        return made

    return make


@pytest.fixture
def ada(new_member):
    return new_member("ada")


@pytest.fixture
def eve(new_member):
    return new_member("eve", "treasurer")


@pytest.fixture
def opened(db, bank):
    """Opens a payment of that amount for initiative 3."""

    def opened(amount=20_00, key="6f1c1f6e-0000-4000-8000-000000000001", **given):
        given = {"payer": None, "target": accounts.escrow(3), "memo": "Honey", **given}
        return open_payment(amount=amount, key=key, **given)[0]

    return opened

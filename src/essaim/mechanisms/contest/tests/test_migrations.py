"""The guards can be taken away and put back."""

from __future__ import annotations

import pytest
from django.core.management import call_command


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_guards_go_and_come_back() -> None:
    try:
        call_command("migrate", "contest", "0001", verbosity=0)
    finally:
        call_command("migrate", "contest", verbosity=0)

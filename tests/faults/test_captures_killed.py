"""kill -9 of the worker while a funded campaign takes a thousand pledges: it goes on, and takes none twice."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from benchmarks.crowdfunding import END, NOON, open_campaign, write_pledges
from essaim.connectors.sandbox.delivery import deliver_due
from essaim.connectors.sandbox.models import Word
from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.ledger.checks import check_books
from essaim.ledger.models import JournalEntry, Request
from essaim.ledger.payments.requests import send_waiting
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.crowdfunding.actions.closing import work_off
from essaim.mechanisms.crowdfunding.models import Campaign, Pledge
from tests.faults.conftest import eventually

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(sys.platform != "linux", reason="kills by signal"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(3_600),
]
PLEDGES = 1_000

WORKER = """
import sys
from datetime import datetime
import django
django.setup()
from django.db import connection
from essaim.connectors.sandbox.delivery import deliver_due
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.payments.requests import send_waiting
from essaim.mechanisms.crowdfunding.actions.closing import work_batch
campaign = Initiative.objects.get(slug="oven")
with clock.at(datetime.fromisoformat(sys.argv[1])):
    while work_batch(campaign=campaign, size=50) + send_waiting() + deliver_due():
        print("·", flush=True)
print("done", flush=True)
"""


def work_until(entries: int | None) -> None:
    """A worker of its own; killed when so many captures stand in the books, or left to end."""
    test = connection.settings_dict
    url = f"postgresql://{test['USER']}@/{test['NAME']}?host={test['HOST']}"
    if test["PORT"]:
        url += f"&port={test['PORT']}"
    environment = os.environ | {"DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen([sys.executable, "-c", WORKER, END.isoformat()], env=environment) as worker:
        if entries is None:
            assert worker.wait(900) == 0
            return
        eventually(lambda: captured() >= entries or worker.poll() is not None, 900)
        worker.kill()
        assert worker.wait() == -9


def captured() -> int:
    return JournalEntry.objects.filter(kind="payment").count()


def test_a_worker_killed_while_it_takes_a_thousand_pledges_takes_none_twice() -> None:
    with clock.at(NOON):
        _manager, campaign = open_campaign("oven")
        write_pledges(campaign, PLEDGES)
    with clock.at(END):
        initiatives.turn_phases()
    assert Campaign.objects.get().outcome == "succeeded"

    for entries in (50, 300, 600):
        work_until(entries)
        assert entries <= captured() < PLEDGES
    work_until(None)

    with clock.at(END + timedelta(hours=1)):
        assert work_off(campaign) + send_waiting() + deliver_due() == 0
    assert captured() == PLEDGES
    assert Request.objects.filter(kind="capture").count() == PLEDGES
    assert Word.objects.filter(type="payment.succeeded").count() == PLEDGES
    assert set(Pledge.objects.values_list("state", "captured")) == {("paid", 2_000)}
    assert escrow_balance(campaign.pk) == PLEDGES * 2_000
    assert check_books().sound

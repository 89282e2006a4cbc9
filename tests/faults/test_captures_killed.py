"""kill -9 of the worker while a funded campaign takes a thousand pledges: it goes on, and takes none twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
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
from collections import Counter
from datetime import datetime
import django
django.setup()
from essaim.connectors.sandbox import delivery
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.payments import requests
from essaim.mechanisms.crowdfunding.actions.closing import work_batch
requests.LARGEST = delivery.MOST_AT_ONCE = 90
campaign = Initiative.objects.get(slug="oven")
with clock.at(datetime.fromisoformat(sys.argv[1])):
    while work_batch(campaign=campaign, size=90):
        print("asked", flush=True)
    while requests._send_batch() is not None:
        print("sent", flush=True)
    while delivery._deliver_some(delivery.in_process) is not None:
        print("told", flush=True)
print("done", flush=True)
"""


def work_until(word: str, times: int = 1) -> None:
    """A worker of its own, killed while it goes on after it has said `word` so often; or left to end by itself."""
    test = connection.settings_dict
    url = f"postgresql://{test['USER']}@/{test['NAME']}?host={test['HOST']}"
    if test["PORT"]:
        url += f"&port={test['PORT']}"
    environment = os.environ | {"DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", WORKER, END.isoformat()]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        said = Counter[str]()
        for line in worker.stdout:
            said[line.strip()] += 1
            if said[word] == times and word != "done":
                worker.kill()
                break
        assert said[word] == times, said
    assert worker.returncode == (0 if word == "done" else -9)


def captured() -> int:
    return JournalEntry.objects.filter(kind="payment").count()


def test_a_worker_killed_while_it_takes_a_thousand_pledges_takes_none_twice() -> None:
    with clock.at(NOON):
        _manager, campaign = open_campaign("oven")
        write_pledges(campaign, PLEDGES)
    with clock.at(END):
        initiatives.turn_phases()
    assert Campaign.objects.get().outcome == "succeeded"

    work_until("asked", 4)
    assert captured() == 0
    work_until("sent", 5)
    assert captured() == 0
    work_until("told", 3)
    work_until("told", 2)
    assert 5 * 90 <= captured() < PLEDGES
    work_until("done")

    with clock.at(END + timedelta(hours=1)):
        assert work_off(campaign) + send_waiting() + deliver_due() == 0
    assert captured() == PLEDGES
    assert Request.objects.filter(kind="capture").count() == PLEDGES
    assert Word.objects.filter(type="payment.succeeded").count() == PLEDGES
    assert set(Pledge.objects.values_list("state", "captured")) == {("paid", 2_000)}
    assert escrow_balance(campaign.pk) == PLEDGES * 2_000
    assert check_books().sound

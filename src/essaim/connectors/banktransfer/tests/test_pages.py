"""The payer's page and the treasurer's desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from essaim.connectors.banktransfer import domain
from essaim.connectors.banktransfer.models import Booking
from essaim.connectors.banktransfer.tests import files
from essaim.connectors.banktransfer.tests.files import entry
from essaim.ledger import queries

pytestmark = pytest.mark.django_db
DESK = "/studio/bank/"


@pytest.fixture
def treasurer(client, eve):
    client.force_login(eve, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(client, content, name="may.xml"):
    return client.post(DESK, {"file": SimpleUploadedFile(name, content)})


def test_the_payer_reads_what_to_write(client, opened):
    payment = opened()
    page = client.get(f"/transfer/{payment.pk}/")
    shown = page.content.decode()
    assert page.status_code == 200
    assert domain.shown(payment.reference) in shown
    assert "FR76 3000 6000 0112 3456 7890 189" in shown
    assert "style=" not in shown.split("<svg")[1].split("</svg>")[0]


def test_the_payer_reads_that_it_arrived(opened, treasurer):
    payment = opened()
    send(treasurer, files.camt(entry(text=payment.reference)))
    assert "callout good" in treasurer.get(f"/transfer/{payment.pk}/").content.decode()


def test_nobody_else_has_a_page(client, bank):
    assert client.get("/transfer/6f1c1f6e-0000-4000-8000-000000000009/").status_code == 404


def test_a_house_without_an_account_has_no_pages(treasurer, settings):
    settings.BANK_IBAN = ""
    assert treasurer.get(DESK).status_code == 404


def test_the_desk_is_for_those_who_read_the_books(client, bank, ada):
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(DESK).status_code == 403


def test_reading_and_deciding(treasurer, opened):
    payment = opened()
    assert send(treasurer, files.camt(entry("20.00", "B1", text="for honey"), entry(day="no"))).status_code == 302
    assert payment.reference in treasurer.get(DESK).content.decode()
    (booking,) = Booking.objects.all()
    given = {"act": "match", "reference": payment.reference}
    assert treasurer.post(f"{DESK}movements/{booking.pk}/decision/", given).status_code == 302
    assert queries.escrow_balance(3) == 20_00
    assert "for honey" in treasurer.get(f"{DESK}statements/{booking.statement_id}/").content.decode()


def test_a_reference_written_by_hand_counts(treasurer, opened):
    payment = opened()
    send(treasurer, files.camt(entry("19.00", "B1", text="for honey")))
    given = {"act": "match", "reference": "", "other": domain.shown(payment.reference).lower()}
    treasurer.post(f"{DESK}movements/{Booking.objects.get().pk}/decision/", given)
    assert queries.escrow_balance(3) == 19_00


def test_what_cannot_be_read_is_told(treasurer, bank):
    page = send(treasurer, b"nothing")
    assert page.status_code == 422
    assert "header" in page.content.decode()


def test_a_refusal_is_told_on_the_desk(treasurer, opened):
    opened()
    send(treasurer, files.camt(entry("19.00", "B1", text="for honey")))
    url = f"{DESK}movements/{Booking.objects.get().pk}/decision/"
    page = treasurer.post(url, {"act": "aside", "reason": ""}, follow=True)
    assert page.status_code == 200
    assert Booking.objects.get().state == "waiting"


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_one_thing_per_movement_shown(treasurer, opened, count, django_assert_max_num_queries):
    opened()
    send(treasurer, files.camt(*[entry("19.00", f"B{number}", text="honey") for number in range(count)]))
    with django_assert_max_num_queries(24 + count):
        treasurer.get(DESK)

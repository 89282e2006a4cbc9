"""The pages: what a passer-by, a member and a treasurer see; nothing typed is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import uuid
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.kit.money import parse_amount
from essaim.ledger import accounts, checks, queries, recompute, seals
from essaim.ledger.entries import award, deposit, fund, points
from essaim.ledger.models import Account, BooksCheck, JournalEntry, Payment, Payout
from essaim.ledger.payments.actions import open_payment
from essaim.ledger.payouts import actions
from essaim.ledger.post import post
from essaim.ledger.tests.fakes import said

pytestmark = pytest.mark.django_db
IBAN = "FR1420041010050500013M02606"


@pytest.fixture
def rich(quiet, ada):
    post(deposit(key="d", amount=5_000_00, memo="Opening"))
    post(fund(1, key="f", amount=2_000_00, memo="Honey contest"))
    post(award(1, [(ada.pk, 500_00)], key="a", memo="Lavender honey", evidence="/contest/honey/"))
    post(points(ada.pk, key="p", amount=20, memo="A first idea"))
    return ada


@pytest.fixture
def eve(new_member):
    return new_member("eve", "treasurer")


def enter(client, member):
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_the_proof_page_of_an_empty_house(client):
    assert client.get("/books/").status_code == 200


def test_the_proof_page_shows_two_equal_sides(client, rich):
    checks.prove_books()
    seal = seals.seal_books()
    answer = client.get("/books/")
    (_unit, (there, whose)) = next(pair for pair in answer.context["units"] if pair[0] == "EUR")
    assert (there.total, whose.total) == (5_000_00, 5_000_00)
    assert [amount for _label, amount in whose.lines] == [3_000_00, 1_500_00, 500_00]
    assert seal.hash in body(answer)
    assert re.search(r"\bada\b", body(answer), re.IGNORECASE) is None  # as a word: a hash may well hold it


@pytest.mark.breaks_books
def test_the_proof_page_says_when_the_books_are_broken(client, rich):
    BooksCheck.objects.create(entries=3, postings=6, faults=[["unbalanced", "d"]])
    assert client.get("/books/", headers={"accept-language": "en"}).context["check"].faults


def test_the_downloads_recompute(client, rich, tmp_path):
    seals.seal_books()
    for name in ("journal.csv", "proof.json", "recompute.py"):
        (tmp_path / name).write_text(body(client.get(f"/books/{name}")))
    command = [sys.executable, "-I", "recompute.py", "journal.csv", "proof.json"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, recompute.SOUND)
    changed = (tmp_path / "journal.csv").read_text().replace(",50000,", ",50001,")
    (tmp_path / "journal.csv").write_text(changed)
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_program_fetches_from_a_house(live_server, rich):
    seals.seal_books()
    command = [sys.executable, "-I", recompute.__file__, live_server.url]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert run.stdout == recompute.SOUND


def test_my_statement(client, rich):
    answer = enter(client, rich).get("/my/statement/")
    assert [(line.moved, line.after) for line in answer.context["page"]] == [(500_00, 500_00)]
    assert '<a href="/contest/honey/">Lavender honey</a>' in body(answer)
    account = Account.objects.get(owner=rich, unit="EUR")
    assert seals.pseudonym(account, JournalEntry.objects.get(key="a").pk) in body(answer)
    points_page = client.get(f"/my/statement/?account=member:{rich.pk}:balance:PT")
    assert [line.moved for line in points_page.context["page"]] == [20]


def test_my_statement_is_mine(client, rich, eve):
    answer = enter(client, eve).get(f"/my/statement/?account=member:{rich.pk}:balance:EUR")
    assert answer.context["account"] is None
    client.logout()
    assert client.get("/my/statement/").status_code == 302


def test_my_statement_as_csv(client, rich):
    rows = list(csv.DictReader(io.StringIO(body(enter(client, rich).get("/my/statement.csv")))))
    assert [(row["amount"], row["balance"], row["unit"]) for row in rows] == [
        ("50000", "50000", "EUR"),
        ("20", "20", "PT"),
    ]


def test_asking_for_a_payout(client, rich):
    enter(client, rich)
    form = {"key": str(uuid.uuid4()), "amount": "100", "destination": "FR14 2004 1010 0505 0001 3M02 606"}
    answer = client.post("/my/payouts/", form)
    payout = Payout.objects.get()
    assert (answer.status_code, answer["Location"], payout.amount) == (302, f"/my/payouts/{payout.pk}/", 100_00)
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(answer["Location"]).status_code == 302
    payout.refresh_from_db()
    assert payout.state == "cancelled"


@pytest.mark.parametrize(
    ("amount", "destination"),
    [("600", IBAN), ("5", IBAN), ("100", "FR00"), ("1,2,3", IBAN), ("-5", IBAN), ("", "")],
)
def test_a_refused_payout_loses_nothing_typed(client, rich, amount, destination):
    form = {"key": str(uuid.uuid4()), "amount": amount, "destination": destination}
    answer = enter(client, rich).post("/my/payouts/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert f'value="{amount}"' in body(answer) or not amount
    assert f'value="{destination}"' in body(answer) or not destination
    assert Payout.objects.count() == 0


def test_anothers_payout_is_not_there(client, rich, eve):
    payout = actions.request_payout(actor=rich, amount=100_00, unit="EUR", destination=IBAN, key=uuid.uuid4())
    assert enter(client, eve).get(f"/my/payouts/{payout.pk}/").status_code == 404


def test_the_payment_page_tells_what_was_said(client, rich):
    payment, _url = open_payment(payer=rich, target=accounts.escrow(1), amount=20_00, memo="Honey", key=uuid.uuid4())
    page = f"/payments/{payment.pk}/"
    enter(client, rich)
    assert client.get(page).context["payment"].state == "created"
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    assert client.get(page).context["payment"].state == "succeeded"
    client.logout()
    assert client.get(page).status_code == 302


def test_anothers_payment_is_not_there(client, rich, new_member):
    payment, _url = open_payment(payer=rich, target=accounts.escrow(1), amount=1, memo="m", key=uuid.uuid4())
    assert enter(client, new_member("zoe")).get(f"/payments/{payment.pk}/").status_code == 404


STUDIO = ["journal", "journal_csv", "new_entry", "deposit", "accounts", "fec", "payments", "payouts", "payout_rules"]


@pytest.mark.parametrize("page", STUDIO)
@pytest.mark.parametrize(
    ("role", "status"), [("", 403), ("manager", 403), ("analyst", 200), ("treasurer", 200), ("owner", 200)]
)
def test_who_sees_the_treasurers_pages(client, rich, new_member, page, role, status):
    enter(client, new_member("zoe", *filter(None, [role])))
    assert client.get(reverse(f"ledger_studio:{page}")).status_code == status


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_studio_page_with_rows(client, rich, eve, language):
    enter(client, eve)
    payment, _url = open_payment(payer=rich, target=accounts.escrow(1), amount=20_00, memo="Honey", key=uuid.uuid4())
    said("e1", "payment.succeeded", payment.reference, 20_00, 1)
    said("e2", "payment.blessed", payment.reference, 20_00, 1)
    payout = actions.request_payout(actor=rich, amount=100_00, unit="EUR", destination=IBAN, key=uuid.uuid4())
    pages = [reverse(f"ledger_studio:{page}") for page in STUDIO]
    pages += [
        reverse("ledger_studio:entry", args=[JournalEntry.objects.get(key="a").pk]),
        reverse("ledger_studio:account", args=["house:bank:EUR"]),
        reverse("ledger_studio:payout", args=[payout.pk]),
        "/studio/books/journal/?kind=award&account=escrow:1:EUR&words=Lavender&since=2020-01-01&until=2040-01-01",
        "/my/payouts/",
        "/books/",
    ]
    for page in pages:
        assert client.get(page, headers={"accept-language": language}).status_code == 200, page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_amount_offered_to_be_paid_back_is_what_is_left(client, rich, eve, language):
    payment, _url = open_payment(
        payer=rich, target=accounts.escrow(1), amount=1_234_50, memo="Honey", key=uuid.uuid4()
    )
    said("e1", "payment.succeeded", payment.reference, 1_234_50, 1)
    page = body(enter(client, eve).get(reverse("ledger_studio:payments"), headers={"accept-language": language}))
    offered = re.search(r'name="amount" inputmode="decimal" value="([^"]*)">', page)
    assert parse_amount(unescape(offered[1]), "EUR", language) == 1_234_50


def test_filters_narrow_the_journal(client, rich, eve):
    enter(client, eve)
    keys = lambda query: [e.key for e in client.get(f"/studio/books/journal/?{query}").context["page"]]  # noqa: E731
    assert keys("") == ["p", "a", "f", "d"]
    assert keys("kind=award") == ["a"]
    assert keys("account=house:own:EUR") == ["f", "d"]
    assert keys("words=honey") == ["a", "f"]
    assert keys("until=2001-01-01") == []


def test_a_deposit_by_hand(client, quiet, eve):
    enter(client, eve)
    form = {"key": str(uuid.uuid4()), "way": "bank", "amount": "10 000", "reason": "Budget 2026"}
    assert client.post("/studio/books/deposit/", form).status_code == 302
    assert client.post("/studio/books/deposit/", form).status_code == 302
    assert queries.balance_of("house:own:EUR") == 10_000_00
    assert JournalEntry.objects.get().author == eve
    out = {"key": str(uuid.uuid4()), "way": "out", "amount": "10 000,01", "reason": "Back"}
    assert client.post("/studio/books/deposit/", out).status_code == 422
    assert queries.balance_of("house:own:EUR") == 10_000_00


def test_a_deposit_through_the_provider(client, quiet, eve):
    form = {"key": str(uuid.uuid4()), "way": "provider", "amount": "50", "reason": "Budget"}
    answer = enter(client, eve).post("/studio/books/deposit/", form)
    assert answer["Location"] == f"/quiet/{Payment.objects.get().pk}/"
    assert JournalEntry.objects.count() == 0


def test_an_entry_by_hand_and_its_reversal(client, quiet, eve):
    enter(client, eve)
    form = {
        "key": str(uuid.uuid4()),
        "debited": "house:provider-fees:EUR",
        "credited": "house:bank:EUR",
        "amount": "12,50",
        "reason": "Card fees",
    }
    assert client.post("/studio/books/journal/new/", form).status_code == 302
    entry = JournalEntry.objects.get()
    page = f"/studio/books/journal/{entry.pk}/"
    assert client.post(page, {"key": str(uuid.uuid4()), "reason": ""}).status_code == 422
    assert client.post(page, {"key": str(uuid.uuid4()), "reason": "Typed twice"}).status_code == 302
    assert client.post(page, {"key": str(uuid.uuid4()), "reason": "Again"}).status_code == 422
    assert queries.balance_of("house:bank:EUR") == 0
    assert JournalEntry.objects.count() == 2


def test_an_analyst_reads_and_writes_nothing(client, rich, new_member):
    enter(client, new_member("ann", "analyst"))
    form = {"key": str(uuid.uuid4()), "way": "bank", "amount": "1", "reason": "r"}
    assert client.post("/studio/books/deposit/", form).status_code == 403
    assert JournalEntry.objects.count() == 4


def test_deciding_on_a_payout(client, rich, eve):
    payout = actions.request_payout(actor=rich, amount=100_00, unit="EUR", destination=IBAN, key=uuid.uuid4())
    page = f"/studio/books/payouts/{payout.pk}/"
    enter(client, eve)
    assert client.post(page, {"act": "refuse", "reason": ""}).status_code == 422
    assert client.post(page, {"act": "approve"}).status_code == 302
    assert client.post(page, {"act": "approve"}).status_code == 409
    payout.refresh_from_db()
    assert payout.state == "approved"


def test_the_accounts_are_a_trial_balance(client, rich, eve):
    context = enter(client, eve).get("/studio/books/accounts/").context
    assert (context["debited"], context["credited"]) == (7_500_00, 7_500_00)


@pytest.mark.parametrize("page", ["/studio/books/journal/", "/my/payouts/", "/my/statement/"])
def test_pages_ask_as_much_for_one_row_as_for_three(client, rich, eve, page):
    reader = eve if "studio" in page else rich
    enter(client, reader)

    def grow(number):
        post(award(1, [(rich.pk, 1_00)], key=f"more{number}", memo="m"))
        actions.request_payout(actor=rich, amount=10_00, unit="EUR", destination=IBAN, key=uuid.uuid4())

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(page)
        return len(captured)

    grow(0)
    asked()
    one = asked()
    grow(1)
    grow(2)
    assert asked() == one


def test_proof_json(client, rich):
    checks.prove_books()
    seals.seal_books()
    told = json.loads(body(client.get("/books/proof.json")))
    assert (told["sound"], len(told["seals"]), told["totals"]["EUR"]["member"]) == (True, 1, 500_00)


def test_the_proof_of_points_has_two_equal_sides(client, rich):
    (there, whose) = dict(client.get("/books/").context["units"])["PT"]
    assert (there.lines[0][1], whose.lines[0][1], there.total, whose.total) == (20, 20, 20, 20)

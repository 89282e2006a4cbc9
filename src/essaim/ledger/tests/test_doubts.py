"""A provider that says two things about one payout: it waits for a treasurer, who decides once."""

from __future__ import annotations

from html import unescape

import pytest

from essaim.kit import clock
from essaim.ledger import policy, queries
from essaim.ledger.checks import check_books
from essaim.ledger.models import ProviderEvent
from essaim.ledger.payouts import actions, domain, doubts
from essaim.ledger.payouts.queries import contradicted, words_in_doubt
from essaim.ledger.tests.fakes import said
from essaim.ledger.tests.test_payouts import LATER, ask, books, eve, rich  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(rich, eve):  # noqa: F811
    """100 € sent to Ada."""
    payout = actions.approve_payout(actor=eve, payout=ask(rich))
    with clock.at(LATER):
        return actions.send_payout(payout=payout)


def say(payout, *words):
    for second, word in enumerate(words):
        said(f"e{second}-{word}", f"payout.{word}", payout.reference, 100_00, 300_000 + second)
    payout.refresh_from_db()
    return payout


def outcomes():
    return list(ProviderEvent.objects.order_by("id").values_list("type", "outcome"))


def test_payout_said_failed_then_settled_waits_for_a_person(rich, paid):  # noqa: F811
    payout = say(paid, "failed", "settled")
    assert (payout.state, books(rich)) == ("failed", (2_000_00, 0, 0, 5_000_00))
    assert list(contradicted()) == [payout]
    assert [word.type for word in words_in_doubt(payout)] == ["payout.settled"]


def test_payout_under_way_is_in_no_doubt(paid):
    assert list(contradicted()) == []
    assert list(words_in_doubt(say(paid, "returned"))) == []
    assert list(contradicted()) == []


def test_believing_that_it_arrived_takes_it_off_the_balance_once(rich, eve, paid):  # noqa: F811
    payout = say(paid, "failed", "settled")

    payout = doubts.believe_last_word(actor=eve, payout=payout)

    assert (payout.state, books(rich)) == ("settled", (1_900_00, 0, 0, 4_900_00))
    assert outcomes() == [("payout.failed", "applied"), ("payout.settled", "applied")]
    assert (list(contradicted()), payout.steps.last().state, payout.steps.last().actor) == ([], "settled", eve)
    assert check_books().sound
    with pytest.raises(domain.NothingInDoubt):
        doubts.believe_last_word(actor=eve, payout=payout)


def test_believing_that_it_came_back_puts_it_on_the_balance(rich, eve, paid):  # noqa: F811
    payout = say(paid, "settled")
    said("early", "payout.failed", payout.reference, 100_00, 200_000)
    payout.refresh_from_db()
    assert (payout.state, list(contradicted())) == ("settled", [payout])

    payout = doubts.believe_last_word(actor=eve, payout=payout)

    assert (payout.state, books(rich)) == ("returned", (2_000_00, 0, 0, 5_000_00))
    assert check_books().sound


def test_a_later_word_is_set_aside_with_a_reason(rich, eve, paid):  # noqa: F811
    payout = say(paid, "failed", "settled")
    with pytest.raises(domain.ReasonMissing):
        doubts.set_words_aside(actor=eve, payout=payout, reason=" ")

    doubts.set_words_aside(actor=eve, payout=payout, reason="The bank's statement shows no such transfer.")

    payout.refresh_from_db()
    assert (payout.state, books(rich)) == ("failed", (2_000_00, 0, 0, 5_000_00))
    assert outcomes()[-1] == ("payout.settled", "stale")
    last = payout.steps.last()
    assert (last.state, last.reason) == ("set-aside", "The bank's statement shows no such transfer.")


def test_money_spent_meanwhile_is_not_taken_twice(rich, eve, paid):  # noqa: F811
    payout = say(paid, "failed", "settled")
    ask(rich, 1_950_00)
    with pytest.raises(domain.SpentMeanwhile) as refusal:
        doubts.believe_last_word(actor=eve, payout=payout)
    assert "50,00" in str(refusal.value.cause)
    assert (list(contradicted()), queries.member_balance(rich)) == ([payout], 50_00)


def test_nobody_decides_about_his_own_payout(rich, eve, paid, ada):  # noqa: F811
    payout = say(paid, "failed", "settled")
    for act in (doubts.believe_last_word, doubts.set_words_aside):
        more = {"reason": "r"} if act is doubts.set_words_aside else {}
        with pytest.raises(policy.OwnMoney):
            act(actor=ada, payout=payout, **more)


def test_the_treasurer_sees_and_settles_it(client, eve, paid):  # noqa: F811
    payout = say(paid, "failed", "settled")
    client.cookies["django_language"] = "en"
    client.force_login(eve)
    listed = unescape(client.get("/studio/books/payouts/").content.decode())
    assert "The provider contradicts itself" in listed
    address = f"/studio/books/payouts/{payout.pk}/"
    page = unescape(client.get(address).content.decode())
    assert ("the money arrived" in page, "It arrived: take it off the balance" in page) == (True, True)
    refused = client.post(address, {"act": "aside", "reason": ""})
    assert refused.status_code == 422
    assert client.post(address, {"act": "believe"}).status_code == 302
    payout.refresh_from_db()
    assert payout.state == "settled"
    assert "The provider contradicts itself" not in client.get(address).content.decode()

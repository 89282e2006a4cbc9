"""Two hands, one handle: real threads on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from essaim.kit.errors import Refusal
from essaim.people import actions, evidence
from essaim.people.models import Consent, Evidence, HouseRole, Member
from essaim.people.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works):
    """Run all at the same moment; what each returned, or the name of its refusal."""
    gate = Barrier(len(works))

    def run(work):
        gate.wait()
        try:
            return work()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def test_two_sign_ups_with_one_handle():
    def join(number, handle):
        return lambda: actions.sign_up(email=f"{number}@example.org", handle=handle, display_name="Paul").handle

    told = together(*(join(number, "paul" if number % 2 else "PAUL") for number in range(6)))

    assert told.count("HandleTaken") == 5
    assert Member.objects.count() == 1


def test_two_first_owners():
    def first(number):
        given = {"handle": f"owner{number}x", "display_name": "O", "password": PASSWORD}
        return lambda: actions.create_owner(email=f"{number}@example.org", **given).handle

    told = together(*(first(number) for number in range(4)))

    assert told.count("HouseAlreadyOpened") == 3
    assert HouseRole.objects.filter(role="owner").count() == 1


def test_two_owners_lay_their_role_down_at_once(owner, make_member):
    other = make_member("Paul")
    actions.grant_role(actor=owner, member=other, role="owner")

    told = together(
        *(lambda who=who: actions.revoke_role(actor=who, member=who, role="owner") for who in (owner, other))
    )

    assert sorted(map(str, told)) == ["LastOwner", "None"]
    assert HouseRole.objects.filter(role="owner").count() == 1


def test_one_text_is_kept_once_and_versions_do_not_collide():
    together(
        *(lambda text=text: evidence.keep("terms", text, "fr") for text in ("one", "one", "two", "three", "two"))
    )

    assert sorted(Evidence.objects.values_list("version", flat=True)) == [1, 2, 3]


def test_a_consent_clicked_twice_is_noted_once(marie):
    together(*(lambda: actions.give_consent(actor=marie, purpose="dialogue") for _ in range(4)))

    assert Consent.objects.count() == 1

"""Members, a community and an idea for notices; acts recorded, drawn and posted by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from essaim.activity.outbox import drain
from essaim.activity.record import record
from essaim.communities.actions import found
from essaim.initiatives.models import Contribution, Initiative
from essaim.kit import clock
from essaim.people.models import HouseRole, Member
from essaim.projectors.notices import post_office
from essaim.projectors.notices.models import Letter, Notice, Pending

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)  # a Tuesday
SEVEN = datetime(2026, 3, 4, 6, 5, tzinfo=UTC)  # 07:05 in Paris
MONDAY = datetime(2026, 3, 9, 6, 5, tzinfo=UTC)


def new_member(handle: str, language: str = "en", **fields) -> Member:
    fields = {"display_name": handle.title(), "email_confirmed_at": NOON, "joined_at": NOON - timedelta(9)} | fields
    return Member.objects.create_user(f"{handle}@example.org", handle, language=language, **fields)


@pytest.fixture
def ada(db):
    return new_member("ada")


@pytest.fixture
def bea(db):
    return new_member("bea")


@pytest.fixture
def bakers(ada):
    HouseRole.objects.create(member=ada, role=HouseRole.Role.OWNER)
    with clock.at(NOON - timedelta(days=8)):
        return found(actor=ada, name="Bakers", summary="Bread", charter="Be kind.", interests=["bread"])


@pytest.fixture
def contest(bakers, ada):
    return Initiative.objects.create(
        slug="rye", community=bakers, mechanism="contest", title="Rye", created_by=ada, opened_at=NOON
    )


@pytest.fixture
def idea(ada):
    return Contribution.objects.create(author=ada, kind="idea", body="Rye")


@transaction.atomic
def do(act, actor, at=NOON, **context):
    with clock.at(at):
        return record(act, actor=actor, **context)


def draw(at=NOON):
    with clock.at(at):
        drain("notices")


def post(at):
    with clock.at(at):
        post_office.write_digests()
        return post_office.send_waiting()


def heard():
    return list(Notice.objects.order_by("activity", "member").values_list("activity", "member__handle", "topic"))


@pytest.fixture
def drawn(bakers):
    """The past before the test is heard of, its letters are thrown away."""
    draw()
    Letter.objects.all().delete()
    Pending.objects.all().delete()
    Notice.objects.all().delete()
    mail.outbox.clear()

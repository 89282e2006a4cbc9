"""A session is recognised as Django would, from memory where possible, and never after it ended."""

from __future__ import annotations

import asyncio
from importlib import import_module

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from essaim.kit.line import dsn
from essaim.people.models import Member
from essaim.people.recognition import Recognition

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def ada():
    return Member.objects.create_user(email="ada@example.org", handle="ada", display_name="Ada", password="honey")


@pytest.fixture
def session(ada):
    client = Client()
    client.force_login(ada, BACKEND)
    return client.session.session_key


async def until(holds):
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


async def listening():
    recognition = Recognition(dsn())
    await recognition.open()
    await until(lambda: recognition._hears)
    return recognition


def recognised(*steps):
    """What `steps` see: session keys are asked for, functions are called between and their news awaited."""

    async def walk():
        recognition, seen = await listening(), []
        for step in steps:
            if callable(step):
                known = recognition._news
                await sync_to_async(step, thread_sensitive=True)()
                await until(lambda known=known: recognition._news > known)
            else:
                seen.append(await recognition.member(step))
        await recognition.close()
        return seen

    return asyncio.run(walk())


def shut_out(member):
    Member.objects.filter(pk=member.pk).update(is_active=False)


def new_password(member):
    member.set_password("another one")
    member.save(update_fields=["password"])


def end(session):
    import_module(settings.SESSION_ENGINE).SessionStore(session).delete()


def test_a_session_is_recognised_as_its_member(ada, session):
    assert recognised(session, session, "nobody", "") == [ada.pk, ada.pk, None, None]


def test_what_is_kept_in_mind_asks_the_database_once(ada, session):
    async def walk():
        recognition = await listening()
        first = await recognition.member(session)
        await recognition._line.close()
        recognition._line._dsn = "host=/nowhere"
        second = await recognition.member(session)
        await recognition.close()
        return first, second

    assert asyncio.run(walk()) == (ada.pk, ada.pk)


@pytest.mark.parametrize("ends", [shut_out, new_password])
def test_a_member_who_changes_is_forgotten_at_once(ada, session, ends):
    assert recognised(session, lambda: ends(ada), session) == [ada.pk, None]


def test_a_session_that_ends_is_forgotten_at_once(ada, session):
    assert recognised(session, lambda: end(session), session) == [ada.pk, None]


def test_a_session_past_its_date_is_nobodys(ada, session):
    from django.contrib.sessions.models import Session

    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert recognised(session) == [None]


def test_a_claim_without_its_proof_is_nobodys(ada):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update({SESSION_KEY: str(ada.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: "0" * 64})
    store.create()
    assert recognised(store.session_key) == [None]

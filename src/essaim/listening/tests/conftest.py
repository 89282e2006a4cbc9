from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from essaim.listening.intake import listeners
from essaim.listening.models import Source
from essaim.listening.post import Author, Post
from essaim.people import actions
from essaim.people.models import HouseRole, Member

MARCH = datetime(2026, 3, 10, 12, tzinfo=UTC)
PASSWORD = "miel-et-pain-2026"


@pytest.fixture(autouse=True)
def only_my_listeners(monkeypatch):
    """Other folders read what comes in; here only intake is looked at."""
    monkeypatch.setattr(listeners, "_listeners", [])
    monkeypatch.setattr(listeners, "_mourners", [])
    monkeypatch.setattr(listeners, "_rereaders", [])


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(kind="posts", name="Here", address="here")


def post(name: str, text: str = "Good honey", *, by: str = "ada", minutes: float = 0, **fields: Any) -> Post:
    author = Author(by) if by else None
    return Post("forum", name, author, text, MARCH + timedelta(minutes=minutes), **fields)


@pytest.fixture
def owner(db) -> Member:
    return actions.create_owner(email="olga@example.org", handle="olga", display_name="Olga", password=PASSWORD)


@pytest.fixture
def member(owner: Member) -> Callable[..., Member]:
    def make(handle: str, *roles: str) -> Member:
        made = actions.sign_up(
            email=f"{handle}@example.org",
            handle=handle,
            display_name=handle.title(),
            password=PASSWORD,
            confirmed=True,
        )
        for role in roles:
            HouseRole.objects.create(member=made, role=role, granted_by=owner)
        return Member.objects.get(pk=made.pk)  # roles are remembered once asked for

    return make


@dataclass
class Page:
    url: str
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Shelf:
    """Pages as a client finds them; the requests it was asked for."""

    pages: dict[str, Page]
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, *, headers: dict[str, str] | None = None, most_bytes: int = 0) -> Page:
        self.asked.append(url)
        return self.pages[url]

"""Files of the house: only from opened folders, only to those let through, kept for good by browsers."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import RequestFactory

from essaim.kit import media

YEAR = 31_536_000


@pytest.fixture
def folders(monkeypatch):
    """Two folders: one for anyone, one for those who say the word."""
    monkeypatch.setattr(media, "_gates", {})
    media.open_folder("open")
    media.open_folder("shut", lambda name, reader: reader == "friend")


@pytest.fixture
def stored():
    names = []

    def store(folder, content=b"RIFF", ending="webp"):
        names.append(default_storage.save(f"{folder}/{media.fresh_name()}.{ending}", ContentFile(content)))
        return names[-1]

    yield store
    for name in names:
        default_storage.delete(name)


@pytest.mark.django_db(False)
def test_what_anyone_may_see_is_kept_for_good_by_all(folders, stored, client):
    response = client.get(f"/media/{stored('open', b'picture')}")

    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"picture")
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == f"max-age={YEAR}, immutable, public"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Vary" not in response
    assert "Set-Cookie" not in response


def test_what_only_some_may_see_is_kept_by_their_own_browser(folders, stored):
    request = RequestFactory().get("/")
    request.user = "friend"

    response = media.served(request, stored("shut"))

    assert response["Cache-Control"] == f"max-age={YEAR}, immutable, private"
    response.close()


def test_others_do_not_learn_whether_it_exists(folders, stored, client, db):
    assert client.get(f"/media/{stored('shut')}").status_code == 404
    assert client.get("/media/shut/nothing.webp").status_code == 404


@pytest.mark.parametrize(
    "name", ["closed/a.webp", "open/a.html", "open/../secret-key", "open/deep/a.webp", "a.webp", "open/a.webp\n"]
)
def test_nothing_else_is_served(folders, name):
    assert not media.lets(name, None)


def test_a_file_that_is_gone_is_no_page(folders, client, db):
    assert client.get("/media/open/gone.webp").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_only_when_the_act_succeeds(stored):
    class Row:
        storage = default_storage
        name = stored("open")

    @transaction.atomic
    def failing():
        media.discard(Row)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert default_storage.exists(Row.name)
    with transaction.atomic():
        media.discard(Row)
        assert default_storage.exists(Row.name)
    assert not default_storage.exists(Row.name)

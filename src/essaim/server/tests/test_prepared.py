"""Whether a house must be prepared again: when the code, the files or the database are not what the note says."""

from __future__ import annotations

import json
import os

import psycopg
import pytest

from essaim.server import prepared
from essaim.server.postgres import DISPOSABLE, Postgres

MADE = [("people", "0001_initial"), ("ledger", "0002_guards")]


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """A database in which these two migrations were played."""
    with Postgres(tmp_path_factory.mktemp("database") / "house", DISPOSABLE).running() as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE django_migrations (app text, name text)")
            connection.execute(
                "INSERT INTO django_migrations VALUES ('people', '0001_initial'), ('ledger', '0002_guards')"
            )
        yield url


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home prepared by a package of three files, its note written."""
    package, home = tmp_path / "essaim", tmp_path / "house"
    for name in ("config/settings.py", "people/migrations/0001_initial.py", "kit/static/kit/kit.css"):
        (package / name).parent.mkdir(parents=True)
        (package / name).write_text("1")
    (home / "static").mkdir(parents=True)
    (home / prepared.MANIFEST).write_text("{}")
    monkeypatch.setattr(prepared, "PACKAGE", package)
    prepared.note(home, prepared.code_mark(), MADE)
    return home


def test_nothing_has_changed(home, url):
    assert prepared.stands(home, url)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["config/settings.py", "people/migrations/0001_initial.py", "kit/static/kit/kit.css"]
)
def test_a_file_has_changed(home, url, name):
    file = prepared.PACKAGE / name
    file.write_text("22")
    assert not prepared.stands(home, url)
    file.write_text("1")
    os.utime(file, (1, 1))
    assert not prepared.stands(home, url)


def test_a_migration_is_new(home, url):
    (prepared.PACKAGE / "people/migrations/0002_more.py").write_text("")
    assert not prepared.stands(home, url)


def test_what_is_neither_counts_for_nothing(home, url):
    (prepared.PACKAGE / "people/models.py").write_text("")
    (prepared.PACKAGE / "people/migrations/0001_initial.pyc").write_text("")
    assert prepared.stands(home, url)


def test_a_library_has_changed(home, url, tmp_path, monkeypatch):
    (tmp_path / "site" / "django-99.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert not prepared.stands(home, url)


@pytest.mark.parametrize("flag", prepared.FLAGS)
def test_something_else_is_asked(home, url, flag, monkeypatch):
    monkeypatch.setenv(flag, "other")
    assert not prepared.stands(home, url)


def test_the_database_is_another_or_an_older_one(home, url):
    prepared.note(home, prepared.code_mark(), [*MADE, ("people", "0002_more")])
    assert not prepared.stands(home, url)


def test_the_database_is_empty_or_does_not_answer(home, url):
    assert not prepared.stands(home, url.replace("/essaim?", "/postgres?"))
    assert not prepared.stands(home, "postgresql://ada@127.0.0.1:1/essaim")


def test_the_static_files_are_gone(home, url):
    (home / prepared.MANIFEST).unlink()
    assert not prepared.stands(home, url)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", json.dumps({"code": "x"})])
def test_the_note_is_gone_or_damaged(home, url, content):
    (home / prepared.NOTE).write_text(content)
    assert not prepared.stands(home, url)
    (home / prepared.NOTE).unlink()
    assert not prepared.stands(home, url)

"""The check of the French texts finds what it must, and finds nothing in this folder."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def messages():
    spec = importlib.util.spec_from_file_location("messages_script", ROOT / "scripts" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bakery(tmp_path, messages, monkeypatch):
    """An application with one text in Python and two in a template, all translated."""
    (tmp_path / "locale/fr/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "apps.py").write_text("from django.utils.translation import gettext as _\nX = _('Bread')\n")
    (tmp_path / "templates/a.html").write_text(
        "{% load i18n %}{% translate 'Warm' %}\n"
        "{% blocktranslate count n=n %}{{ n }} loaf{% plural %}{{ n }} loaves{% endblocktranslate %}"
    )
    book = polib.POFile()
    book.metadata = dict(messages.HEADER)
    book.append(polib.POEntry(msgid="Bread", msgstr="Pain"))
    book.append(polib.POEntry(msgid="Warm", msgstr="Chaud"))
    book.append(
        polib.POEntry(
            msgid="%(n)s loaf", msgid_plural="%(n)s loaves", msgstr_plural={0: "%(n)s pain", 1: "%(n)s pains"}
        )
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    save(messages, tmp_path, book)
    return tmp_path


def save(messages, folder, book):
    book.save(str(messages.catalogue_path(folder)))
    messages.compile_catalogue(folder)


def edited(messages, folder):
    return polib.pofile(str(messages.catalogue_path(folder)))


def test_a_complete_catalogue_has_no_fault(messages, bakery):
    assert list(messages.faults(bakery)) == []


@pytest.mark.parametrize("text", ["Bread", "Warm", "%(n)s loaf"])
def test_a_missing_text_is_found(messages, bakery, text):
    book = edited(messages, bakery)
    book.remove(book.find(text))
    save(messages, bakery, book)
    assert [f"missing “{text}”" in fault for fault in messages.faults(bakery)] == [True]


def test_an_empty_text_is_found(messages, bakery):
    book = edited(messages, bakery)
    book.find("Warm").msgstr = ""
    save(messages, bakery, book)
    assert [fault.split(": ")[1] for fault in messages.faults(bakery)] == ["empty “Warm”"]


def test_a_fuzzy_text_is_found(messages, bakery):
    book = edited(messages, bakery)
    book.find("Warm").flags.append("fuzzy")
    save(messages, bakery, book)
    assert [fault.split(": ")[1] for fault in messages.faults(bakery)] == ["fuzzy “Warm”"]


def test_an_old_compilation_is_found(messages, bakery):
    book = edited(messages, bakery)
    book.find("Warm").msgstr = "Tiède"
    book.save(str(messages.catalogue_path(bakery)))
    assert [fault.endswith("is out of date") for fault in messages.faults(bakery)] == [True]


def test_no_catalogue_at_all_is_found(messages, bakery):
    messages.catalogue_path(bakery).unlink()
    assert [fault.endswith("3 texts have no French") for fault in messages.faults(bakery)] == [True]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="collecting needs xgettext (Debian: gettext)")
def test_a_new_applications_first_catalogue_is_made(messages, bakery):
    shutil.rmtree(bakery / "locale")
    messages.collect(bakery)
    assert sorted(entry.msgid for entry in edited(messages, bakery)) == ["%(n)s loaf", "Bread", "Warm"]


def test_this_folder_is_complete(messages):
    assert list(messages.faults(messages.PACKAGE / "kit")) == []


def test_a_text_told_in_two_ways_is_found(messages, tmp_path, monkeypatch):
    for name, french in (("deposits", "Gardé"), ("promises", "Tenue")):
        folder = tmp_path / name / "locale/fr/LC_MESSAGES"
        folder.mkdir(parents=True)
        (tmp_path / name / "apps.py").touch()
        book = polib.POFile()
        book.append(polib.POEntry(msgid="Kept", msgstr=french))
        book.append(polib.POEntry(msgid="Kept", msgctxt="a cheese", msgstr="Affiné"))
        book.append(polib.POEntry(msgid="Day", msgstr="Jour"))
        book.save(str(folder / "django.po"))
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    assert list(messages.quarrels()) == [
        "“Kept” is “Gardé” in deposits and “Tenue” in promises: say it alike, or give it a context"
    ]

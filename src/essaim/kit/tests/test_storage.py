"""One stylesheet for browsers, made of many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command

import essaim.kit
from essaim.kit import storage

STATIC = Path(essaim.kit.__file__).parent / "static"


@pytest.fixture(scope="module")
def text():
    return storage.bundled(StaticFilesStorage(location=STATIC), "kit/kit.css")


def test_every_import_is_written_in_its_layer(text):
    source = (STATIC / "kit/kit.css").read_text()
    assert "@import" not in text
    assert text.count("@layer components {") == source.count("layer(components)")
    assert text.count("{") == text.count("}")


def test_every_component_file_is_imported():
    source = (STATIC / "kit/kit.css").read_text()
    assert set(re.findall(r"components/(\w+)\.css", source)) == {
        p.stem for p in (STATIC / "kit/components").glob("*.css")
    }


def test_only_files_beside_the_entry_name_other_files():
    for path in (STATIC / "kit/components").glob("*.css"):
        assert "url(" not in path.read_text(), path


def test_every_token_used_is_defined(text):
    defined = set(re.findall(r"(--[\w-]+):", text))
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= defined


def test_nothing_comes_from_elsewhere(text):
    assert "http" not in text.replace('a[href^="http"]', "")


@pytest.mark.slow
def test_collecting_makes_one_hashed_file(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "essaim.kit.storage.BundledStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = list((tmp_path / "kit").glob("kit.*.css"))
    assert len(hashed) == 1
    css = hashed[0].read_text()
    assert "@import" not in css
    assert all((tmp_path / "kit" / name).exists() for name in re.findall(r'url\("(vendor/[^"]+)"\)', css))
    assert hashed[0].with_suffix(".css.br").stat().st_size < 12_000

"""The walk-through of the documentation is true: build its mechanism from the page, migrate, try it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import polib
import psycopg
import pytest

from essaim.server.clones import Clones

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs" / "developer" / "add-a-mechanism.md"
BLOCK = re.compile(r"^```\w+ title=\"(?P<name>wish/[^\"]+)\"\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

SETTINGS = """
import essaim.mechanisms
essaim.mechanisms.__path__.append({folder!r})
from essaim.config.settings import *
MECHANISMS = [*MECHANISMS, "essaim.mechanisms.wish"]
INSTALLED_APPS = [*INSTALLED_APPS[:-1], "essaim.mechanisms.wish", INSTALLED_APPS[-1]]
"""

TRIAL = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
call_command("makemigrations", "wish", verbosity=0)
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
setup_test_environment()

from essaim.communities.actions import appoint, found, join
from essaim.initiatives.conformance import Stage, faults, prove_round_trip, readme_of
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative
from essaim.mechanisms.wish.tests import try_it
from essaim.people.models import HouseRole, Member

def member(handle):
    return Member.objects.create_user(email=f"{handle}@example.org", handle=handle, display_name=handle.title())

def village(name):
    community = found(actor=manager, name=name, summary="A place", charter="Be kind.")
    for each in (host, *members):
        join(actor=each, community=community, number=1)
    appoint(actor=manager, community=community, member=host, role="host")
    return community

manager, host, members = member("margot"), member("hugo"), [member("adele"), member("basile")]
HouseRole.objects.create(member=manager, role="manager")
wish = mechanism("wish")
assert faults(wish, readme_of(wish)) == [], faults(wish, readme_of(wish))
try_it(village("First"), host, members)
well = Initiative.objects.get()
client = Client(HTTP_HOST="localhost")
client.force_login(members[1], backend="allauth.account.auth_backends.AuthenticationBackend")
made = client.post(well.get_absolute_url(), {"title": "A swing", "body": "For two."})
assert made.status_code == 302, made.content.decode()
page = client.get(well.get_absolute_url()).content.decode()
assert "A swing" in page and 'id="comments"' in page, page
refused = client.post(well.get_absolute_url(), {"title": "", "body": "typed and kept"})
assert refused.status_code == 422 and "typed and kept" in refused.content.decode()
gone = prove_round_trip(wish, Stage(village("Second"), host, members))
assert gone == [], gone
print("the walk-through is true")
"""


@pytest.fixture
def database(django_db_setup: None) -> Iterator[str]:
    """A database of its own, migrated as far as the house goes."""
    server, name = os.environ["ESSAIM_TEST_SERVER"], f"essaim_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    parts = urlsplit(server)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{Clones(server).template}"')
        yield urlunsplit(parts._replace(path=f"/{name}"))
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_the_walk_through_is_true(database: str, tmp_path: Path) -> None:
    blocks = list(BLOCK.finditer(PAGE.read_text()))
    for block in blocks:
        file = tmp_path / "mechanisms" / block["name"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block["text"])
    assert len(blocks) == 17
    catalogue = tmp_path / "mechanisms" / "wish" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
    (tmp_path / "walk_settings.py").write_text(SETTINGS.format(folder=str(tmp_path / "mechanisms")))
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "walk_settings",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT / 'src'}",
    }
    run = subprocess.run([sys.executable, "-c", TRIAL], env=environment, capture_output=True, text=True, timeout=240)
    assert (run.returncode, run.stdout) == (0, "the walk-through is true\n"), run.stderr

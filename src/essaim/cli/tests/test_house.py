"""A house from its first run to its move, by the commands an operator types."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]  # they share a house


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A house with its owner."""
    home = tmp_path_factory.mktemp("first") / "house"
    (home.parent / "password").write_text("a long walk in the rain\n")
    names = ["--house", "Miel & Co", "--email", "ada@example.org", "--handle", "ada", "--name", "Ada L."]
    done = essaim(home, "init", *names, "--password-file", home.parent / "password")
    assert done.returncode == 0, done.stderr
    assert "Ada L. owns the house." in done.stderr
    return home


def essaim(home, *arguments, **more):
    """Run the command as an operator would: nothing of the test run in its environment."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "essaim.cli", *map(str, arguments)],
        env=ours | {"ESSAIM_HOME": str(home), "PYTHONWARNINGS": "ignore"} | more,
        capture_output=True,
        text=True,
    )


def count(home, model):
    app, _, name = model.rpartition(".")
    program = f"from {app} import {name}; print('count:', {name}.objects.count())"
    return essaim(home, "manage", "shell", "--no-imports", "-c", program).stdout.strip()


def test_a_house_has_one_first_run(first, tmp_path):
    again = essaim(first, "init")
    assert again.returncode == 1
    assert again.stderr == (
        "This house has an owner already.\nSign in, or have the password reset on the sign-in page.\n"
    )


def test_backup_and_restore_move_a_house(first, tmp_path):
    saved = essaim(first, "backup", tmp_path / "house.tar")
    assert saved.returncode == 0, saved.stderr
    moved = tmp_path / "moved"
    done = essaim(moved, "restore", tmp_path / "house.tar")
    assert done.returncode == 0, done.stderr
    assert "The books are sound" in done.stderr
    assert count(moved, "essaim.people.models.Member") == "count: 1"
    assert (moved / "secret-key").read_text() == (first / "secret-key").read_text()
    assert essaim(moved, "restore", tmp_path / "house.tar").returncode == 1


def test_the_books_of_a_new_house_are_sound(first):
    done = essaim(first, "check-books")
    assert (done.returncode, "The books are sound" in done.stderr) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo"], "holds a house that is not a finished demo"),
        (["tally", "nothing"], "There is no initiative “nothing”."),
        (["tally"], "Nothing to count was named."),
        (["tally", "--file", "nowhere.json"], "nowhere.json cannot be read"),
        (["tally", "--file", "pyproject.toml"], "pyproject.toml is not JSON"),
        (["rebuild", "nothing"], "There is no projector “nothing” to rebuild."),
        (["restore", "--force", "pyproject.toml"], "pyproject.toml is damaged"),
        (["manage", "nonsense"], "Unknown command: 'nonsense'"),
    ],
)
def test_a_mistake_is_told_without_a_traceback(first, arguments, said):
    done = essaim(first, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_database_url_is_told(tmp_path):
    done = essaim(tmp_path, "check-books", DATABASE_URL="postgresql://ada@127.0.0.1:1/essaim")
    assert done.returncode == 1
    assert "Check DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr

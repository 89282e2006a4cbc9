from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import ProgrammingError

from essaim.cli.main import told
from essaim.kit.errors import Refusal
from essaim.server.obstacles import Obstacle


class BasketFull(Refusal):
    cause = "The basket holds %(limit)s apples."
    remedy = "Take one out."


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (Obstacle("The road is closed.", "Take the other."), "The road is closed.\nTake the other."),
        (BasketFull(limit=3), "The basket holds 3 apples. Take one out."),
        (ValidationError(["Too short.", "Too common."]), "Too short.\nToo common."),
        (CommandError("No such app."), "No such app."),
    ],
)
def test_what_went_wrong_is_told_with_the_remedy(error, text):
    assert told(error) == text


def test_a_database_that_does_not_answer_points_at_its_address():
    assert "Check DATABASE_URL" in told(psycopg.OperationalError("refused"))


def test_a_house_without_tables_is_told_apart_from_a_defect(monkeypatch, tmp_path):
    monkeypatch.setenv("ESSAIM_HOME", str(tmp_path))
    error = ProgrammingError("relation does not exist")
    error.__cause__ = psycopg.errors.UndefinedTable()
    assert told(error) == (
        f"The house in {tmp_path} is not prepared, or not by this version.\nRun `essaim init` or `serve` first."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_defect_of_ours_goes_to_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("ESSAIM_HOME", str(tmp_path))
    try:
        raise ZeroDivisionError("by zero")
    except ZeroDivisionError as error:
        said = told(error)
    assert "ZeroDivisionError: by zero" in said
    assert str(tmp_path / "last-error.txt") in said
    assert "Traceback" in (tmp_path / "last-error.txt").read_text()


def test_help_answers_without_django():
    program = (
        "import sys; from essaim.cli.main import app; "
        "app(['--help'], standalone_mode=False); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL).returncode == 0

from __future__ import annotations

import pytest
import typer
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from essaim.cli.first_run import _checked, _given, _password
from essaim.people.domain import check_handle


def test_a_weak_password_in_a_file_is_refused(tmp_path):
    (tmp_path / "password").write_text("honey\n")
    with pytest.raises(ValidationError):
        _password(tmp_path / "password")


def test_a_good_password_is_taken_without_its_line_end(tmp_path):
    (tmp_path / "password").write_text("a long walk in the rain\n")
    assert _password(tmp_path / "password") == "a long walk in the rain"


@pytest.mark.parametrize(("check", "value"), [(validate_email, "ada at home"), (check_handle, "admin")])
def test_a_prompt_asks_again_with_the_reason(check, value):
    with pytest.raises(typer.BadParameter, match=r"\w+"):
        _checked(check)(value)


def test_what_is_given_is_checked_too():
    with pytest.raises(ValidationError):
        _given("ada at home", "Your e-mail address", validate_email)
    assert _given("ada@example.org", "Your e-mail address", validate_email) == "ada@example.org"

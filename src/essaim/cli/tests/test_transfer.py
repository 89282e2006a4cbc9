from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from essaim.cli import transfer
from essaim.server.obstacles import Obstacle


def take_lines(file: Path, *, slug: str = "", limit: int = 10, on_progress=None) -> dict[str, int]:
    """Take lines in."""
    lines = file.read_text().splitlines()[:limit]
    on_progress(len(lines), len(lines))
    return {"lines": len(lines), "slug": slug}


def give_year(*, year: int) -> tuple[str, bytes]:
    return f"{year}.csv", f"year\n{year}\n".encode()


def run(direction, function, *arguments):
    app = typer.Typer()
    app.command("it")(transfer._command(direction, "it", function))
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text("a\nb\nc\n")
    return path


def test_a_signature_becomes_a_command(file):
    assert "lines: 3, slug: \n" in run("import", take_lines, file).output
    assert "lines: 2, slug: spring\n" in run("import", take_lines, file, "--slug", "spring", "--limit", "2").output


def test_progress_is_shown_and_is_no_option(file):
    assert "Import it: 3 of 3" in run("import", take_lines, file).output
    assert run("import", take_lines, file, "--on-progress", "x").exit_code == 2


def test_the_docstring_is_the_help():
    said = run("import", take_lines, "--help").output
    assert "Take lines in." in said
    assert "on-progress" not in said


def test_an_export_writes_the_file_it_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("export", give_year, "2026").exit_code == 0
    assert (tmp_path / "2026.csv").read_bytes() == b"year\n2026\n"


def test_an_export_writes_where_it_is_told(tmp_path):
    run("export", give_year, "2026", "--to", tmp_path / "books.csv")
    assert (tmp_path / "books.csv").read_bytes() == b"year\n2026\n"


def test_an_export_overwrites_nothing_it_was_not_told_to(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2026.csv").write_text("kept")
    with pytest.raises(Obstacle, match="exists already"):
        run("export", give_year, "2026")
    assert (tmp_path / "2026.csv").read_text() == "kept"


@pytest.mark.django_db
def test_every_folders_commands_can_be_mounted():
    """A signature typer does not understand would break the whole group."""
    for direction in transfer.GROUPS:
        group = typer.Typer(no_args_is_help=True)
        group.callback()(lambda: None)
        transfer._fill(group, direction)
        shown = CliRunner().invoke(group, ["--help"], catch_exceptions=False)
        assert shown.exit_code == 0, shown.output
        for name, _function in transfer._plain(direction):
            assert CliRunner().invoke(group, [name, "--help"], catch_exceptions=False).exit_code == 0

from __future__ import annotations

from essaim.cli.progress import progress


def test_in_a_file_progress_is_a_line_per_tenth(capsys):
    with progress("Counting") as on_progress:
        for done in range(1, 101):
            on_progress(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["Counting …", "Counting: 10 of 100"]
    assert lines[-2] == "Counting: 100 of 100"
    assert len(lines) == 12
    assert lines[-1].startswith("Counting: done in ")


def test_an_unknown_total_says_no_more_than_needed(capsys):
    with progress("Reading") as on_progress:
        on_progress(1, None)
        on_progress(2, None)
    assert len(capsys.readouterr().err.splitlines()) == 2

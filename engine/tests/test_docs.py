"""The commands of the pages answer what the pages say."""

from __future__ import annotations

import doctest
import shlex
import subprocess
from pathlib import Path

import pytest

from waggledance.cli import main

ENGINE = Path(__file__).resolve().parents[1]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands(page):
    """(command, expected answer) of the console blocks of a page, in order."""
    for block in (ENGINE / page).read_text().split("```console\n")[1:]:
        for part in ("\n" + block.split("```")[0]).split("\n$ ")[1:]:
            command, _, answer = part.partition("\n")
            yield command, answer


@pytest.mark.large
@pytest.mark.parametrize("page", ["README.md", "docs/command-line.md"])
def test_commands_answer_as_shown(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    ran = 0
    for command, expected in commands(page):
        words = shlex.split(command)
        if words[0] == "waggledance":
            code = main(words[1:])
            told = capsys.readouterr()
            answer = told.out + told.err
            assert code == (2 if told.err else 0)
        else:
            answer = subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout
        assert doctest.OutputChecker().check_output(expected or "\n", answer or "\n", OPTIONS), answer
        ran += 1
    assert ran >= 3

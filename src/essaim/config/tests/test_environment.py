"""The operator's guide tells every variable the house reads, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
GUIDE = PACKAGE.parents[1] / "docs" / "operator" / "install.md"
READERS = ("config", "server", "cli")
FOR_TESTS = {"pytest_plugin.py", "fixtures.py"}
OF_THE_SYSTEM = {"PATH"}
LOOKUPS = re.compile(r"(.*\.)?(environ|environment)(\.get)?|(os\.)?getenv|_flag")


def test_the_guide_tells_every_variable_and_no_other() -> None:
    table = GUIDE.read_text().split("## What the environment says")[1].split("\n## ")[0]

    told = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)

    assert len(told) == len(set(told))
    assert set(told) == read_by_the_house() - OF_THE_SYSTEM


def test_a_variable_is_found_however_it_is_read() -> None:
    source = """
os.environ["A"]; os.environ.get("B", "x"); environ.get("C"); os.getenv("D"); _flag("E"); environment.get("F")
Option(envvar="G"); os.environ[name]; other.get("H"); os.environ["I"] = "1"; "J" in os.environ
"""
    assert set(variables(source)) == {*"ABCDEFGJ"}


def read_by_the_house() -> set[str]:
    files = [path for folder in READERS for path in (PACKAGE / folder).rglob("*.py") if "tests" not in path.parts]
    return {name for path in files if path.name not in FOR_TESTS for name in variables(path.read_text())}


def variables(source: str) -> Iterator[str]:
    """Names of environment variables a program reads."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=asked, args=[ast.Constant(value=str(name)), *_]) if LOOKUPS.fullmatch(
                ast.unparse(asked)
            ):
                yield name
            case ast.Subscript(value=asked, slice=ast.Constant(value=str(name)), ctx=ast.Load()) if LOOKUPS.fullmatch(
                ast.unparse(asked)
            ):
                yield name
            case ast.Compare(
                left=ast.Constant(value=str(name)), ops=[ast.In() | ast.NotIn()], comparators=[asked]
            ) if LOOKUPS.fullmatch(ast.unparse(asked)):
                yield name
            case ast.keyword(arg="envvar", value=ast.Constant(value=str(name))):
                yield name

"""The README beside a manifest, and whether its table of acts tells the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from essaim.activity.vocabulary import VOCABULARY, ActivityType, Verb
from essaim.initiatives.mechanism import Mechanism

Faults = Iterator[str]
CODE = re.compile(r"`([^`]+)`")


def readme_of(manifest: Mechanism) -> str:
    """The README beside the manifest, found through the folder of its addresses."""
    folder = import_module(manifest.urls.rpartition(".")[0])
    page = Path(str(folder.__file__)).with_name("README.md")
    return page.read_text() if page.exists() else ""


@dataclass(frozen=True)
class Row:
    """A line of the README's table of acts."""

    act: str
    verb: str
    activities: tuple[str, ...]


def table_of_acts(readme: str) -> list[Row]:
    """The rows of the table whose columns are act, verb, activity and entry."""
    lines = [line.strip() for line in readme.splitlines()]
    heads = [n for n, line in enumerate(lines) if [*map(str.lower, _cells(line))][:3] == ["act", "verb", "activity"]]
    rows = []
    for line in lines[heads[0] + 2 :] if heads else []:
        if not line.startswith("|"):
            break
        act, verb, activity = (*_cells(line), "", "", "")[:3]
        rows.append(Row("".join(CODE.findall(act)), verb, tuple(CODE.findall(activity))))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def wrong_readme(manifest: Mechanism, readme: str) -> Faults:
    """Each act has its row, each row tells the truth, and no activity is passed over."""
    rows = table_of_acts(readme)
    if not rows:
        yield "its README has no table | act | verb | activity | entry |"
        return
    told = {row.act for row in rows if row.act}
    yield from (f"the README does not tell of the act {name}" for name in sorted(manifest.acts.keys() - told))
    yield from (f"the README tells of {name}, which is no act" for name in sorted(told - manifest.acts.keys()))
    types = {type_.slug: type_ for type_ in manifest.activity_types}
    for row in rows:
        yield from wrong_row(row, types)
    for slug in sorted(types.keys() - set(CODE.findall(readme))):
        yield f"the README does not name the activity {slug}"


def wrong_row(row: Row, types: Mapping[str, ActivityType]) -> Faults:
    unknown = [slug for slug in row.activities if slug not in types and VOCABULARY.get(slug) is None]
    if unknown:
        yield f"the README says that {row.act} records {', '.join(unknown)}, which is not declared"
    if row.verb and row.verb not in set(Verb):
        yield f"the README gives {row.act} the verb {row.verb}, which is not in the vocabulary"
    if row.activities and not unknown:
        first = types.get(row.activities[0]) or VOCABULARY[row.activities[0]]
        if str(first.verb) != row.verb:
            yield f"the README gives {row.act} the verb “{row.verb}”; {first.slug} is declared as {first.verb}"
    if bool(row.verb) != bool(row.activities):
        yield f"the README's row of {row.act} has a verb without an activity, or the other way round"

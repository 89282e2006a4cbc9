"""Where the sentences of the kept labels lie: in open collections of texts that are not part of the house."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

_TAGS = re.compile("<[^>]+>")
_TALK = re.compile(r"\[\d\d:\d\d\] <[^>]+> (.*)")


def sentences(folder: Path, name: str) -> Sequence[str]:
    """The sentences of one file, by row, with single spaces; empty when the file is not there."""
    path = folder / name.split("!")[0]
    if not path.is_file():
        return ()
    return [" ".join(text.split()) for text in _raw(path, name)]


def _raw(path: Path, name: str) -> Sequence[str]:
    if path.suffix == ".zip":
        lines = zipfile.ZipFile(path).read(name.split("!")[1]).decode("latin-1").split("\n")
        return [line.partition("##")[2] for line in lines]
    if path.suffix == ".xml":
        return _exchange(path)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8") as file:
            return [row.get("comment-body") or "" for row in csv.DictReader(file)]
    lines = path.read_text(encoding="utf-8", errors="replace").rstrip("\n").split("\n")
    if path.name.endswith(".ascii.txt"):
        return [said[1] if (said := _TALK.match(line)) else "" for line in lines]
    return lines


def _exchange(path: Path) -> Sequence[str]:
    """Comments, or the first sentence of each question and answer."""
    from defusedxml.ElementTree import parse

    rows = parse(path).getroot()
    if path.name == "Comments.xml":
        return [re.sub(r"[`*]", "", row.get("Text") or "") for row in rows]
    bodies = (" ".join(html.unescape(_TAGS.sub(" ", row.get("Body") or "")).split()) for row in rows)
    return [re.split(r"(?<=[.?!])\s", body)[0] for body in bodies]

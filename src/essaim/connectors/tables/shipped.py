"""Mappings that come with the house, one JSON file each, and those that were saved."""

from __future__ import annotations

import json
from pathlib import Path

from essaim.connectors.tables.domain import Layout
from essaim.connectors.tables.models import SavedLayout
from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _

FOLDER = Path(__file__).parent / "mappings"


class NoSuchMapping(Refusal):
    cause = _("There is no mapping called “%(name)s”.")
    remedy = _("Choose one of these: %(names)s.")


def names() -> list[str]:
    return sorted(
        {*SavedLayout.objects.values_list("name", flat=True), *(path.stem for path in FOLDER.glob("*.json"))}
    )


def layout(name: str) -> Layout:
    """The saved one goes before the shipped one of the same name. Raises NoSuchMapping."""
    if saved := SavedLayout.objects.filter(name=name).first():
        return saved.layout
    if name not in names():
        raise NoSuchMapping(name=name, names=", ".join(names()))
    return Layout.of(json.loads((FOLDER / f"{name}.json").read_text()))

"""All the house keeps about a member, as one archive: JSON-LD (ActivityStreams 2.0), a CSV per kind, media."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from essaim.kit import clock
from essaim.people import rights
from essaim.people.models import Member

CONTEXT = ["https://www.w3.org/ns/activitystreams", {"essaim": "urn:essaim:", "rows": "essaim:rows"}]


def archive(member: Member) -> bytes:
    """The ZIP file: `member.jsonld`, one CSV per kind of row, the files named in them under `media/`."""
    portraits = {holding.name: _rows(holding.portrait(member)) for holding in rights.holdings()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("member.jsonld", json.dumps(person(member, portraits), ensure_ascii=False, indent=1))
        file.writestr("README.txt", _readme())
        for name, rows in sorted(portraits.items()):
            file.writestr(f"{name}.csv", table(rows))
        for path, stored in media(portraits).items():
            with stored.open("rb") as source:
                file.writestr(path, source.read())
    return out.getvalue()


def _rows(portrait: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [portrait] if isinstance(portrait, Mapping) else list(portrait)


def person(member: Member, portraits: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """The member as an ActivityStreams actor, each kind of row as a collection."""
    return {
        "@context": CONTEXT,
        "type": "Person",
        "id": settings.BASE_URL + member.get_absolute_url(),
        "preferredUsername": member.handle,
        "name": member.display_name,
        "summary": member.bio,
        "published": member.joined_at.isoformat(),
        "updated": clock.now().isoformat(),
        "rows": {
            name: {"type": "Collection", "totalItems": len(rows), "items": [_plain(row) for row in rows]}
            for name, rows in sorted(portraits.items())
        },
    }


def _plain(value: Any) -> Any:
    """What JSON can say: moments in ISO 8601, files by their path in the archive."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, FieldFile):
        return f"media/{value.name}" if value else ""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV; lists are joined by “; ”, and no cell can start a formula in a spreadsheet."""
    out = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(_plain(value)) for key, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def media(portraits: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, FieldFile]:
    """The stored files among the rows, by their path in the archive."""
    values = (value for rows in portraits.values() for row in rows for value in row.values())
    return {f"media/{value.name}": value for value in values if isinstance(value, FieldFile) and value}


def _readme() -> str:
    return _(
        "This archive holds all that the house keeps about you.\n\n"
        "member.jsonld: everything, readable by programs (ActivityStreams 2.0).\n"
        "The .csv files: the same, one table per kind, for any spreadsheet.\n"
        "media: the pictures and files you sent.\n"
    )

"""Whether a house must be prepared before it opens, known without Django: where nothing is needed nothing waits.

The last preparation left a note in the home: the code it was made by, and the migrations it left in the database. It
holds while the code is the same and the database still has them; anything else, and the house is prepared again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg

PACKAGE = Path(__file__).resolve().parent.parent
NOTE = "prepared.json"
MANIFEST = "static/staticfiles.json"
FLAGS = ("ESSAIM_DEBUG", "ESSAIM_HASHED_STATIC")


def note(home: Path, code: str, migrations: Iterable[tuple[str, str]]) -> None:
    """Say that the house was prepared by this code (`code_mark()`, taken before)."""
    content = {
        "code": code,
        "migrations": sorted(migrations),
        "files": [MANIFEST] if (home / MANIFEST).exists() else [],
    }
    draft = home / f"{NOTE}.{os.getpid()}"
    draft.write_text(json.dumps(content))
    draft.replace(home / NOTE)


def stands(home: Path, url: str) -> bool:
    """Whether what the note says is still so."""
    try:
        said = json.loads((home / NOTE).read_text())
        same = said["code"] == code_mark() and all((home / name).exists() for name in said["files"])
        return same and {(app, name) for app, name in said["migrations"]} <= _applied(url)
    except (OSError, ValueError, KeyError, TypeError, psycopg.Error):
        return False


def _applied(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return set(connection.execute("SELECT app, name FROM django_migrations").fetchall())


def code_mark() -> str:
    """Changes with the house's settings, migrations and static files, with its libraries, and with what is asked."""
    digest = hashlib.sha256()
    for line in (*_flags(), *_libraries(), *_sources()):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _flags() -> Iterator[str]:
    return (f"{name}={os.environ.get(name, '')}" for name in FLAGS)


def _libraries() -> list[str]:
    """Name and version of what is installed, as the folders beside each library say."""
    folders = (Path(place) for place in sys.path if place and Path(place).is_dir())
    return sorted(info.name for folder in folders for info in folder.glob("*.dist-info"))


def _sources() -> Iterator[str]:
    """Whatever a migration or a static file is made of, by size and time."""
    for folder, names, files in os.walk(PACKAGE):
        names.sort()
        inside = set(Path(folder).relative_to(PACKAGE).parts)
        if inside & {"migrations", "static"} or folder == str(PACKAGE / "config"):
            for name in sorted(files):
                if not name.endswith(".pyc"):
                    about = os.stat(Path(folder, name))
                    yield f"{folder}/{name} {about.st_size} {about.st_mtime_ns}"

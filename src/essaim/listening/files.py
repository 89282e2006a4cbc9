"""What lies under a path, one file after the other: a file, a folder or a ZIP archive, never unpacked on disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _

MOST_BYTES = 200 * 1024 * 1024
MOST_FILES = 20_000


class FileTooLarge(Refusal):
    cause = _("“%(name)s” is larger than %(most)s MB when unpacked.")
    remedy = _("Take the large files out of the archive, or cut the file in parts.")


class ArchiveUnreadable(Refusal):
    cause = _("“%(name)s” is not a ZIP archive one can open.")
    remedy = _("Download it again, without a password.")


def contents(path: Path, *suffixes: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file with one of the suffixes, in the order of their names; all without suffixes.

    Raises ArchiveUnreadable, and FileTooLarge for one of more than MOST_BYTES once unpacked.
    """
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and _wanted(inner.name, suffixes):
                yield str(inner.relative_to(path)), _whole(inner)
    elif path.suffix.lower() == ".zip":
        yield from _archived(path, suffixes)
    else:
        yield path.name, _whole(path)


def _whole(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise FileTooLarge(name=path.name, most=MOST_BYTES // 2**20)
    return path.read_bytes()


def _archived(path: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and _wanted(one.filename, suffixes)]
            for member in sorted(members, key=lambda one: one.filename)[:MOST_FILES]:
                yield member.filename, _unpacked(archive, member)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise ArchiveUnreadable(name=path.name) from error


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What the archive says of its size is not believed."""
    with archive.open(member) as opened:
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileTooLarge(name=member.filename, most=MOST_BYTES // 2**20)
    return content


def _wanted(name: str, suffixes: tuple[str, ...]) -> bool:
    hidden = PurePosixPath(name).name.startswith(".") or name.startswith("__MACOSX")
    return not hidden and (not suffixes or name.lower().endswith(suffixes))

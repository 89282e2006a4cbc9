"""A whole house in one tar file: database, media, secret key, and a manifest with the checksum of each.

A backup appears under its name only when it is complete. A restore checks everything before it touches anything,
fills a new database, and only then puts it in the place of the old one.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from essaim.server import database
from essaim.server.leftovers import at_work, draft_prefix
from essaim.server.obstacles import Obstacle

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
KEY = "secret-key"
MEDIA = "media"
OnProgress = Callable[[int, int | None], None]


def save(file: Path, *, home: Path, url: str, on_progress: OnProgress) -> None:
    """Write the house to `file`. Media removed while the database is dumped are saved with it: it may name them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with (
        at_work(home, file),
        _draft(file) as draft,
        tempfile.TemporaryDirectory(dir=file.parent, prefix=draft_prefix(file)) as folder,
        tempfile.TemporaryDirectory(dir=home, prefix="backup-") as held,
    ):
        dump, media = Path(folder) / DUMP, Path(held) / MEDIA
        _hold(home / MEDIA, media)
        database.dump(url, dump)
        _hold(home / MEDIA, media)
        files = {DUMP: dump, **_kept_files(home, media)}
        with tarfile.open(draft, "w") as tar:
            sums = {}
            for number, (name, path) in enumerate(files.items(), 1):
                sums[name] = _checksum(path)
                tar.add(path, name, recursive=False)
                on_progress(number, len(files))
            _add_manifest(tar, sums)


def restore(file: Path, *, home: Path, url: str, force: bool, on_progress: OnProgress) -> None:
    """Put the house in `file` into `home` and the database at `url`. Raises Obstacle, with nothing changed."""
    if database.is_inhabited(url) and not force:
        raise Obstacle(
            "This house has members; restoring would replace it.",
            "Save it first (essaim backup before.tar), then restore with --force, or give an empty ESSAIM_HOME.",
        )
    home.mkdir(parents=True, exist_ok=True)
    with at_work(home), tempfile.TemporaryDirectory(dir=home, prefix="restore-") as folder:
        _unpack(file, Path(folder), on_progress)
        database.replace(url, Path(folder) / DUMP)
        _put_files(Path(folder), home)


def _hold(media: Path, held: Path) -> None:
    """Give every file of the media a second name, so that it outlives its first; files never change under a name."""
    for path in media.rglob("*"):
        second = held / path.relative_to(media)
        if second.exists() or not path.is_file():
            continue
        second.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # removed this very moment
            _second_name(path, second)


def _second_name(path: Path, second: Path) -> None:
    try:
        second.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links
        shutil.copyfile(path, second)


def _kept_files(home: Path, media: Path) -> dict[str, Path]:
    """Archive name to path of everything outside the database; the secret key may live in the environment instead."""
    key = {KEY: home / KEY} if (home / KEY).exists() else {}
    files = sorted(path for path in media.rglob("*") if path.is_file())
    return key | {path.relative_to(media.parent).as_posix(): path for path in files}


def _add_manifest(tar: tarfile.TarFile, sums: dict[str, str]) -> None:
    manifest = {
        "format": FORMAT,
        "essaim": version("essaim"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": sums,
    }
    content = json.dumps(manifest, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _unpack(file: Path, folder: Path, on_progress: OnProgress) -> None:
    """Every file the manifest names, and no other, each equal to its checksum."""
    try:
        with tarfile.open(file) as tar:
            sums = _manifest(tar, file)
            for number, (name, checksum) in enumerate(sums.items(), 1):
                path = _inside(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                _extract(tar, name, path)
                if _checksum(path) != checksum:
                    raise _damaged(file, f"{name} is not what was saved")
                on_progress(number, len(sums))
    except tarfile.TarError as error:
        raise _damaged(file, str(error)) from error


def _manifest(tar: tarfile.TarFile, file: Path) -> dict[str, str]:
    try:
        content = tar.extractfile(MANIFEST)
    except KeyError:
        raise _damaged(file, "it has no manifest, so it is cut short or not a backup") from None
    assert content is not None
    manifest = json.load(content)
    if manifest["format"] > FORMAT:
        raise Obstacle(
            f"{file} was written by a newer Essaim ({manifest['essaim']}).", "Upgrade Essaim, then restore."
        )
    return dict(manifest["sha256"])


def _inside(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        raise Obstacle(f"The backup names a file outside the house: {name}.", "Do not restore this file.")
    return folder / parts


def _extract(tar: tarfile.TarFile, name: str, path: Path) -> None:
    try:
        source = tar.extractfile(name)
    except KeyError:
        source = None
    if source is None:
        raise tarfile.TarError(f"{name} is missing")
    with source, path.open("wb") as target:
        shutil.copyfileobj(source, target)


def _put_files(folder: Path, home: Path) -> None:
    """Media and key by renaming; what stood there is removed last."""
    old = home / f"{MEDIA}.before"
    shutil.rmtree(old, ignore_errors=True)
    if (home / MEDIA).exists():
        (home / MEDIA).rename(old)
    if (folder / MEDIA).exists():
        (folder / MEDIA).rename(home / MEDIA)
    if (folder / KEY).exists():
        (folder / KEY).chmod(0o600)
        (folder / KEY).replace(home / KEY)
    shutil.rmtree(old, ignore_errors=True)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(file: Path, why: str) -> Obstacle:
    return Obstacle(f"{file} is damaged: {why}. Nothing was changed.", "Use another backup.")


@contextlib.contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """A file beside `file`, readable by its owner only, that takes its name when all went well."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=draft_prefix(file))
    os.close(descriptor)
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)

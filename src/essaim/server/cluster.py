"""A PostgreSQL data folder inside the house's home: made once, guarded, handed to the account that runs it."""

from __future__ import annotations

import hashlib
import locale
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from essaim.server.accounts import Account, account_for, is_running
from essaim.server.binaries import Binaries, find_binaries, system_binaries
from essaim.server.obstacles import Obstacle

ROLE = "essaim"
PORT = 5432
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True)
class Postmaster:
    """What a running server wrote in `postmaster.pid`; it names its socket a moment after its number."""

    pid: int
    socket_folder: Path | None


class Cluster:
    """`home/postgres` and everything PostgreSQL needs to run on it."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.folder = self.home / "postgres"
        self.log = self.home / "postgres.log"
        self.account: Account | None = account_for(self.folder)
        self._binaries: Binaries | None = None

    @property
    def binaries(self) -> Binaries:
        if self._binaries is None:
            self._binaries = find_binaries().usable_by(self.account)
        return self._binaries

    @property
    def exists(self) -> bool:
        return (self.folder / "PG_VERSION").exists()

    @property
    def socket_folder(self) -> Path:
        """Short, because a socket's path may not pass 107 bytes, and the same for every start of this home."""
        name = "essaim-" + hashlib.sha256(f"{os.geteuid()}:{self.home}".encode()).hexdigest()[:12]
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        for root in (runtime, tempfile.gettempdir(), "/tmp"):
            folder = Path(root) / name
            fits = len(os.fsencode(folder / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH
            if root and fits and os.access(root, os.W_OK) and self._may_reach(folder):
                return folder
        raise Obstacle(
            "No folder short enough for PostgreSQL's socket was found.",
            "Set TMPDIR to a folder whose path is short and which every account may enter, such as /tmp.",
        )

    def create(self, *, durable: bool) -> None:
        """Make the data folder beside its place, then put it there: a start cut short leaves no half of one."""
        self.home.mkdir(parents=True, exist_ok=True)
        draft = self.home / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._own(draft)
        options = ["--username", ROLE, "--auth", "trust", "--encoding", "UTF8", *_locales()]
        if not durable:
            options.append("--no-sync")
        with self.handed_over(draft) as (path, descriptors):
            made = subprocess.run(
                [self.binaries / "initdb", "--pgdata", path, *options],
                cwd="/",
                env=server_environment(),
                capture_output=True,
                text=True,
                pass_fds=descriptors,
                **(self.account.popen_options() if self.account else {}),
            )
        if made.returncode:
            raise Obstacle(
                f"PostgreSQL could not prepare {self.folder}:\n{made.stdout}{made.stderr}",
                "The message above says why; free disk space and the rights of the folder are the usual causes.",
            )
        draft.rename(self.folder)

    def check_version(self) -> None:
        made_by = int((self.folder / "PG_VERSION").read_text())
        if made_by != self.binaries.major:
            raise self._other_version(made_by)

    def _other_version(self, made_by: int) -> Obstacle:
        installed = next((b.folder for b in system_binaries() if b.major == made_by), None)
        old = installed or f"<folder of PostgreSQL {made_by}'s programs>"
        return Obstacle(
            f"The data in {self.folder} belongs to PostgreSQL {made_by}; "
            f"the programs found in {self.binaries.folder} are of version {self.binaries.major}.",
            "Carry the house over with a backup:\n"
            f"  ESSAIM_PG_BIN={old} essaim backup house.tar\n"
            f"  mv {self.folder} {self.folder}-{made_by}\n"
            "  essaim restore house.tar\n"
            f"or keep version {made_by}: ESSAIM_PG_BIN={old}",
        )

    def guard(self) -> Path:
        """Make the socket's folder and say who may connect: only the account we run as. Returns the folder.

        As root the server runs under another account, so the folder is open and the kernel's word on the
        peer decides; otherwise nobody else can enter the folder.
        """
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        self._refuse_stranger(folder)
        self._own(folder)
        folder.chmod(0o755 if self.account else 0o700)
        for left in folder.glob(".s.PGSQL.*"):  # by a server killed and never waited for; no other uses the folder
            left.unlink()
        method = "peer map=house" if self.account else "trust"
        self._write("pg_hba.conf", f"local all all {method}\n")
        self._write("pg_ident.conf", f"house {pwd.getpwuid(os.geteuid()).pw_name} {ROLE}\n" if self.account else "")
        return folder

    def _refuse_stranger(self, folder: Path) -> None:
        ours = {os.geteuid(), self.account.uid if self.account else os.geteuid()}
        if folder.is_symlink() or folder.lstat().st_uid not in ours:
            raise Obstacle(
                f"{folder} belongs to somebody else, so a stranger could listen in.",
                f"Remove it, or set TMPDIR to a folder of your own: rm -r {folder}",
            )

    @contextmanager
    def handed_over(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """A path under which the account reaches `folder`, and the descriptors to pass on.

        Below a closed folder such as /root the account cannot walk down the path. It is given the folder
        itself, opened by us, so nothing is moved and no right of a parent folder is changed.
        """
        if self._may_reach(folder):
            yield str(folder), ()
            return
        if sys.platform != "linux":
            raise Obstacle(
                f"The account that runs PostgreSQL cannot enter {folder.parent}.",
                "Set ESSAIM_HOME to a folder that every account may enter, such as /var/lib/essaim.",
            )
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)

    def postmaster(self) -> Postmaster | None:
        """The server running on this folder now, if any. A stale `postmaster.pid` is removed."""
        path = self.folder / "postmaster.pid"
        try:
            lines = path.read_text().splitlines()
        except FileNotFoundError:
            return None
        pid = int(lines[0]) if lines else 0
        if pid and is_running(pid) and self._works_here(pid):
            return Postmaster(pid, Path(lines[4]) if len(lines) > 4 and lines[4] else None)
        path.unlink(missing_ok=True)
        return None

    def _works_here(self, pid: int) -> bool:
        """Is process `pid` our server? After a restart of the machine its number may be anybody's."""
        try:
            return Path(f"/proc/{pid}/cwd").samefile(self.folder)
        except FileNotFoundError:
            return not Path("/proc/self").exists()  # no /proc on this system: believe the file
        except PermissionError:
            return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"

    def _may_reach(self, folder: Path) -> bool:
        return self.account is None or self.account.may_reach(folder)

    def _own(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        self._own(path)


def server_environment() -> dict[str, str]:
    """A plain environment: PGPORT or PGDATA of the caller must not bend the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC", "LC_ALL": "C"}


def _locales() -> list[str]:
    """Sort by bytes, the same on every machine; lower case for every letter where the system can."""
    for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
        try:
            kept = locale.setlocale(locale.LC_CTYPE)
            locale.setlocale(locale.LC_CTYPE, name)
            locale.setlocale(locale.LC_CTYPE, kept)
        except locale.Error:
            continue
        return ["--locale=C", f"--lc-ctype={name}"]
    return ["--locale=C"]

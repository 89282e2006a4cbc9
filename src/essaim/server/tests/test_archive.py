from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
import tarfile

import psycopg
import pytest

from essaim.server import archive
from essaim.server.binaries import find_binaries, system_binaries
from essaim.server.leftovers import clear
from essaim.server.obstacles import Obstacle
from essaim.server.postgres import DISPOSABLE, Postgres

pytestmark = pytest.mark.slow  # each starts a server of its own


@pytest.fixture
def url(home):
    with Postgres(home, DISPOSABLE).running() as address:
        yield address


def settle(url, home, name="Ada"):
    """A house with one member, one picture and a key."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("CREATE TABLE IF NOT EXISTS people_member (name text)")
        connection.execute("INSERT INTO people_member VALUES (%s)", [name])
    (home / "media" / "avatars").mkdir(parents=True, exist_ok=True)
    (home / "media" / "avatars" / "ada.png").write_bytes(name.encode())
    (home / "secret-key").write_text(f"key of {name}")


def names(url):
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM people_member")]


def save(file, home, url):
    told = []
    archive.save(file, home=home, url=url, on_progress=lambda done, total: told.append((done, total)))
    return told


def restore(file, home, url, *, force=False):
    archive.restore(file, home=home, url=url, force=force, on_progress=lambda done, total: None)


def rewritten(file, target, change):
    """A copy of the tar whose members are changed: `change(name, content)` gives the new content, None to drop."""
    with tarfile.open(file) as source, tarfile.open(target, "w") as copy:
        for entry in source:
            content = change(entry.name, source.extractfile(entry).read())
            if content is not None:
                entry.size = len(content)
                copy.addfile(entry, io.BytesIO(content))
    return target


def test_a_house_comes_back_whole(tmp_path, home, url):
    settle(url, home)
    assert save(tmp_path / "house.tar", home, url) == [(1, 3), (2, 3), (3, 3)]
    with Postgres(tmp_path / "other", DISPOSABLE).running() as elsewhere:
        restore(tmp_path / "house.tar", tmp_path / "other", elsewhere)
        assert names(elsewhere) == ["Ada"]
    assert (tmp_path / "other" / "media" / "avatars" / "ada.png").read_bytes() == b"Ada"
    assert (tmp_path / "other" / "secret-key").read_text() == "key of Ada"
    assert stat.S_IMODE((tmp_path / "other" / "secret-key").stat().st_mode) == 0o600


def test_a_picture_removed_or_sent_while_the_database_is_saved_is_in_the_backup(tmp_path, home, url, monkeypatch):
    settle(url, home)
    dump, avatars = archive.database.dump, home / "media" / "avatars"

    def busy(*given):
        dump(*given)
        (avatars / "ada.png").unlink()
        (avatars / "bob.png").write_bytes(b"Bob")

    monkeypatch.setattr(archive.database, "dump", busy)
    save(tmp_path / "house.tar", home, url)
    with tarfile.open(tmp_path / "house.tar") as tar:
        assert {"media/avatars/ada.png", "media/avatars/bob.png"} < set(tar.getnames())
    assert [path.name for path in avatars.iterdir()] == ["bob.png"]
    assert not list(home.glob("backup-*"))


SLOW = """
import sys, time
from pathlib import Path
from essaim.server import archive
def dump(url, path):
    path.write_text("half")
    print("dumping", flush=True)
    time.sleep(600)
archive.database.dump = dump
archive.save(Path(sys.argv[1]), home=Path(sys.argv[2]), url="", on_progress=print)
"""


def left_by_a_backup(tmp_path, home):
    return sorted(path.name[:7] for path in (*tmp_path.glob(".house*"), *home.glob("backup-*")))


def test_what_a_killed_backup_left_is_cleared_what_one_under_way_has_in_hand_is_not(tmp_path, home):
    picture = home / "media" / "ada.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"Ada")
    with subprocess.Popen([sys.executable, "-c", SLOW, tmp_path / "house.tar", home], stdout=subprocess.PIPE) as busy:
        assert busy.stdout.readline() == b"dumping\n"
        clear(home, tmp_path / "house.tar")
        assert left_by_a_backup(tmp_path, home) == [".house.", ".house.", "backup-"]
        assert picture.stat().st_nlink == 2
        busy.kill()
    clear(home, tmp_path / "house.tar")
    assert left_by_a_backup(tmp_path, home) == []
    assert (picture.stat().st_nlink, picture.read_bytes()) == (1, b"Ada")


def other_versions():
    ours = find_binaries().major
    return {each.major: each.folder for each in system_binaries() if each.major >= 15 and each.major != ours}


@pytest.mark.skipif(not other_versions(), reason="the system has no PostgreSQL of another version")
def test_a_house_moves_to_another_major_version_and_back(tmp_path, home, url, monkeypatch):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    (major, folder), *_ = other_versions().items()
    with monkeypatch.context() as patch:
        patch.setenv("ESSAIM_PG_BIN", str(folder))
        older = Postgres(tmp_path / "older", DISPOSABLE)
        elsewhere = older.ensure()
        assert older.cluster.binaries.major == major
    restore(tmp_path / "house.tar", tmp_path / "older", elsewhere)  # with the programs of the house's version
    assert names(elsewhere) == ["Ada"]
    with monkeypatch.context() as patch:
        patch.setenv("ESSAIM_PG_BIN", str(folder))
        save(tmp_path / "back.tar", tmp_path / "older", elsewhere)
    older.stop()
    restore(tmp_path / "back.tar", home, url, force=True)
    assert names(url) == ["Ada"]


def test_a_backup_is_for_its_owner_only_and_leaves_no_draft(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "kept" / "house.tar", home, url)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["house.tar"]
    assert stat.S_IMODE((tmp_path / "kept" / "house.tar").stat().st_mode) == 0o600


def test_a_failed_backup_leaves_the_last_one(tmp_path, home, url):
    (tmp_path / "house.tar").write_text("the last one")
    with pytest.raises(Obstacle, match="pg_dump failed"):
        save(tmp_path / "house.tar", home, url.replace("/essaim?", "/nothing?"))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["house.tar"]
    assert (tmp_path / "house.tar").read_text() == "the last one"


def test_a_house_with_members_is_not_replaced_unasked(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    with pytest.raises(Obstacle, match="--force"):
        restore(tmp_path / "house.tar", home, url)


def test_force_replaces_the_house(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    settle(url, home, "Grace")
    (home / "media" / "grace.png").write_text("later")
    restore(tmp_path / "house.tar", home, url, force=True)
    assert names(url) == ["Ada"]
    assert (home / "secret-key").read_text() == "key of Ada"
    assert sorted(path.name for path in (home / "media").rglob("*.png")) == ["ada.png"]
    assert not (home / "media.before").exists()


def test_an_open_house_is_not_replaced(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    with psycopg.connect(url), pytest.raises(Obstacle, match="Stop essaim serve"):
        restore(tmp_path / "house.tar", home, url, force=True)
    assert names(url) == ["Ada"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda name, content: b"!" + content[1:] if name.endswith(".png") else content, "is not what was saved"),
        (lambda name, content: None if name.endswith(".png") else content, "is missing"),
        (lambda name, content: None if name == "manifest.json" else content, "no manifest"),
    ],
)
def test_a_damaged_backup_changes_nothing(tmp_path, home, url, change, told):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    damaged = rewritten(tmp_path / "house.tar", tmp_path / "damaged.tar", change)
    with pytest.raises(Obstacle, match=told):
        restore(damaged, home, url, force=True)
    assert names(url) == ["Ada"]
    assert (home / "media" / "avatars" / "ada.png").read_bytes() == b"Ada"


def test_a_backup_cut_short_changes_nothing(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    whole = (tmp_path / "house.tar").read_bytes()
    (tmp_path / "house.tar").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Obstacle, match="damaged"):
        restore(tmp_path / "house.tar", home, url, force=True)
    assert names(url) == ["Ada"]


def test_a_dump_that_does_not_restore_changes_nothing(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    garbage = b"PGDMP but no more"

    def change(name, content):
        if name == "database.dump":
            return garbage
        if name == "manifest.json":
            manifest = json.loads(content)
            manifest["sha256"]["database.dump"] = archive.hashlib.sha256(garbage).hexdigest()
            return json.dumps(manifest).encode()
        return content

    broken = rewritten(tmp_path / "house.tar", tmp_path / "broken.tar", change)
    with pytest.raises(Obstacle, match="The restore failed"):
        restore(broken, home, url, force=True)
    assert names(url) == ["Ada"]


def test_a_backup_of_a_newer_essaim_asks_for_an_upgrade(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    newer = json.dumps({"format": 99, "essaim": "9.0", "sha256": {}}).encode()
    later = rewritten(
        tmp_path / "house.tar", tmp_path / "later.tar", lambda name, was: newer if name == "manifest.json" else was
    )
    with pytest.raises(Obstacle, match="Upgrade Essaim"):
        restore(later, home, url, force=True)


def test_a_backup_that_names_files_outside_the_house_is_refused(tmp_path, home, url):
    settle(url, home)
    save(tmp_path / "house.tar", home, url)
    outside = json.dumps({"format": 1, "essaim": "1", "sha256": {"../outside": "x"}}).encode()
    evil = rewritten(
        tmp_path / "house.tar", tmp_path / "evil.tar", lambda name, was: outside if name == "manifest.json" else was
    )
    with pytest.raises(Obstacle, match="outside the house"):
        restore(evil, home, url, force=True)
    assert not (home.parent / "outside").exists()

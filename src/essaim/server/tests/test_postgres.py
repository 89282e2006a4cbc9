from __future__ import annotations

import multiprocessing
import os
import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from essaim.server.cluster import LONGEST_SOCKET_PATH, Cluster
from essaim.server.obstacles import Obstacle
from essaim.server.postgres import DISPOSABLE, Postgres


@pytest.fixture
def postgres(home):
    server = Postgres(home, DISPOSABLE)
    yield server
    server.stop()


def test_it_listens_on_a_socket_only(postgres):
    with postgres.running() as url, psycopg.connect(url) as connection:
        (addresses,) = connection.execute("SHOW listen_addresses").fetchone()
        assert addresses == ""
        assert connection.info.dbname == "essaim"


def test_the_house_needs_nothing_the_server_lacks(postgres):
    with postgres.running() as url, psycopg.connect(url) as connection:
        for extension in ("pg_trgm", "unaccent", "btree_gist", "citext"):
            connection.execute(f"CREATE EXTENSION {extension}")
        row = connection.execute("SELECT lower('ÉTÉ À NOËL'), unaccent('été'), 'zoe' < 'été' COLLATE \"default\"")
        assert row.fetchone() == ("été à noël", "ete", True)


def test_what_was_written_is_there_at_the_next_start(home):
    with Postgres(home).running() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    with Postgres(home).running() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_second_one_attaches_and_leaves_the_server_to_the_first(postgres, home):
    with postgres.running() as url:
        other = Postgres(home)
        with other.running() as same:
            assert same == url
            assert other.process is None
            assert other.alive()
        assert postgres.alive()
    assert not other.alive()


def test_attaching_does_not_depend_on_the_callers_environment(postgres, home, monkeypatch, tmp_path):
    with postgres.running() as url:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        monkeypatch.setenv("PGPORT", "1")
        monkeypatch.setenv("PGHOST", "nowhere.invalid")
        with Postgres(home).running() as same:
            assert same == url


def test_a_stale_pid_file_of_a_process_that_is_not_ours_is_no_server(home):
    with Postgres(home, DISPOSABLE).running():
        lines = (home / "postgres" / "postmaster.pid").read_text().splitlines()
    (home / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with Postgres(home, DISPOSABLE).running() as url:
        psycopg.connect(url).close()


def test_a_first_start_cut_short_is_begun_again(home):
    (home / "postgres.new").mkdir(parents=True)
    (home / "postgres.new" / "half").write_text("of an initdb")
    with Postgres(home, DISPOSABLE).running() as url:
        psycopg.connect(url).close()
    assert not (home / "postgres.new").exists()


def test_data_of_another_major_version_is_refused_with_the_way_out(home):
    with Postgres(home, DISPOSABLE).running():
        pass
    (home / "postgres" / "PG_VERSION").write_text("14\n")
    with pytest.raises(Obstacle) as refused:
        Postgres(home).ensure()
    assert "belongs to PostgreSQL 14" in refused.value.cause
    assert "essaim backup" in refused.value.remedy
    assert "essaim restore" in refused.value.remedy


def test_a_server_that_cannot_start_tells_its_last_words(home):
    with pytest.raises(Obstacle, match="no_such_setting"):
        Postgres(home, {**DISPOSABLE, "no_such_setting": "1"}).ensure()


def test_the_sockets_path_fits_however_long_the_home(tmp_path):
    cluster = Cluster(tmp_path.joinpath(*["a-rather-long-folder-name"] * 8))
    assert len(str(cluster.socket_folder / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH


def test_a_socket_folder_of_a_stranger_is_refused(home, monkeypatch, tmp_path):
    cluster = Cluster(home)
    home.mkdir()
    folder = tmp_path / "socket"
    folder.symlink_to(tmp_path)
    monkeypatch.setattr(Cluster, "socket_folder", folder)
    with pytest.raises(Obstacle, match="belongs to somebody else"):
        cluster.guard()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
class TestAsRoot:
    def test_the_server_runs_under_another_account_and_trusts_root_alone(self, postgres, home):
        with postgres.running() as url:
            assert (home / "postgres").stat().st_uid == postgres.cluster.account.uid != 0
            assert stat.S_IMODE((home / "postgres").stat().st_mode) == 0o700
            assert in_another_account(65534, connects, url) == "refused"
            assert connects(url) == "connected"

    def test_the_rights_of_the_folders_above_stay_as_they_were(self, postgres, tmp_path):
        tmp_path.chmod(0o700)
        with postgres.running():
            assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700

    def test_an_ordinary_account_runs_its_own(self, tmp_path, monkeypatch):
        """Nothing but the account differs: no peer map, a socket folder nobody else may enter."""
        monkeypatch.setenv("ESSAIM_PG_BIN", str(Cluster(tmp_path / "root's").binaries.folder))
        monkeypatch.setenv("TMPDIR", "/tmp")
        monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
        house = Path("/tmp") / f"essaim-test-{os.getpid()}"
        house.mkdir()
        try:
            os.chown(house, 65534, 65534)
            assert in_another_account(65534, runs, str(house)) == "drwx------"
        finally:
            shutil.rmtree(house)


def connects(url: str) -> str:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return "refused"
    return "connected"


def runs(house: str) -> str:
    """Start, write, stop; the rights of the socket's folder."""
    server = Postgres(house, DISPOSABLE)
    with server.running() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE written ()")
        return stat.filemode(server.socket_folder.stat().st_mode)


def in_another_account(uid: int, function, argument):
    """The result of `function(argument)` in a child process that has become `uid`."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def become_and_call():
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
        sending.send(function(argument))

    child = context.Process(target=become_and_call)
    child.start()
    child.join(60)
    assert child.exitcode == 0
    return receiving.recv()

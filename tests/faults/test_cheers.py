"""An evening of cheers, and everything fails: what was acknowledged is there once, the count is exact.

Short in `make test`; `make faults` runs it in full.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.callers import readers
from benchmarks.cheers import gather
from essaim.server.cluster import Cluster
from essaim.server.postgres import Postgres
from tests.faults.conftest import Open, environment, eventually, kill, survivors
from tests.faults.fans import ask, request
from tests.faults.stadium import SUPPORTERS, Stadium, opened
from tests.faults.test_kills import children

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

FULL = os.environ.get("ESSAIM_FAULTS") == "full"
FANS = 40_000 if FULL else 1_000
CAMPAIGNS = 10
TAKEN = {"accepted", "changed", "duplicate"}


@pytest.fixture(scope="module", autouse=True)
def alone() -> Iterator[None]:
    """Commands started here know nothing of the test run's own database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("PYTHONWARNINGS", "ignore")
        yield


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A closed house with its fans and campaigns, to be copied."""
    home = tmp_path_factory.mktemp("gathered") / "house"
    return home, gather(home, FANS, CAMPAIGNS)


def copied(home: Path, folder: Path) -> Path:
    subprocess.run(["cp", "-a", home, folder], check=True)
    return folder / home.name


@pytest.fixture(scope="module")
def stadium(gathered: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stadium]:
    folder, crowd = tmp_path_factory.mktemp("stadium"), gathered[1]
    with opened(copied(gathered[0], folder)) as house:
        yield Stadium(house, crowd["sessions"], iter(crowd["rounds"]))
    eventually(lambda: survivors(folder / "house") == [], 60, lambda: survivors(folder / "house"))


def supporter(session: str) -> str:
    return f"member:{int(session)}"


def postgres(house: Open) -> list[int]:
    found = Cluster(house.home).postmaster()
    return [found.pid] if found else []


def web(house: Open) -> list[int]:
    """The processes that answer: the children of the one that keeps them."""
    [keeper] = [pid for pid, command in children(house.process.pid) if "essaim.server.web" in command]
    return [pid for pid, _command in children(keeper)]


def web_and_its_keeper(house: Open) -> list[int]:
    return [pid for pid, command in children(house.process.pid) if "essaim.server.web" in command]


def worker(house: Open) -> list[int]:
    return [pid for pid, command in children(house.process.pid) if "essaim.cli worker" in command]


@pytest.mark.parametrize("victims", [postgres, web, web_and_its_keeper, worker])
def test_an_acknowledged_cheer_is_there_once_whatever_is_killed(
    stadium: Stadium, victims: Callable[[Open], list[int]]
) -> None:
    campaign = next(stadium.campaigns)
    with stadium.crowd(campaign) as told:
        eventually(lambda: taken(told()) > FANS // 10, 60, told)
        for pid in victims(stadium.house):
            kill(pid)
        before = taken(told())
        eventually(lambda: taken(told()) > before + FANS // 10, 120, lambda: Counter(told().values()))
    last = told()
    rows = stadium.rows(campaign)
    acknowledged = {supporter(session) for session, outcome in last.items() if outcome in TAKEN}
    assert acknowledged <= rows.keys()
    assert set(rows.values()) == {1}
    assert set(last.values()) <= {"accepted", "duplicate", "failed", "busy", "not-written"}
    stadium.exact(campaign)


def taken(told: dict[str, str]) -> int:
    return sum(outcome in TAKEN for outcome in told.values())


def test_the_same_cheer_again_and_again_counts_once(stadium: Stadium) -> None:
    campaign, session = next(stadium.campaigns), stadium.sessions[0]
    written = request(stadium.url, session, campaign["round"], campaign["camps"][0])

    async def repeat(times: int) -> list[tuple[int, dict[str, object]]]:
        return [await ask(stadium.url, written) for _ in range(times)]

    async def together() -> list[tuple[int, dict[str, object]]]:
        return [
            answer for part in await asyncio.gather(*(repeat(REPEATS // 20) for _ in range(20))) for answer in part
        ]

    answers = Counter((status, told["outcome"]) for status, told in asyncio.run(together()))
    assert answers == {(200, "accepted"): 1, (200, "duplicate"): REPEATS - 1}
    assert stadium.rows(campaign) == {supporter(session): 1}
    stadium.exact(campaign)


REPEATS = 10_000 if FULL else 400


def test_whatever_is_sent_is_answered_and_nothing_breaks(stadium: Stadium) -> None:
    campaign, chance = next(stadium.campaigns), random.Random(2016)
    before = len(stadium.house.log.read_text())

    async def throw(times: int) -> Counter[int]:
        seen: Counter[int] = Counter()
        for _ in range(times):
            status, _told = await ask(stadium.url, malformed(stadium, campaign, chance))
            seen[status] += 1
        return seen

    seen = asyncio.run(throw(20_000 if FULL else 400))
    assert set(seen) <= {200, 400, 401, 403, 404, 405, 409, 413, 422}, seen
    assert seen[400] > 0
    assert stadium.one(stadium.sessions[1], campaign)[0] == 200
    assert "Traceback" not in stadium.house.log.read_text()[before:]
    stadium.exact(campaign)


def malformed(stadium: Stadium, campaign: dict[str, Any], chance: random.Random) -> bytes:
    """A request like a good one, with something wrong in its body, its cookie, its origin or its method."""
    good = {"round": campaign["round"], "camp": campaign["camps"][0], "words": "Allez"}
    anything = [None, True, -1, 0, 2**63, 1.5, "1", [], {}, "x" * chance.randrange(300), "\x00", "\ud83d"]
    bodies = [
        json.dumps({**good, chance.choice([*good]): chance.choice(anything)}).encode(),
        chance.randbytes(chance.randrange(200)),
        json.dumps(good).encode()[: chance.randrange(40)],
        b"[" * chance.randrange(2_500),
        json.dumps(good).encode(),
    ]
    body = chance.choice(bodies)
    session = chance.choice([stadium.sessions[2], "x" * 32, "", '"; sessionid=', "%00"])
    method = chance.choice(["POST", "POST", "POST", "PUT", "DELETE", "GET"])
    origin = chance.choice([stadium.url, stadium.url, "null", "http://elsewhere.example"])
    head = (
        f"{method} /cheer/live/cheers HTTP/1.1\r\nHost: 127.0.0.1:{stadium.house.port}\r\nOrigin: {origin}\r\n"
        f"Cookie: sessionid={session}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def test_those_who_watch_and_leave_leave_nothing_behind(stadium: Stadium) -> None:
    campaign = next(stadium.campaigns)
    path = f"/cheer/live/{campaign['campaign']}/tally"

    async def come_and_go(many: int) -> None:
        crowd = await readers(stadium.url, path, many)
        for _ in range(1_200):
            if all(each.totals for each in crowd):
                break
            await asyncio.sleep(0.05)
        assert all(each.totals == [0] for each in crowd)
        for each in crowd:
            each.transport.abort()

    asyncio.run(come_and_go(20))
    before = files_open(stadium.house)
    for _ in range(4 if FULL else 1):
        asyncio.run(come_and_go(2_500 if FULL else 1_200))
    eventually(lambda: files_open(stadium.house) <= before + 8, 60, lambda: files_open(stadium.house))


def files_open(house: Open) -> int:
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in web(house))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=320m", "tmpfs", place], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    place.chmod(0o755)
    yield place
    for _ in range(50):
        if subprocess.run(["umount", place], check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.2)


def test_a_full_disk_is_told_and_the_house_goes_on_once_there_is_room(
    small_disk: Path, gathered: tuple[Path, dict[str, Any]]
) -> None:
    campaign, sessions = gathered[1]["rounds"][0], gathered[1]["sessions"]
    with opened(copied(gathered[0], small_disk)) as house:
        stadium = Stadium(house, sessions, iter([]))
        given = cheered(stadium, campaign, sessions[:20])
        ballast = small_disk / "ballast"
        fill(ballast)
        # PostgreSQL keeps files of its log ahead: as long as there are some, a full disk is nothing to it.
        use_up_the_log(house)
        # What is written before the log runs out is written; then the house says so, and takes nothing.
        refused = until_refused(stadium, campaign, sessions[20:], given)
        ballast.unlink()
        eventually(lambda: can_cheer(stadium, refused, campaign), 60, house.log.read_text)
        given |= cheered(stadium, campaign, sessions[-5:]) | {supporter(refused)}
        assert given <= stadium.rows(campaign).keys()
        assert set(stadium.rows(campaign).values()) == {1}
        stadium.exact(campaign)


def fill(ballast: Path) -> None:
    """Take all the room there is."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4_096)
        except OSError:
            return


def use_up_the_log(house: Open) -> None:
    """Write until nothing more can be written."""
    try:
        with psycopg.connect(house.url(), autocommit=True) as connection:
            while True:
                connection.execute("SELECT pg_logical_emit_message(true, 'ballast', repeat('x', 100000))")
    except psycopg.Error:
        return


def cheered(stadium: Stadium, campaign: dict[str, Any], sessions: list[str]) -> set[str]:
    assert {stadium.one(each, campaign)[0] for each in sessions} == {200}
    return {supporter(each) for each in sessions}


def until_refused(stadium: Stadium, campaign: dict[str, Any], sessions: list[str], given: set[str]) -> str:
    """The first who is told that nothing can be written now; those before him are given."""
    for session in sessions:
        try:
            status, told = stadium.one(session, campaign)
        except (OSError, IndexError):
            return session
        if status == 503:
            assert told["outcome"] in {"not-written", "busy"}
            return session
        assert status == 200
        given.add(supporter(session))
    raise AssertionError("the log never ran out of room")


def can_cheer(stadium: Stadium, session: str, campaign: dict[str, Any]) -> bool:
    try:
        return stadium.one(session, campaign)[0] == 200
    except (OSError, IndexError):
        return False


def test_a_crowd_can_be_called_to_the_demo_house(stadium: Stadium) -> None:
    """`essaim cheer-crowd` at the real door; refused where it would put made-up fans in a real house."""
    campaign = next(stadium.campaigns)
    words = ["cheer-crowd", campaign["slug"], "--rate", "40", "--minutes", "0.05", "--url", stadium.url]
    command, variables = [sys.executable, "-m", "essaim.cli", *words], environment(stadium.house.home)
    refused = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert (refused.returncode, "is no demo house" in refused.stderr) == (1, True)
    (stadium.house.home / "demo-built").touch()
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    fans = len(stadium.rows(campaign))
    assert f"Over: {fans} accepted" in done.stderr
    assert fans >= 60
    stadium.exact(campaign)


@pytest.mark.browser
def test_two_browsers_follow_the_count_of_the_real_stream(stadium: Stadium, browser: Browser) -> None:
    """One cheers through the burst intake, the other sees the count move by the stream, without asking again."""
    campaign = next(stadium.campaigns)
    pages = [window(browser, stadium, session) for session in stadium.sessions[:2]]
    asked: list[str] = []
    pages[1].on("request", lambda request: asked.append(urlsplit(request.url).path))
    for page in pages:
        page.goto(f"/cheer/{campaign['slug']}/")
        expect(page.locator("[data-total]")).to_have_text("0")
    pages[0].locator("[name=camp]").first.check(force=True)
    with pages[0].expect_response("**/cheer/live/cheers") as answer:
        pages[0].locator("[data-cheer-form] button").click()
    assert answer.value.json()["outcome"] == "accepted"
    for page in pages:
        expect(page.locator("[data-total]")).to_have_text("1", timeout=20_000)
    assert [path for path in asked if path.endswith("tally.json")] == []
    assert sum(path.endswith("/tally") for path in asked) == 1
    for page in pages:
        page.context.close()


def window(browser: Browser, stadium: Stadium, session: str) -> Page:
    """A browser in which a fan is signed in."""
    context = browser.new_context(base_url=stadium.url, locale="en")
    context.add_cookies([{"name": "sessionid", "value": session, "url": stadium.url}])
    return context.new_page()


def test_the_house_of_the_last_test_is_closed(stadium: Stadium) -> None:
    """A clean stop under load answers everybody: nobody is left without a word, but for who came after."""
    campaign = next(stadium.campaigns)
    with stadium.crowd(campaign) as told:
        eventually(lambda: taken(told()) > FANS // 10, 60, told)
        stadium.house.process.terminate()
        stadium.house.process.wait(60)
    acknowledged = {supporter(session) for session, outcome in told().items() if outcome in TAKEN}
    with Postgres(stadium.house.home).running() as url, psycopg.connect(url) as connection:
        rows = Counter(each for (each,) in connection.execute(SUPPORTERS, [campaign["round"]]).fetchall())
    assert acknowledged <= rows.keys()
    assert len(rows) - len(acknowledged) <= 16, "whose answer was on its way when the house closed"

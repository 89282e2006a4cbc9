"""Chat logs read, and who answers whom beside links made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from essaim.connectors.irc.read import NO_LINE, day_of, lines, read
from essaim.connectors.irc.sources import read_file
from essaim.listening import replies
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Source
from essaim.listening.post import Post, Refused, Tie
from essaim.listening.replies import Line
from essaim.listening.tests.samples import needs, sample

DAY = datetime(2026, 3, 1)
CHATS = "open/irc_disentanglement"
LOG = """=== ada has joined #bread
[23:58] <ada> how long does a sourdough rest?
[23:59] <@bob> ada: a night at least
[00:01] <ada> bob: in the fridge?
[00:02] * cleo waves
not a line
[25:00] <dan> never
2026-03-05T10:00:01 <bob> later
"""


def test_lines_bear_their_day_and_what_cannot_be_read_is_told() -> None:
    found = dict(lines(LOG, name="log", day=DAY, zone=ZoneInfo("Europe/Paris")))
    assert found[1] == Line(datetime(2026, 3, 1, 22, 58, tzinfo=UTC), "ada", "how long does a sourdough rest?")
    assert found[2].author == "bob"  # type: ignore[union-attr]
    assert found[3].at == datetime(2026, 3, 1, 23, 1, tzinfo=UTC)  # type: ignore[union-attr]
    assert found[4] == Line(datetime(2026, 3, 1, 23, 2, tzinfo=UTC), "cleo", "waves")
    assert found[5] == Refused("log:6", NO_LINE)
    assert found[6] == Refused("log:7", NO_LINE)
    assert found[7].at == datetime(2026, 3, 5, 9, 0, 1, tzinfo=UTC)  # type: ignore[union-attr]
    assert 0 not in found


def test_an_answer_is_a_reply_to_whom_it_names() -> None:
    posts = {
        one.external_id.rsplit("/")[-1]: one
        for one in read(LOG, name="log", channel="bread", day=DAY, zone=ZoneInfo("UTC"))
        if isinstance(one, Post)
    }
    assert (posts["1"].tie, posts["1"].parent) == (Tie.POST, "")
    assert (posts["2"].tie, posts["2"].parent, posts["2"].names) == (Tie.REPLY, "bread/log/1", ("ada@bread",))
    assert (posts["3"].parent, posts["3"].author.handle) == ("bread/log/2", "ada@bread")


def test_the_name_of_a_log_tells_its_day(tmp_path: Path) -> None:
    assert day_of("2016-12-19_20.raw.txt") == datetime(2016, 12, 19)
    assert day_of("9999-99-99.txt") is None
    (tmp_path / "2026-03-01.log").write_text("12:00 <ada> hello\n")
    (tmp_path / "2026-03-01.tok.txt").write_text("<s> hello </s>\n")
    (post,) = read_file(tmp_path, "bread", zone="Europe/Paris")
    assert post.published == datetime(2026, 3, 1, 11, tzinfo=UTC)  # type: ignore[union-attr]


@needs(CHATS)
def test_the_sample_comes_in_whole_and_once_with_its_replies(db: None) -> None:
    log = sample(CHATS) / "dev" / "2009-02-23_10.raw.txt"
    said = [
        one for _n, one in lines(log.read_text(), name="x", day=DAY, zone=UTC) if isinstance(one, Line) and one.text
    ]
    source = Source.objects.create(kind="irc", name="Sample", address="sample")
    taken = take_in(read_file(log, "ubuntu"), source=source)
    assert (taken.added, taken.refused) == (len(said), 0)
    assert take_in(read_file(log, "ubuntu"), source=source).added == 0
    replies = Mention.objects.filter(tie="reply")
    assert replies.filter(parent_id=None).count() == 0
    assert replies.count() > len(said) / 3


def links(log: Path) -> set[tuple[int, int]]:
    """What people linked by hand: (message, the one it answers), beginnings left out."""
    rows = log.with_name(log.name.replace(".raw.", ".annotation.")).read_text().splitlines()
    pairs = [tuple(map(int, row.split()[:2])) for row in rows]
    return {(max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]}


@needs(CHATS)
def test_who_answers_whom_is_found_far_better_than_by_taking_the_message_before() -> None:
    log = sample(CHATS) / "channel-two" / "channel-two.all.raw.txt"  # the weights were fitted to another channel
    heard = [(n, one) for n, one in lines(log.read_text(), name="x", day=DAY, zone=UTC) if isinstance(one, Line)]
    numbers = [number for number, _line in heard]
    parents = replies.infer([line for _number, line in heard])
    ours = {(numbers[place], numbers[up]) for place, up in enumerate(parents) if up is not None}
    before = set(zip(numbers[1:], numbers, strict=False))
    by_hand = {pair for pair in links(log) if set(pair) <= set(numbers)}
    precision, recall = len(ours & by_hand) / len(ours), len(ours & by_hand) / len(by_hand)
    assert precision > 0.6
    assert recall > 0.6
    assert len(before & by_hand) / len(before) < 0.3
    assert len(before & by_hand) / len(by_hand) < 0.35

"""Real conversations and proposals, and dirty files made for the purpose."""

from __future__ import annotations

import csv
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from essaim.activity.models import Activity
from essaim.initiatives.models import Initiative
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.importers import NothingThere, import_decidim_csv, import_polis
from essaim.mechanisms.contest.models import BallotLine, Idea, OfficialAnswer, Placeholder, Vote
from essaim.people.models import Member

ROOT = Path(__file__).resolve().parents[5]
SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ROOT.parent / "shared" / "data"))
POLIS = SAMPLES / "open" / "polis"
HELSINKI = SAMPLES / "open" / "decidim_helsinki" / "pro_merged.csv"
CONVERSATIONS = sorted(path for path in POLIS.iterdir() if path.is_dir()) if POLIS.is_dir() else []

needs_samples = pytest.mark.skipif(not CONVERSATIONS, reason="no sample data (ESSAIM_SAMPLE_DATA)")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def recounted(folder: Path) -> dict[str, Counter[str]]:
    """Counts per statement by the plainest means: sort by time, overwrite."""
    last: dict[tuple[str, str], str] = {}
    for row in sorted(rows(folder / "votes.csv"), key=lambda row: int(row["timestamp"])):
        last[row["comment-id"], row["voter-id"]] = row["vote"]
    counts: dict[str, Counter[str]] = {row["comment-id"]: Counter() for row in rows(folder / "comments.csv")}
    for (statement, _), vote in last.items():
        counts[statement][vote] += 1
    return counts


@needs_samples
@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("folder", CONVERSATIONS, ids=lambda path: path.name)
def test_import_polis_counts_what_the_export_counts(folder: Path) -> None:
    import_polis(folder, slug="sample")
    told = queries.told_tally(Initiative.objects.get(slug="sample"))
    ours = {row["source_id"]: (row["agree"], row["disagree"], row["pass"]) for row in told["voters"]}
    theirs = {
        row["participant"]: (
            int(row["n-agree"]),
            int(row["n-disagree"]),
            int(row["n-votes"]) - int(row["n-agree"]) - int(row["n-disagree"]),
        )
        for row in rows(folder / "participants-votes.csv")
    }
    assert ours == theirs
    per_idea = {row["source_id"]: (row["agree"], row["disagree"], row["pass"]) for row in told["ideas"]}
    expected = {id_: (count["1"], count["-1"], count["0"]) for id_, count in recounted(folder).items()}
    assert per_idea == expected
    contest = Initiative.objects.get(slug="sample")
    assert queries.recount_hash(contest) == told["hash"]


@needs_samples
@pytest.mark.django_db
def test_import_polis_twice_adds_nothing() -> None:
    folder = POLIS / "15-per-hour-seattle"

    def everything() -> tuple[int, ...]:
        return tuple(
            model.objects.count() for model in (Initiative, Idea, Vote, BallotLine, Placeholder, Member, Activity)
        )

    import_polis(folder)
    first, hashed = everything(), queries.told_tally(Initiative.objects.get())["hash"]
    assert "0 ideas and 0 votes added" in import_polis(folder)
    assert everything() == first
    assert queries.told_tally(Initiative.objects.get())["hash"] == hashed


@needs_samples
@pytest.mark.slow
@pytest.mark.django_db
def test_import_decidim_keeps_states_answers_and_plans() -> None:
    import_decidim_csv(HELSINKI, slug="helsinki")
    contest = Initiative.objects.get(slug="helsinki")
    first = {(row["round"], row["id"]): row for row in rows(HELSINKI)}
    states = Counter(row["state"] for row in first.values())
    assert Idea.objects.filter(contest=contest).count() == len(first)
    assert Idea.objects.filter(contest=contest, state="withdrawn").count() == states["withdrawn"]
    verdicts = Counter(OfficialAnswer.objects.filter(idea__contest=contest).values_list("verdict", flat=True))
    assert verdicts == Counter(accepted=states["accepted"], rejected=states["rejected"])
    assert len(Idea.objects.get(contest=contest, source_id="2-1").origin["plans"]) == 2
    assert "0 ideas and 0 votes added" in import_decidim_csv(HELSINKI, slug="helsinki")


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / f"{name.replace('_', '-')}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.django_db
def test_import_polis_takes_what_is_sound_and_says_what_is_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        comments=b"\xef\xbb\xbfcomment-body,moderated,comment-id\n"
        b'"Bread, ""real"" bread\nevery morning",1,0\n,0,1\nDark rye,-1,2\nAgain,1,2\nNameless,1,nan\nBelow,1,-3\n',
        votes="voter-id,vote,comment-id,timestamp\n"
        "7,1,0,1500000000000\n"
        "7,-1,0,1500000000000\n"  # same moment, later in the file: it wins
        "7,-1,0,1500000000000\n"  # the same row again
        "8,1,0,1500000005000\n"
        "8,0,0,1500000001000\n"  # earlier, later in the file: it does not
        "9,1,2,1500000002.0\n"  # seconds
        "9,2,0,1500000002000\n"
        "9,1,44,1500000002000\n"
        "nan,1,0,1500000002000\n"
        "9,1,1,yesterday\n"
        "9,-1.0,1,1500000003000\n",
    )
    said = import_polis(tmp_path, slug="dirty")
    told = queries.told_tally(Initiative.objects.get(slug="dirty"))
    assert [(row["source_id"], row["agree"], row["disagree"], row["pass"]) for row in told["ideas"]] == [
        ("0", 1, 1, 0),
        ("1", 0, 1, 0),
        ("2", 1, 0, 0),
    ]
    assert told["voters"] == [
        {"source_id": "7", "agree": 0, "disagree": 1, "pass": 0},
        {"source_id": "8", "agree": 1, "disagree": 0, "pass": 0},
        {"source_id": "9", "agree": 1, "disagree": 1, "pass": 0},
    ]
    for where in ("comments.csv:4", "comments.csv:6", "comments.csv:7", "comments.csv:8"):
        assert where in said
    for where in ("votes.csv:8", "votes.csv:9", "votes.csv:10", "votes.csv:11"):
        assert where in said
    assert Idea.objects.get(source_id="0").body == 'Bread, "real" bread\nevery morning'
    assert Idea.objects.get(source_id="2").state == "hidden"


@pytest.mark.django_db
def test_import_polis_without_times_lets_the_later_line_win(tmp_path: Path) -> None:
    write(tmp_path, comments="comment-id,comment-body\n1,One\n", votes="comment-id,voter-id,vote\n1,5,1\n1,5,-1\n")
    import_polis(tmp_path, slug="timeless")
    told = queries.told_tally(Initiative.objects.get(slug="timeless"))
    assert told["voters"] == [{"source_id": "5", "agree": 0, "disagree": 1, "pass": 0}]


@pytest.mark.django_db
def test_import_polis_adds_later_votes_only(tmp_path: Path) -> None:
    comments = "comment-id,comment-body\n1,One\n2,Two\n"
    header = "timestamp,comment-id,voter-id,vote\n"
    write(tmp_path, comments=comments, votes=header + "1500000000000,1,5,1\n")
    import_polis(tmp_path, slug="grows")
    write(
        tmp_path, comments=comments, votes=header + "1500000000000,1,5,1\n1500000009000,1,5,0\n1500000009000,2,6,1\n"
    )
    assert "0 ideas and 2 votes added" in import_polis(tmp_path, slug="grows")
    told = queries.told_tally(Initiative.objects.get(slug="grows"))
    assert [(row["source_id"], row["agree"], row["pass"]) for row in told["voters"]] == [("5", 0, 1), ("6", 1, 0)]
    assert BallotLine.objects.count() == 3


@pytest.mark.django_db
def test_imported_people_cannot_sign_in(tmp_path: Path) -> None:
    write(
        tmp_path, comments="comment-id,author-id,comment-body\n1,3,One\n", votes="comment-id,voter-id,vote\n1,5,1\n"
    )
    import_polis(tmp_path, slug="people")
    for placed in Placeholder.objects.select_related("member"):
        assert (placed.member.is_active, placed.member.has_usable_password()) == (False, False)
    assert sorted(Placeholder.objects.values_list("source_id", flat=True)) == ["3", "5"]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"comment-id,comment-body\n", b"\xff\xfe"])
def test_import_polis_refuses_a_folder_without_statements(tmp_path: Path, content: bytes) -> None:
    from essaim.mechanisms.contest.domain.polis import NoStatements

    write(tmp_path, comments=content, votes="comment-id,voter-id,vote\n1,5,1\n")
    with pytest.raises(NoStatements):
        import_polis(tmp_path, slug="empty")
    assert not Initiative.objects.exists()


@pytest.mark.django_db
def test_importers_say_when_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(NothingThere):
        import_polis(tmp_path / "nowhere")
    with pytest.raises(NothingThere):
        import_decidim_csv(tmp_path / "nothing.csv")


@pytest.mark.django_db
def test_import_decidim_reads_languages_answers_and_unknown_states(tmp_path: Path) -> None:
    path = tmp_path / "props.csv"
    path.write_text(
        "state;id;title/fi;title/en;body/fi;answer/en;category/name/en;answered_at\n"
        "accepted;1;Leipä;Bread;Ruis;Yes, in May;Food;2024-05-01T10:00:00Z\n"
        "evaluating;2;Vain suomeksi;;Runko;;;\n"
        "curious;3;Kolme;Three;;;;\n"
        ";;No id;;;;;\n"
        "rejected;1;Toinen;Another;;;;\n"
    )
    said = import_decidim_csv(path, slug="tongues")
    ideas = {idea.source_id: idea for idea in Idea.objects.all()}
    assert {key: idea.title for key, idea in ideas.items()} == {"1": "Bread", "2": "Vain suomeksi", "3": "Three"}
    assert (ideas["1"].language, ideas["2"].language, ideas["1"].categories) == ("en", "fi", ["Food"])
    assert ideas["1"].origin["texts"]["title/fi"] == "Leipä"
    answers = OfficialAnswer.objects.order_by("idea__source_id").values_list("verdict", "body")
    assert list(answers) == [("accepted", "Yes, in May"), ("evaluating", "")]
    for where in ("props.csv:4", "props.csv:5", "props.csv:6"):
        assert where in said


@pytest.mark.slow
@pytest.mark.django_db
def test_sixty_thousand_votes_take_less_than_a_minute(tmp_path: Path) -> None:
    lines = [f"{1500000000000 + n * 10},{n % 300},{n // 300 % 2000},{n % 3 - 1}" for n in range(60_000)]
    write(
        tmp_path,
        comments="comment-id,comment-body\n" + "".join(f"{n},Statement {n}\n" for n in range(300)),
        votes="timestamp,comment-id,voter-id,vote\n" + "\n".join(lines) + "\n",
    )
    steps: list[tuple[int, int | None]] = []
    started = time.monotonic()
    import_polis(tmp_path, slug="large", on_progress=lambda done, total: steps.append((done, total)))
    assert time.monotonic() - started < 60
    assert Vote.objects.count() == 60_000
    assert steps[-1] == (60_300, 60_300)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)

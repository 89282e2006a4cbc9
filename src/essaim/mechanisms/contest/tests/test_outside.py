"""What leaves the contest: exports, a member's belongings, and the seed."""

from __future__ import annotations

import csv
import io
import json

from essaim.kit import clock
from essaim.mechanisms.contest import actions, belongings, queries
from essaim.mechanisms.contest.domain import tallies
from essaim.mechanisms.contest.domain.rules import Ballot, Rules
from essaim.mechanisms.contest.domain.sheets import unharmed
from essaim.mechanisms.contest.exports import EXPORTS
from essaim.mechanisms.contest.models import Idea, JuryScore
from essaim.mechanisms.contest.seed import seed
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, House


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_exported_ballots_give_the_same_count_and_name_nobody(house: House) -> None:
    contest = house.contest(Rules(ballot=Ballot.OPINION))
    voters, ideas = house.members(3), [house.idea(contest) for _ in range(2)]
    for voter in voters:
        actions.cast_vote(idea=ideas[0], voter=voter, value=-1)
    actions.cast_vote(idea=ideas[1], voter=voters[0], value=0)
    name, content = EXPORTS["ballots"](contest)
    assert name == "bread-ballots.json"
    assert tallies.seal(tallies.recount(json.loads(content))) == queries.told_tally(contest)["hash"]
    assert not any(voter.handle in content.decode() for voter in voters)
    lines = table(EXPORTS["ballots-csv"](contest)[1])
    assert sorted((line["idea"], line["value"]) for line in lines) == [("1", "-1")] * 3 + [("2", "0")]
    assert json.loads(EXPORTS["count"](contest)[1]) == json.loads(json.dumps(queries.told_tally(contest)))


def test_ideas_csv_hides_interim_counts_and_disarms_formulas(house: House) -> None:
    contest = house.contest(Rules(results_hidden=True), phases=(("together", 5), ("decide", 5)))
    idea = house.idea(contest, title="=HYPERLINK(1)")
    actions.cast_vote(idea=idea, voter=house.member())
    (row,) = table(EXPORTS["ideas"](contest)[1])
    assert (row["title"], row["agree"], row["authors"]) == ("'=HYPERLINK(1)", "", f"{idea.author.handle} 100 %")
    with clock.at(NOON + 6 * DAY):
        (row,) = table(EXPORTS["ideas"](contest)[1])
    assert (row["agree"], row["disagree"], row["pass"]) == ("1", "0", "0")


def test_numbers_are_not_disarmed() -> None:
    assert [unharmed(cell) for cell in (-1, "-1", "bread", "")] == [-1, "'-1", "bread", ""]


def test_a_member_takes_away_what_is_held_and_leaves_the_counts_right(house: House) -> None:
    juror = house.member()
    contest = house.contest(jury=(juror,))
    mine, other = house.idea(contest, juror), house.idea(contest)
    actions.cast_vote(idea=other, voter=juror)
    actions.score_idea(idea=other, juror=juror, score=70, comment="Warm")
    rows = belongings.portrait(juror)
    assert [(row["what"], row["idea"], row["value"]) for row in rows] == [
        ("share", 1, 10_000),
        ("vote", 2, 1),
        ("jury score", 2, 70),
    ]
    before = queries.tally_of(contest)
    belongings.erase(juror)
    mine = Idea.objects.get(pk=mine.pk)
    assert (mine.search_text, mine.sort_key, JuryScore.objects.get().comment) == ("", "", "")
    assert queries.tally_of(contest) == before


def test_the_seed_is_a_contest_with_votes(house: House) -> None:
    contest = seed(community=house.community, actor=house.manager, members=house.members(3))
    assert queries.ideas(contest).count() == 3
    assert queries.voter_count(contest) == 3


def test_search_and_similar_ideas(house: House, django_assert_num_queries) -> None:
    contest = house.contest()
    rye = house.idea(contest, title="Pain de seigle à l’ancienne", body="Une croûte épaisse, cuite au feu de bois.")
    house.idea(contest, title="Un banc devant la porte", body="Pour attendre ensemble.")
    hidden = house.idea(contest, title="Pain de seigle", body="Retiré")
    actions.withdraw_idea(idea=hidden, actor=hidden.author)
    assert list(queries.search_ideas(contest, "SEIGLE epaisse")) == [rye]
    assert list(queries.search_ideas(contest, "seigle banc")) == []
    assert queries.similar_ideas(contest, "pain de segle ancien") == [rye]
    assert queries.similar_ideas(contest, "vélo") == []
    assert queries.similar_ideas(contest, "pa") == []


def test_a_list_of_ideas_costs_the_same_for_one_and_three(house: House, django_assert_num_queries) -> None:
    contest = house.contest()
    for count in (1, 2):
        for _ in range(count):
            house.idea(contest)
        with django_assert_num_queries(4):
            cards = list(queries.ideas(contest))
            [
                (idea.author.handle, [row.member for row in idea.authorships.all()], list(idea.rungs.all()))
                for idea in cards
            ]
            [list(idea.answers.all()) for idea in cards]

"""Campaigns from tables: any shape, dirty rows told by line and reason, the rest brought in once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.activity.models import Activity
from essaim.initiatives.models import Initiative
from essaim.kit.errors import Missing, Refusal
from essaim.ledger.models import JournalEntry
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.domain.sheets import ToldTier, campaigns, estimated_goal
from essaim.mechanisms.crowdfunding.importers import import_campaigns
from essaim.mechanisms.crowdfunding.models import Campaign, Pledge, Tier
from essaim.mechanisms.crowdfunding.tests.conftest import House

ROOT = Path(__file__).parents[5]
SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ROOT.parent / "shared" / "data"))
SAMPLE = SAMPLES / "restricted" / "kickstarter_live_500.csv"
MOST_BACKED = (
    b',amt.pledged,blurb,by,category,currency,goal,location,num.backers,num.backers.tier,pledge.tier,title,url\n'
    b'0,8782571.0,"\nA card game\n",Elan,Games,usd,10000.0,"Los Angeles, CA",219382,"[15505, 202934]","[20.0, 35.0]",'
    b'Kittens,/p/kittens\n'
)  # fmt: skip
ROWS = """titre;objectif;collecté;devise;fin;palier;montant;stock;pris
Une ruche;1 000,00;1 250,50;eur;2025-06-30;Un pot;12,50;100;40
;;;;;Une ruche gravée;200;5;5
Le four;5000;abc;eur;2025-07-01;;;;
;100;10;eur;2025-07-01;;;;
Le moulin;800;0;eur;31/12/2025;;;;
Le moulin;800;0;eur;31/12/2025;;;;
Trop;loin
Le rucher;9;0;xyz;2025-01-01;;;;
"""


def test_tiers_stand_in_cells_or_in_rows_of_their_own() -> None:
    (kittens,) = campaigns(MOST_BACKED, file="a.csv").campaigns
    assert (kittens.title, kittens.summary, kittens.goal, kittens.pledged, kittens.backers, kittens.unit) == (
        "Kittens", "A card game", 1_000_000, 878_257_100, 219_382, "USD",
    )  # fmt: skip
    assert kittens.tiers == (ToldTier(2_000, taken=15_505), ToldTier(3_500, taken=202_934))
    hive = campaigns(ROWS.encode(), file="b.csv").campaigns[0]
    assert (hive.title, hive.goal, hive.pledged) == ("Une ruche", 100_000, 125_050)
    assert hive.tiers == (ToldTier(1_250, "Un pot", 100, 40), ToldTier(20_000, "Une ruche gravée", 5, 5))


def test_dirty_rows_are_told_by_line_and_reason_and_the_rest_is_read() -> None:
    table = campaigns(ROWS.encode("cp1252"), file="b.csv")
    assert [one.title for one in table.campaigns] == ["Une ruche", "Le moulin"]
    assert [str(fault) for fault in table.faults] == [
        "b.csv:4: “abc” is not an amount (pledged)",
        "b.csv:5: it has no title",
        "b.csv:7: the same campaign as in line 6",
        "b.csv:8: 2 cells where the header has 9",
        "b.csv:9: the currency “XYZ” is not one we count in",
    ]
    assert table.campaigns[1].ends == datetime(2025, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pledged", "percentage", "goal"),
    [(520_500, "104", 500_000), (76_700, "5", 1_500_000), (10_000, "13", 76_000), (0, "0", 0), (500, "", 0)],
)
def test_a_goal_not_said_is_the_roundest_that_gives_the_percentage(pledged: int, percentage: str, goal: int) -> None:
    assert estimated_goal(pledged, percentage) == goal


@given(goal=st.integers(1, 10**9), pledged=st.integers(1, 10**9))
def test_the_goal_reckoned_gives_the_percentage_back(goal: int, pledged: int) -> None:
    percentage = pledged * 100 // goal
    found = estimated_goal(pledged, str(percentage))
    assert found == 0 or pledged * 100 // found in (percentage, percentage + 1)


@given(st.binary(max_size=400))
def test_anything_is_read_without_falling_over(content: bytes) -> None:
    campaigns(content, file="x.csv")
    campaigns(b"title,goal,pledge.tier\n" + content, file="x.csv")


def test_campaigns_come_once_and_bring_no_money(house: House, tmp_path: Path) -> None:
    file = tmp_path / "b.csv"
    file.write_text(ROWS)
    said = import_campaigns(file, community="bakers", by="marion")
    assert said.splitlines()[:2] == [
        "2 campaigns added with 2 tiers, 0 of them as drafts; 0 were here already",
        "5 rows left out, 0 mended:",
    ]
    hive = Initiative.objects.get(title="Une ruche")
    row = Campaign.objects.get(initiative=hive)
    assert (row.outcome, row.raised, hive.rules["goal"]) == ("succeeded", 125_050, 100_000)
    assert hive.closed_at == datetime(2025, 6, 30, tzinfo=UTC)
    assert [tier.title for tier in Tier.objects.filter(campaign=hive)] == ["Un pot", "Une ruche gravée"]
    assert import_campaigns(file, community="bakers", by="marion").startswith("0 campaigns added")
    assert (Pledge.objects.count(), JournalEntry.objects.count()) == (0, 0)
    assert queries.money(hive).balanced
    assert list(Activity.objects.filter(type="campaign.import").values_list("payload", flat=True)) == [{"count": 2}]


def test_one_that_still_runs_comes_as_a_draft(house: House, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("title,goal,deadline\nThe mill,500,2099-01-01\n")
    assert "1 of them as drafts" in import_campaigns(file, community="bakers")
    mill = Initiative.objects.get(title="The mill")
    assert (mill.opened_at, mill.closed_at) == (None, None)


def test_an_imported_campaign_has_its_page(house: House, tmp_path: Path, client) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.csv"
    file.write_bytes(MOST_BACKED)
    import_campaigns(file, community="bakers")
    page = client.get(Initiative.objects.get(title="Kittens").get_absolute_url())
    assert page.status_code == 200
    assert "219" in page.content.decode()


def test_who_and_where_are_checked(house: House, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(MOST_BACKED)
    with pytest.raises(Missing):
        import_campaigns(tmp_path / "none.csv")
    for given_ in ({"community": "nowhere"}, {"by": "nobody"}):
        with pytest.raises(Refusal):
            import_campaigns(file, **given_)


def test_the_sample_of_campaigns(house: House, tmp_path: Path) -> None:
    if not SAMPLE.exists():
        pytest.skip("no sample of campaigns (ESSAIM_SAMPLE_DATA)")
    said = import_campaigns(SAMPLE, community="bakers")
    assert said.startswith("500 campaigns added")
    assert Campaign.objects.exclude(source_id=None).count() == 500

"""Who may do what, and when: role × phase × act."""

from __future__ import annotations

import pytest

from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.contest import actions, policy
from essaim.mechanisms.contest.domain.rules import Rules
from essaim.mechanisms.contest.mechanism import ACTS, POLICIES
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, House
from essaim.people.models import HouseRole, Member

PHASES = (("open", 10), ("vote", 10), ("decide", 10))
MOMENTS = {"draft": NOON, "open": NOON, "vote": NOON + 11 * DAY, "decide": NOON + 21 * DAY, "over": NOON + 40 * DAY}
ALL = frozenset(MOMENTS)
OPENED = ALL - {"draft"}

TEAM = ("moderator", "designer", "treasurer", "analyst")


def everyone(moments):
    """The rest of the team, who are members too."""
    return dict.fromkeys(TEAM, moments)


TABLE = {
    "submit_idea": {"member": {"open"}, "juror": {"open"}, "manager": ALL, **everyone({"open"})},
    "take_suggestion": {"manager": {"open"}},
    "save_draft": {"member": ALL, "juror": ALL, "manager": ALL, **everyone(ALL)},
    "cast_vote": {"member": {"vote"}, "juror": {"vote"}, "manager": {"vote"}, **everyone({"vote"})},
    "withdraw_vote": {"member": {"vote"}, "juror": {"vote"}, "manager": {"vote"}, **everyone({"vote"})},
    "score_idea": {"juror": {"open", "vote", "decide"}},
    "decide_potential": {"juror": {"open", "vote", "decide"}, "manager": {"open", "vote", "decide"}},
    "merge_ideas": {"manager": {"open", "vote", "decide"}},
    "fund_contest": {"treasurer": ALL},
    "return_leftover": {"treasurer": ALL},
    "take_back_award": {"treasurer": ALL},
    "let_award_stand": {"treasurer": ALL},
    "seat_juror": {"manager": ALL},
    "unseat_juror": {"manager": ALL},
    "open_test": {"manager": OPENED, "designer": OPENED},
    "end_test": {"manager": OPENED, "designer": OPENED},
    "launch_product": {"manager": OPENED, "designer": OPENED},
    "answer_officially": {"manager": OPENED, "designer": OPENED},
    "void_votes": {"manager": OPENED, "moderator": OPENED},
    "settle_alarm": {"manager": OPENED, "moderator": OPENED},
    "close_contest": {"manager": OPENED},
}
OF_ONES_OWN = {"edit_idea", "withdraw_idea", "invite_co_author", "accept_offer", "decline_offer", "score_test"}


def test_every_act_has_a_policy_and_a_row() -> None:
    assert ACTS.keys() == POLICIES.keys() == TABLE.keys() | OF_ONES_OWN


@pytest.fixture
def roles(house: House) -> dict[str, Member | None]:
    stranger = Member.objects.create(email="s@example.org", handle="stranger", display_name="S")
    gone = house.member("gone", is_active=False)
    return {
        "nobody": None,
        "stranger": stranger,
        "gone": gone,
        "member": house.member("ana"),
        "juror": house.member("jury"),
        "manager": house.manager,
        "treasurer": house.treasurer,
        **{role: carrying(house, role) for role in TEAM if role != "treasurer"},
    }


def carrying(house: House, role: str) -> Member:
    person = house.member(f"the-{role}")
    HouseRole.objects.create(member=person, role=role)
    return person


@pytest.mark.parametrize("moment", MOMENTS)
def test_role_phase_act(house: House, roles: dict[str, Member | None], moment: str) -> None:
    contest = house.contest(Rules(), phases=PHASES, jury=(roles["juror"],), opened=moment != "draft")
    with clock.at(MOMENTS[moment]):
        found = {
            (act, role) for act in TABLE for role, who in roles.items() if POLICIES[act].test(who, fresh(contest))
        }
    assert found == {(act, role) for act, row in TABLE.items() for role, moments in row.items() if moment in moments}


def fresh(contest: Initiative) -> Initiative:
    return Initiative.objects.get(pk=contest.pk)


def test_ones_own_idea(house: House) -> None:
    contest, friend = house.contest(Rules(), phases=PHASES), house.member()
    idea = house.idea(contest)
    actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=5_000)
    actions.accept_offer(idea=idea, member=friend)
    for act in ("edit_idea", "withdraw_idea", "invite_co_author"):
        assert POLICIES[act].test(idea.author, idea)
        assert not POLICIES[act].test(friend, idea)
        assert not POLICIES[act].test(house.manager, idea)
    assert policy.is_co_author(friend, idea)
    with clock.at(MOMENTS["vote"]):
        assert not POLICIES["edit_idea"].test(idea.author, type(idea).objects.get(pk=idea.pk))


def test_a_contest_closed_to_ideas_takes_the_houses_only(house: House) -> None:
    contest = house.contest(Rules(open_to_ideas=False), phases=PHASES)
    assert not POLICIES["submit_idea"].test(house.member(), contest)
    assert POLICIES["submit_idea"].test(house.manager, contest)

"""Every listed mechanism conforms; and a broken one is refused for the right reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb
from essaim.communities.actions import appoint, found, join
from essaim.communities.models import Community
from essaim.initiatives import actions
from essaim.initiatives.conformance import Stage, faults, prove_round_trip, readme_of
from essaim.initiatives.conformance.round_trip import reads_as
from essaim.initiatives.mechanism import Mechanism, PhaseType, Preset, mechanisms
from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.tests.conftest import People, make_member, plan
from essaim.initiatives.tests.parley import PARLEY, say

LISTED = list(mechanisms())
README = """
| act | verb | activity | entry |
|---|---|---|---|
| `say` | Create | `parley.say` | |
"""


@pytest.mark.parametrize("manifest", LISTED, ids=lambda manifest: manifest.slug)
def test_every_listed_mechanism_conforms(manifest: Mechanism) -> None:
    assert faults(manifest, readme_of(manifest)) == []


@pytest.mark.parametrize("manifest", LISTED, ids=lambda manifest: manifest.slug)
def test_every_listed_mechanism_survives_the_round_trip(manifest: Mechanism, people: People) -> None:
    community = found(actor=people.manager, name="Orchard", summary="Trees", charter="Be kind.")
    members = [people.ada, people.bob, make_member("chloe")]
    for member in (people.host, *members):
        join(actor=member, community=community, number=1)
    appoint(actor=people.manager, community=community, member=people.host, role="host")
    assert prove_round_trip(manifest, Stage(community, people.host, members)) == []


def say_loosely(initiative: Any, author) -> None:  # type: ignore[no-untyped-def]
    """Not an act: positions, a type missing, no transaction."""


@dataclass
class Melted:
    words: str


def changed(**fields: Any) -> Callable[[], Mechanism]:
    return lambda: replace(PARLEY, **fields)


def typed(**fields: Any) -> Callable[[], Mechanism]:
    return lambda: replace(PARLEY, activity_types=(replace(PARLEY.activity_types[0], **fields),))


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (changed(slug="Par Ley"), "the slug “Par Ley” is not lower-case"),
        (changed(icon=""), "it has no icon"),
        (changed(name="parley"), "name “parley” cannot be translated"),
        (changed(name=_("a text nobody translated")), "has no translation into “fr”"),
        (changed(acts={}), "it has no act"),
        (changed(acts={"say": say_loosely}), "the act say opens no transaction"),
        (changed(acts={"say": say_loosely}), "the act say takes initiative, author by position"),
        (changed(acts={"say": say_loosely}), "the act say does not say the type of author"),
        (changed(policies={}), "the act say has no policy"),
        (changed(policies={**PARLEY.policies, "sing": PARLEY.policies["say"]}), "the policy sing belongs to no act"),
        (changed(policies={"say": print}), "the policy say is not a predicate"),
        (changed(phase_types=()), "it has no phase type"),
        (changed(phase_types=(PhaseType("talk", _("Vote"), frozenset({"sing"})),)), "opens sing, which is no act"),
        (changed(phase_types=PARLEY.phase_types * 2), "the phase type talk is there twice"),
        (changed(presets=()), "it has no preset"),
        (changed(presets=(Preset("x", "x", "x", {"words": 0}, (("talk", 1),)),)), "the settings form refuses"),
        (changed(presets=(Preset("x", "x", "x", {"words": 1}, (("nap", 1),)),)), "plans the phase nap"),
        (changed(presets=(Preset("x", "x", "x", {"words": 1}, (("talk", 0),)),)), "gives the phase talk 0 days"),
        (changed(activity_types=()), "it declares no activity"),
        (typed(slug="Parley Say"), "is not named noun.verb"),
        (typed(verb=Verb.LIKE), "is not the one declared under this name"),
        (typed(payload=Melted), "has a payload that is no frozen dataclass"),
        (typed(sentence=Sentence("You %(sang)s", "%(actor)s")), "names “sang”"),
        (typed(sentence=Sentence("You spoke", "Someone spoke")), "does not say who"),
        (changed(urls="essaim.nowhere.urls"), "its addresses cannot be imported"),
        (changed(urls="essaim.activity.urls"), "has app_name 'activity', not 'parley'"),
        (changed(urls="essaim.activity.urls"), "names no address `initiative`"),
        (changed(seed=None), "it lacks `seed`"),
        (changed(erase=None), "it lacks `erase`"),
        (changed(exports={}), "it exports nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_manifest_is_refused_for_its_reason(broken: Callable[[], Mechanism], fault: str) -> None:
    found_faults = faults(broken(), README)
    assert any(fault in each for each in found_faults), found_faults


@pytest.mark.parametrize(
    ("readme", "fault"),
    [
        ("", "its README has no table"),
        (README.replace("`say`", "`sing`"), "the README does not tell of the act say"),
        (README.replace("`say`", "`sing`"), "the README tells of sing, which is no act"),
        (README.replace("Create", "Like"), "parley.say is declared as Create"),
        (README.replace("Create", "Shout"), "the verb Shout, which is not in the vocabulary"),
        (README.replace("`parley.say`", "`parley.sing`"), "records parley.sing, which is not declared"),
        (README.replace("`parley.say`", ""), "has a verb without an activity"),
        (README.replace("`parley.say`", ""), "does not name the activity parley.say"),
    ],
)
def test_a_readme_that_lies_is_refused(readme: str, fault: str) -> None:
    found_faults = faults(PARLEY, readme)
    assert any(fault in each for each in found_faults), found_faults


def test_a_true_readme_is_not_refused() -> None:
    assert [fault for fault in faults(PARLEY, README) if "README" in fault] == []


def test_the_round_trip_finds_a_member_who_is_still_there(people: People, village: Community, noon: Any) -> None:
    """Here by an export that keeps printing an address."""

    def seed(*, community: Community, actor: Any, members: Any) -> Initiative:
        made = actions.draft_initiative(
            actor=actor, community=community, mechanism_slug="parley", title="Seed", rules={"words": 3}
        )
        actions.schedule(initiative=made, phases=plan(), actor=actor)
        actions.open_initiative(initiative=made, actor=actor)
        say(initiative=made, author=members[0], title="A long title", body="A long enough text")
        return made

    address = people.ada.email
    leaky = replace(
        PARLEY,
        seed=seed,
        erase=lambda member: None,
        portrait=lambda member: [{"said": row.title} for row in Contribution.objects.filter(author=member)],
        exports={"all": lambda initiative: ("all.txt", address.encode())},
    )
    result = prove_round_trip(leaky, Stage(village, people.host, [people.ada, people.bob]))
    gone = "of a member who is gone can still be read in: all"
    assert result == [f"parley: “ada@example.org” {gone}", f"parley: “ada” {gone}"]


@pytest.mark.parametrize(
    ("text", "found"), [("by ada.", True), ('{"name": "ada"}', True), ("5f3ada71-07", False), ("adamant", False)]
)
def test_a_short_name_is_looked_for_as_a_word(text: str, found: bool) -> None:
    assert reads_as("ada", text) is found


def test_an_activity_type_may_not_erase_what_it_lacks() -> None:
    with pytest.raises(TypeError, match="unknown payload fields"):
        ActivityType("x", Verb.LIKE, Melted, Sentence("", ""), erase=("tune",))

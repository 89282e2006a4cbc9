"""The contests' lives: prepared, opened, filled, judged, voted, and one carried to its product."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from random import Random
from typing import Any

from essaim.demo.drawing import drawn
from essaim.demo.payday import Payday
from essaim.demo.sales import sell
from essaim.demo.settling import DAY, Village
from essaim.demo.timeline import Timeline
from essaim.demo.world import WORLD, text
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.contest import actions as acts
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.domain.ballots import admit
from essaim.mechanisms.contest.domain.errors import NotEligible
from essaim.mechanisms.contest.models import Idea, PanelTest
from essaim.people.models import Member
from essaim.products.models import Product

JURY = ("claire", "hugo", "sonia")


class ContestLife:
    """One contest, from its draft to as far as it has come today."""

    def __init__(self, facts: dict[str, Any], timeline: Timeline, random: Random, village: Village) -> None:
        self.facts, self.timeline, self.random, self.village = facts, timeline, random, village
        self.ideas: dict[str, Idea] = {}
        self.authors: dict[str, set[int]] = {}
        self.contest: Initiative

    def prepare(self) -> None:
        """Draft, calendar, jury and money; then open, and plan what people will do."""
        facts = self.facts
        self.contest = initiatives.draft_initiative(
            actor=self.village.owner,
            community=self.village.communities[facts["community"]],
            mechanism_slug="contest",
            preset_slug=facts["preset"],
            title=facts["title"],
            summary=facts["summary"],
            brief=text(facts["brief"]),
            slug=facts["slug"],
            rules=self._rules(),
        )
        self._schedule()
        if facts["preset"] == "ladder":
            self._seat_jury()
            self._fund()
        self.contest = initiatives.open_initiative(initiative=self.contest, actor=self.village.owner)
        self.timeline.keep_time(self.contest.phases.all())
        self._plan_ideas()
        self._plan_judging()
        self._plan_votes()
        if facts["outcome"] == "product":
            self._plan_product()

    def _rules(self) -> dict[str, Any]:
        """The preset's rules, with votes asked for in proportion to the house and within its reach."""
        within_reach = len(self.village.inhabitants[self.facts["community"]]) // 2
        rungs = copy.deepcopy(list(mechanism("contest").preset(self.facts["preset"]).rules["rungs"]))
        for rung in rungs:
            if rung["condition"] == "votes":
                wanted = max(8, self.village.size * self.facts["votes_wanted"] // 1000)
                rung["threshold"] = max(3, min(wanted, within_reach))
        return {"rungs": rungs} if rungs else {}

    def _schedule(self) -> None:
        starts, phases = clock.now(), []
        for kind, days in self.facts["phases"]:
            phases.append(PlannedPhase(kind, starts, starts + days * DAY))
            starts += days * DAY
        initiatives.schedule(initiative=self.contest, phases=phases, actor=self.village.owner)

    def _phase(self, *kinds: str) -> tuple[datetime, datetime]:
        phase = next(phase for phase in self.contest.phases.all() if phase.kind in kinds)
        return phase.starts_at, phase.ends_at

    def _seat_jury(self) -> None:
        for handle in JURY:
            acts.seat_juror(contest=self.contest, member=self.village.named[handle], actor=self.village.owner)

    def _fund(self) -> None:
        treasurer = self.village.named["ines"]
        acts.fund_contest(contest=self.contest, treasurer=treasurer, amount=550_000, key=self.village.key())

    def _during(self, starts: datetime, ends: datetime) -> datetime:
        """A moment of the stretch, more often early than late."""
        return starts + (ends - starts) * self.random.betavariate(1.2, 2.2)

    def _plan_ideas(self) -> None:
        starts, ends = self._phase("open", "together")
        ends = min(ends, starts + 50 * DAY)
        for idea in WORLD["ideas"][self.facts["slug"]]:
            self.timeline.plan(self._during(starts, ends - DAY), self.submit, facts=idea)

    def submit(self, facts: dict[str, Any]) -> None:
        named = self.village.named.get(facts.get("author", ""))
        author = named or self._newcomer()
        idea = acts.submit_idea(
            contest=self.contest,
            author=author,
            title=facts["title"],
            body=text(facts["body"]),
            language=facts["language"],
            illustration=self._illustration(author, facts),
        )
        self.ideas[facts["title"]], self.authors[facts["title"]] = idea, {author.pk}
        for number in range(self.random.randint(0, 3)):
            moment = clock.now() + timedelta(hours=self.random.uniform(2, 90) + number)
            self.timeline.plan(moment, self.comment, idea=idea, language=facts["language"])
        for _ in range(self.random.randint(0, 4)):
            self.timeline.plan(clock.now() + timedelta(hours=self.random.uniform(1, 200)), self.react, idea=idea)

    def _illustration(self, author: Member, facts: dict[str, Any]) -> initiatives.Illustration | None:
        if "picture" not in facts:
            return None
        upload = drawn(facts["picture"], seed=len(self.ideas))
        return initiatives.Illustration(initiatives.keep_picture(sender=author, upload=upload), facts["alt"])

    def _newcomer(self) -> Member:
        """Someone of the community who has brought no idea yet, if there is one; never a juror."""
        busy = {idea.author_id for idea in self.ideas.values()}
        jury = {self.village.named[handle].pk for handle in JURY}
        there = [member for member in self.village.inhabitants[self.facts["community"]] if member.pk not in jury]
        return self.random.choice([member for member in there if member.pk not in busy] or there)

    def comment(self, idea: Idea, language: str) -> None:
        body = self.random.choice(WORLD["comments"][language])
        for author in self.village.some(self.facts["community"], 1):
            initiatives.write_comment(about=idea, author=author, body=body)

    def react(self, idea: Idea) -> None:
        for member in self.village.some(self.facts["community"], 1):
            initiatives.react(contribution=idea, member=member)

    def _plan_judging(self) -> None:
        if self.facts["preset"] != "ladder":
            for answer in WORLD["answers"].get(self.facts["slug"], []):
                self.timeline.plan(clock.now() + 52 * DAY, self.answer, facts=answer)
            return
        starts, _ = self._phase("vote")
        self.timeline.plan(starts - 2 * DAY, self.merge_duplicates)
        self.timeline.plan(starts - DAY, self.judge)

    def answer(self, facts: dict[str, Any]) -> None:
        hugo = self.village.named["hugo"]
        idea = self.ideas[facts["idea"]]
        acts.answer_officially(idea=idea, author=hugo, verdict=facts["verdict"], body=facts["text"])

    def merge_duplicates(self) -> None:
        for facts in WORLD["ideas"][self.facts["slug"]]:
            if twin := facts.get("duplicate_of"):
                kept, merged = self.ideas[twin], self.ideas[facts["title"]]
                acts.merge_ideas(kept=kept, merged=merged, actor=self.village.owner)
                del self.ideas[facts["title"]]
                self.authors[twin] |= self.authors.pop(facts["title"])

    def judge(self) -> None:
        """The jury scores every idea, and says of the best that they have potential."""
        favourites = [facts["title"] for facts in WORLD["ideas"][self.facts["slug"]] if facts.get("winner")]
        loved = favourites + self.random.sample([title for title in self.ideas if title not in favourites], 3)
        for title, idea in self.ideas.items():
            for handle in JURY:
                score = self.random.randint(66, 94) if title in loved else self.random.randint(25, 59)
                acts.score_idea(idea=idea, juror=self.village.named[handle], score=score)
        for title in loved:
            acts.decide_potential(idea=self.ideas[title], actor=self.village.owner)

    def _plan_votes(self) -> None:
        starts, ends = self._phase("vote", "together")
        ends = min(ends, starts + 60 * DAY)
        there = self.village.inhabitants[self.facts["community"]]
        for _ in range(round(len(there) * self.facts["turnout"])):
            self.timeline.plan(self._during(starts + DAY / 4, ends), self.vote)

    def vote(self) -> None:
        """Someone opens the ballot and says what he thinks of a few ideas; the favourite is on most ballots."""
        voter = self.village.some(self.facts["community"], 1)[0]
        opinion = self.facts["preset"] == "open-box"
        listed = self._on_the_roll(voter)
        for title in self._ballot():
            value = self.random.choices((1, -1, 0), (70, 14, 16))[0] if opinion else 1
            if listed and voter.pk not in self.authors[title]:
                acts.cast_vote(idea=self.ideas[title], voter=voter, value=value)

    def _on_the_roll(self, voter: Member) -> bool:
        """An account opened after the contest does not vote in it."""
        rules = queries.rules_of(self.contest)
        try:
            admit(queries.elector(voter, rules), rules.eligibility, self.contest.opened_at or clock.now())
        except NotEligible:
            return False
        return True

    def _ballot(self) -> list[str]:
        favourites = {facts["title"] for facts in WORLD["ideas"][self.facts["slug"]] if facts.get("winner")}
        return [
            title
            for rank, title in enumerate(self.ideas)
            if self.random.random() < (0.85 if title in favourites else 0.3 / (1 + rank / 10))
        ]

    def _plan_product(self) -> None:
        starts, ends = self._phase("decide")
        self.timeline.plan(starts + 2 * DAY, self.open_test)
        self.timeline.plan(ends - DAY, self.launch)

    def _winner(self) -> Idea:
        title = next(facts["title"] for facts in WORLD["ideas"][self.facts["slug"]] if facts.get("winner"))
        return self.ideas[title]

    def open_test(self) -> None:
        idea, owner = self._winner(), self.village.owner
        authors = set(idea.authorships.values_list("member_id", flat=True))
        there = [member for member in self.village.inhabitants[self.facts["community"]] if member.pk not in authors]
        panel = self.random.sample(there, 8)
        test = acts.open_test(idea=idea, actor=owner, panel=panel)
        for member in panel:
            moment = clock.now() + self.random.uniform(1, 18) * DAY
            self.timeline.plan(moment, self.taste, test=test, member=member)
        self.timeline.plan(clock.now() + 20 * DAY, acts.end_test, test=test, actor=owner)

    def taste(self, test: PanelTest, member: Member) -> None:
        acts.score_test(test=test, member=member, score=self.random.randint(72, 95))

    def launch(self) -> None:
        facts = WORLD["product"]
        reached = acts.launch_product(
            idea=self._winner(),
            actor=self.village.owner,
            name=facts["name"],
            summary=facts["summary"],
            story=text(facts["story"]),
        )
        sell(Product.objects.get(pk=reached.product_id or 0), self.timeline, self.random, self.village)
        Payday(self.timeline, self.village).plan(clock.now())

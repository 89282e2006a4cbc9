"""What every page of a contest needs: the contest, its rules, where it stands, and its ladder as the kit draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from essaim.communities import queries as communities
from essaim.initiatives import policy as kernel
from essaim.initiatives import queries as initiatives
from essaim.initiatives.domain import Stage
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.kit.errors import Missing, gettext_noop
from essaim.kit.kept import Kept
from essaim.kit.parts import Event, Tab
from essaim.kit.parts import Rung as RungPart
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.domain.rules import Award, Condition, RoyaltyShare, Rules, Rung, thaw
from essaim.mechanisms.contest.models import JurySeat, RungReached
from essaim.people.models import Member


class ContestUnknown(Missing):
    cause = gettext_noop("There is no such contest, or it is not open to you.")
    remedy = gettext_noop("Look at the contests that are open.")


CONTEST = Kept(
    lambda slug: Initiative.objects.filter(mechanism="contest", slug=slug).select_related("community"), kind=str
)


@dataclass(frozen=True)
class Step(RungPart):
    """A rung as the kit's ladder draws it; `pays_text` says what is not a sum."""

    pays_text: str = ""


@dataclass
class Sheet:
    """A contest as its viewer sees it."""

    contest: Initiative
    viewer: Member | None

    @cached_property
    def rules(self) -> Rules:
        return thaw(self.contest.rules)

    @cached_property
    def planned(self) -> Initiative:
        """The contest with its phases read, once, by whoever needs them first."""
        prefetch_related_objects([self.contest], "phases")
        return self.contest

    @cached_property
    def phases(self) -> list[Phase]:
        """All phases in order, each with the name of its kind."""
        phases = initiatives.phases(self.planned)
        for phase in phases:
            phase.kind_name = self.named(phase)  # type: ignore[attr-defined]
        return phases

    @cached_property
    def phase(self) -> Phase | None:
        return initiatives.open_phase(self.planned)

    @cached_property
    def next_phase(self) -> Phase | None:
        return initiatives.next_phase(self.planned)

    @cached_property
    def stage(self) -> Stage:
        return initiatives.stage(self.planned)

    @cached_property
    def is_closed(self) -> bool:
        return self.stage is Stage.CLOSED

    @property
    def phase_name(self) -> str:
        return self.named(self.phase) if self.phase else ""

    def named(self, phase: Phase) -> str:
        return str(mechanism(self.contest.mechanism).phase_type(phase.kind).name)

    def opens(self, act: str) -> bool:
        """Whether the phase that runs opens the act, whoever asks."""
        phase = self.phase
        if phase is None or self.contest.halted_at is not None:
            return False
        return act in mechanism(self.contest.mechanism).phase_type(phase.kind).acts

    @cached_property
    def runs_it(self) -> bool:
        return kernel.may(policy.configure, self.viewer, self.contest)

    @cached_property
    def sits_in_jury(self) -> bool:
        return self.viewer is not None and JurySeat.objects.filter(contest=self.contest, member=self.viewer).exists()

    @cached_property
    def takes_part(self) -> bool:
        return kernel.may(kernel.takes_part, self.viewer, self.contest)

    @cached_property
    def may_submit(self) -> bool:
        return self.opens("submit_idea") and self.rules.open_to_ideas

    @cached_property
    def may_vote(self) -> bool:
        return self.opens("cast_vote")

    @cached_property
    def counts_hidden(self) -> bool:
        """Whether the counts wait for the end of voting; those who run the contest do not see them either."""
        return self.rules.results_hidden and any(
            phase.kind in queries.VOTING and not _over(phase) for phase in self.phases
        )

    @cached_property
    def timeline(self) -> list[Event]:
        return [self._event(phase) for phase in self.phases]

    def _event(self, phase: Phase) -> Event:
        state = "now" if phase == self.phase else "done" if _over(phase) else ""
        return Event(self.named(phase), phase.starts_at, phase.change_reason, state)

    @cached_property
    def ladder(self) -> list[Step]:
        """The ladder as the rules promise it."""
        return [rung_part(rung) for rung in self.rules.rungs]

    def tabs(self, here: str) -> list[Tab]:
        """The contest's pages side by side, those that have something to say."""
        slug = {"slug": self.contest.slug}
        pages = [("initiative", _("Ideas"), True), ("rules", _("Rules"), True), ("results", _("Results"), True)]
        pages.append(("jury", _("Jury"), self.sits_in_jury))
        return [Tab(label, reverse(f"contest:{name}", kwargs=slug), name == here) for name, label, on in pages if on]


def _over(phase: Phase) -> bool:
    return phase.ends_at <= clock.now()


def viewer_of(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


def sheet_of(request: HttpRequest, slug: str) -> Sheet:
    """The contest at this address, as far as the viewer may see it; a draft is seen by those who run it."""
    viewer = viewer_of(request)
    contest = CONTEST.only(slug)
    if contest is None or not communities.may_read(viewer, contest.community):
        raise ContestUnknown
    sheet = Sheet(contest, viewer)
    if contest.opened_at is None and not sheet.runs_it:
        raise ContestUnknown
    return sheet


def readable_contests(viewer: Member | None) -> QuerySet[Initiative]:
    """Contests of the communities whose life the viewer may see."""
    readable = communities.readable_by(viewer)
    return Initiative.objects.filter(mechanism="contest", community__in=readable).select_related("community")


def rung_part(rung: Rung, state: str = "ahead", **more: Any) -> Step:
    """A rung as the kit's ladder draws it."""
    pays = rung.reward.amount if isinstance(rung.reward, Award) else 0
    unit = rung.reward.unit if isinstance(rung.reward, Award) else "EUR"
    name, detail, pays_text = _words(rung, get_language() or "")
    return Step(name=name, state=state, pays=pays, unit=unit, pays_text=pays_text, detail=detail, **more)


@lru_cache(maxsize=500)
def _words(rung: Rung, language: str) -> tuple[str, str, str]:
    """The rung's name, how it is reached and what it pays besides a sum; a page of ideas says it many times."""
    return _(rung.name), condition(rung), royalty_text(rung)


def royalty_text(rung: Rung) -> str:
    """`10 % of net sales for 5 years`, empty when the rung pays no royalty."""
    if not isinstance(rung.reward, RoyaltyShare):
        return ""
    share = f"{rung.reward.basis_points / 100:g}"
    years, rest = divmod(rung.reward.term_months, 12)
    if rest:
        length = ngettext("%(n)d month", "%(n)d months", rung.reward.term_months) % {"n": rung.reward.term_months}
    else:
        length = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return _("%(share)s%% of net sales for %(length)s") % {"share": share, "length": length}


def condition(rung: Rung) -> str:
    """How the rung is reached, in a sentence, with how many ideas the budget provides for."""
    words = {
        Condition.JURY: _jury_condition,
        Condition.VOTES: _votes_condition,
        Condition.PANEL: _panel_condition,
        Condition.LAUNCH: _launch_condition,
    }[rung.condition](rung)
    if rung.winners:
        words += " " + ngettext("One idea at most.", "%(n)d ideas at most.", rung.winners) % {"n": rung.winners}
    return words


def _launch_condition(rung: Rung) -> str:
    return _("The product is launched.")


def _jury_condition(rung: Rung) -> str:
    return ngettext(
        "The jury gives at least %(score)d out of 100, with one score or more.",
        "The jury gives at least %(score)d out of 100, with %(quorum)d scores or more.",
        rung.quorum,
    ) % {"score": rung.threshold, "quorum": rung.quorum}


def _panel_condition(rung: Rung) -> str:
    return ngettext(
        "A panel of at least one member tests it and gives %(score)d out of 100 or more.",
        "A panel of at least %(quorum)d members tests it and gives %(score)d out of 100 or more.",
        rung.quorum,
    ) % {"score": rung.threshold, "quorum": rung.quorum}


def _votes_condition(rung: Rung) -> str:
    words = ngettext(
        "%(votes)d vote in favour", "%(votes)d votes in favour", rung.threshold
    ) % {"votes": rung.threshold}  # fmt: skip
    if rung.window_days:
        words += " " + ngettext("within %(days)d day", "within %(days)d days", rung.window_days) % {
            "days": rung.window_days
        }
    if rung.approval:
        words += ", " + _("and at least %(share)s%% in favour") % {"share": f"{rung.approval / 100:g}"}
    return words + "."


def idea_ladder(
    rules: Rules, reached: Iterable[RungReached], favour: int | None = None, *, climbing: bool = True
) -> list[Step]:
    """The ladder of one idea: what was reached and when, what is next and how far it is (when counts are shown).

    Once the contest is over (`climbing` is False) nothing is next.
    """
    rows = {row.rung: row for row in reached}
    parts: list[Step] = []
    for rung in rules.rungs:
        row = rows.get(rung.slug)
        if row is not None:
            parts.append(rung_part(rung, "reached", when=row.reached_at))
        elif climbing and not any(part.state == "next" for part in parts):
            parts.append(rung_part(rung, "next", fraction=_fraction(rung, favour)))
        else:
            parts.append(rung_part(rung))
    return parts


def _fraction(rung: Rung, favour: int | None) -> float:
    if rung.condition is not Condition.VOTES or favour is None or not rung.threshold:
        return 0.0
    return min(favour / rung.threshold, 1.0)

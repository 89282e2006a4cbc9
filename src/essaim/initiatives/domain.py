"""When an initiative's phases run, what a schedule must be, and what is refused. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _


class Stretch(Protocol):
    """Anything dated: a row of `Phase` or a `PlannedPhase`."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


S = TypeVar("S", bound=Stretch)

LONGEST_ALT = 240


@dataclass(frozen=True)
class PlannedPhase:
    """A phase as it is written into a schedule; the end is not part of it."""

    kind: str
    starts_at: datetime
    ends_at: datetime


class Stage(StrEnum):
    """Where an initiative stands; derived from its dates, stored nowhere."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    RUNNING = "running"
    BETWEEN = "between"
    CLOSED = "closed"


def running(phases: Iterable[S], at: datetime) -> S | None:
    """The phase that runs at the moment: from its start, up to its end and not at it."""
    return next((phase for phase in phases if phase.starts_at <= at < phase.ends_at), None)


def upcoming(phases: Iterable[S], at: datetime) -> S | None:
    """The next phase to start after the moment."""
    return min((phase for phase in phases if phase.starts_at > at), key=lambda phase: phase.starts_at, default=None)


def stage(phases: Sequence[Stretch], *, opened: bool, at: datetime) -> Stage:
    if not opened:
        return Stage.DRAFT
    if running(phases, at) is not None:
        return Stage.RUNNING
    if upcoming(phases, at) is None:
        return Stage.CLOSED
    return Stage.BETWEEN if any(phase.ends_at <= at for phase in phases) else Stage.ANNOUNCED


def check_schedule(phases: Sequence[PlannedPhase], kinds: frozenset[str]) -> None:
    """Refuse an empty schedule, a kind the mechanism does not have, and phases that overlap or run backwards.

    Raises NoPhase, UnknownPhase or PhasesOverlap.
    """
    if not phases:
        raise NoPhase
    for phase in phases:
        if phase.kind not in kinds:
            raise UnknownPhase(kind=phase.kind)
        if phase.ends_at <= phase.starts_at:
            raise PhasesOverlap
    for earlier, later in pairwise(phases):
        if later.starts_at < earlier.ends_at:
            raise PhasesOverlap


def check_text(text: str, longest: int) -> str:
    """The text without surrounding blanks. Raises NothingWritten or TooLong (`longest` in characters)."""
    text = text.strip()
    if not text:
        raise NothingWritten
    if len(text) > longest:
        raise TooLong(longest=longest, length=len(text))
    return text


class NotRunningHere(Forbidden):
    cause = _("Only the hosts of the community and the house's managers run this initiative.")
    remedy = _("Ask a host of the community.")


class NotOpenYet(Forbidden):
    cause = _("This initiative is still being prepared.")
    remedy = _("Come back when it opens.")


class PhaseShut(Forbidden):
    cause = _("This is not possible in the present phase.")
    remedy = _("The calendar of the initiative says when it is.")


class InitiativeHalted(Forbidden):
    cause = _("The initiative is halted for the moment.")
    remedy = _("The reason is on its page; everything goes on from here when it resumes.")


class NotAMember(Forbidden):
    cause = _("Only members of the community take part.")
    remedy = _("Join the community, then try again.")


class SignedOut(Forbidden):
    cause = _("You are not signed in.")
    remedy = _("Sign in, then try again.")


class NotYours(Forbidden):
    cause = _("Only its author may do this.")


class NotOfficial(Forbidden):
    cause = _("Only owners, managers, designers and hosts answer in the name of the house.")
    remedy = _("Write an ordinary comment instead.")


class NotVisible(Forbidden):
    cause = _("This is no longer shown.")
    remedy = _("Go back to the initiative.")


class NoPhase(Refusal):
    cause = _("The calendar is empty.")
    remedy = _("Give at least one phase its dates.")


class UnknownPhase(Refusal):
    cause = _("There is no phase of the kind “%(kind)s” here.")
    remedy = _("Choose one of the phases the mechanism offers.")


class PhasesOverlap(Refusal):
    cause = _("The phases overlap, or one ends before it starts.")
    remedy = _("Set the dates so that each phase ends before the next one starts.")


class ScheduleOver(Refusal):
    cause = _("Every phase of the calendar is already over.")
    remedy = _("Move the dates, then open.")


class AlreadyOpen(Conflict):
    cause = _("The initiative is already open; its calendar and rules are frozen.")
    remedy = _("Extend or close a phase, or publish an amendment.")


class NotExtended(Refusal):
    cause = _("The new end is not later than the present one.")
    remedy = _("Choose a later date.")


class NextPhaseInTheWay(Refusal):
    cause = _("The next phase starts before the new end.")
    remedy = _("Choose an earlier end, or move the phases that follow by as much.")


class PhaseOver(Conflict):
    cause = _("This phase is already over.")
    remedy = _("Look at the calendar: the next phase may be running.")


class PhaseNotBegun(Conflict):
    cause = _("This phase has not begun.")
    remedy = _("Wait for its start, or halt the initiative.")


class ReasonMissing(Refusal):
    cause = _("A public reason is needed.")
    remedy = _("Say in one sentence why; members will read it.")


class NothingAmended(Refusal):
    cause = _("The amendment changes nothing.")
    remedy = _("Change at least one rule.")


class RulesNotValid(Refusal):
    cause = _("The rules are not complete: %(faults)s")
    remedy = _("Correct them, then try again.")


class AlreadyHalted(Conflict):
    cause = _("The initiative is already halted.")
    remedy = _("Resume it when it can go on.")


class NotHalted(Conflict):
    cause = _("The initiative is not halted.")


class SlugTaken(Conflict):
    cause = _("The address “%(slug)s” is taken.")
    remedy = _("Choose another one.")


class NothingWritten(Refusal):
    cause = _("Nothing is written.")
    remedy = _("Write a few words.")


class TooLong(Refusal):
    cause = _("The text has %(length)s characters; %(longest)s is the most.")
    remedy = _("Shorten it.")


class AlreadyWithdrawn(Conflict):
    cause = _("This has already been withdrawn.")


class AnotherThread(Refusal):
    cause = _("The comment answered belongs to another discussion.")
    remedy = _("Go back to the discussion and answer there.")


class UnknownReaction(Refusal):
    cause = _("There is no reaction “%(kind)s”.")
    remedy = _("Choose one of the reactions offered.")


class PictureGone(Refusal):
    cause = _("The picture you had chosen is no longer kept.")
    remedy = _("Choose it again.")


class PictureNotDescribed(Refusal):
    cause = _("The picture has no words for those who cannot see it.")
    remedy = _("Say in one sentence what it shows.")

"""What happens to every initiative and contribution, whatever the mechanism."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class InitiativeDrafted:
    mechanism: str
    preset: str


@dataclass(frozen=True)
class InitiativeOpened:
    mechanism: str
    rules_version: int


@dataclass(frozen=True)
class InitiativeScheduled:
    phases: int


@dataclass(frozen=True)
class RulesAmended:
    version: int
    reason: str


@dataclass(frozen=True)
class PhaseBegun:
    phase: str
    phase_name: str
    ends_at: str


@dataclass(frozen=True)
class PhaseEnded:
    phase: str
    phase_name: str


@dataclass(frozen=True)
class PhaseExtended:
    phase: str
    phase_name: str
    planned_end: str
    ends_at: str
    reason: str


@dataclass(frozen=True)
class PhaseClosedEarly:
    phase: str
    phase_name: str
    planned_end: str
    reason: str


@dataclass(frozen=True)
class PhaseAdvanced:
    phase: str
    phase_name: str
    planned_start: str
    reason: str


@dataclass(frozen=True)
class PhaseMoved:
    phase: str
    phase_name: str
    planned_start: str
    starts_at: str
    reason: str


@dataclass(frozen=True)
class InitiativeStopped:
    reason: str


@dataclass(frozen=True)
class InitiativeResumed:
    reason: str


@dataclass(frozen=True)
class InitiativeClosed:
    mechanism: str


@dataclass(frozen=True)
class CommentWritten:
    about: int
    official: bool


@dataclass(frozen=True)
class CommentAnswered:
    about: int
    in_reply_to: int


@dataclass(frozen=True)
class ContributionEdited:
    kind: str


@dataclass(frozen=True)
class ContributionWithdrawn:
    kind: str


@dataclass(frozen=True)
class Reacted:
    kind: str


@dataclass(frozen=True)
class ReactionTakenBack:
    kind: str


LIFE = (
    ActivityType(
        "initiative.draft",
        Verb.CREATE,
        InitiativeDrafted,
        Sentence(_("You prepared “%(object)s”"), _("%(actor)s prepared “%(object)s”")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "initiative.schedule",
        Verb.UPDATE,
        InitiativeScheduled,
        Sentence(_("You set the calendar of “%(object)s”"), _("%(actor)s set the calendar of “%(object)s”")),
        erase=(),
        public=False,
    ),
    ActivityType(
        "initiative.open",
        Verb.ANNOUNCE,
        InitiativeOpened,
        Sentence(_("You opened “%(object)s”"), _("%(actor)s opened “%(object)s”")),
        erase=(),
    ),
    ActivityType(
        "rules.amend",
        Verb.UPDATE,
        RulesAmended,
        Sentence(
            _("You amended the rules of “%(object)s”: %(reason)s"),
            _("%(actor)s amended the rules of “%(object)s”: %(reason)s"),
        ),
        erase=(),
    ),
    ActivityType(
        "phase.begin",
        Verb.UPDATE,
        PhaseBegun,
        Sentence(
            _("“%(object)s” entered the phase “%(phase_name)s”"), _("“%(object)s” entered the phase “%(phase_name)s”")
        ),
        erase=(),
        translate=("phase_name",),
    ),
    ActivityType(
        "phase.end",
        Verb.COMPLETE,
        PhaseEnded,
        Sentence(
            _("The phase “%(phase_name)s” of “%(object)s” ended"),
            _("The phase “%(phase_name)s” of “%(object)s” ended"),
        ),
        erase=(),
        translate=("phase_name",),
    ),
    ActivityType(
        "phase.extend",
        Verb.UPDATE,
        PhaseExtended,
        Sentence(
            _("You extended the phase “%(phase_name)s” of “%(object)s”: %(reason)s"),
            _("%(actor)s extended the phase “%(phase_name)s” of “%(object)s”: %(reason)s"),
        ),
        erase=(),
        translate=("phase_name",),
    ),
    ActivityType(
        "phase.close",
        Verb.UPDATE,
        PhaseClosedEarly,
        Sentence(
            _("You closed the phase “%(phase_name)s” of “%(object)s” early: %(reason)s"),
            _("%(actor)s closed the phase “%(phase_name)s” of “%(object)s” early: %(reason)s"),
        ),
        erase=(),
        translate=("phase_name",),
    ),
    ActivityType(
        "phase.advance",
        Verb.UPDATE,
        PhaseAdvanced,
        Sentence(
            _("You opened the phase “%(phase_name)s” of “%(object)s” ahead of its day: %(reason)s"),
            _("%(actor)s opened the phase “%(phase_name)s” of “%(object)s” ahead of its day: %(reason)s"),
        ),
        erase=(),
        translate=("phase_name",),
    ),
    ActivityType(
        "phase.move",
        Verb.UPDATE,
        PhaseMoved,
        Sentence(
            _("You put off the phase “%(phase_name)s” of “%(object)s”: %(reason)s"),
            _("%(actor)s put off the phase “%(phase_name)s” of “%(object)s”: %(reason)s"),
        ),
        erase=(),
        translate=("phase_name",),
    ),
    ActivityType(
        "initiative.halt",
        Verb.UPDATE,
        InitiativeStopped,
        Sentence(_("You halted “%(object)s”: %(reason)s"), _("%(actor)s halted “%(object)s”: %(reason)s")),
        erase=(),
    ),
    ActivityType(
        "initiative.resume",
        Verb.UPDATE,
        InitiativeResumed,
        Sentence(_("You resumed “%(object)s”: %(reason)s"), _("%(actor)s resumed “%(object)s”: %(reason)s")),
        erase=(),
    ),
    ActivityType(
        "initiative.close",
        Verb.COMPLETE,
        InitiativeClosed,
        Sentence(_("“%(object)s” closed"), _("“%(object)s” closed")),
        erase=(),
    ),
)

DISCUSSION = (
    ActivityType(
        "comment.write",
        Verb.CREATE,
        CommentWritten,
        Sentence(_("You commented on “%(object)s”"), _("%(actor)s commented on “%(object)s”")),
        erase=(),
        weight=1.0,
    ),
    ActivityType(
        "comment.answer",
        Verb.CREATE,
        CommentAnswered,
        Sentence(
            _("You answered %(target)s about “%(object)s”"),
            _("%(actor)s answered %(target)s about “%(object)s”"),
        ),
        erase=(),
        weight=1.5,
    ),
    ActivityType(
        "contribution.edit",
        Verb.UPDATE,
        ContributionEdited,
        Sentence(_("You edited “%(object)s”"), _("%(actor)s edited “%(object)s”")),
        erase=(),
    ),
    ActivityType(
        "contribution.withdraw",
        Verb.DELETE,
        ContributionWithdrawn,
        Sentence(_("You withdrew a contribution"), _("%(actor)s withdrew a contribution")),
        erase=(),
    ),
    ActivityType(
        "reaction.add",
        Verb.LIKE,
        Reacted,
        Sentence(_("You reacted to “%(object)s”"), _("%(actor)s reacted to “%(object)s”")),
        erase=(),
        weight=0.5,
    ),
    ActivityType(
        "reaction.remove",
        Verb.UNDO,
        ReactionTakenBack,
        Sentence(
            _("You took back your reaction to “%(object)s”"), _("%(actor)s took back a reaction to “%(object)s”")
        ),
        erase=(),
        public=False,
    ),
)

declare(*LIFE, *DISCUSSION)

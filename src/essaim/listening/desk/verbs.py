"""What happens at the desk. The texts of answers stay on the desk: an activity only says that one was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from essaim.kit.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class MentionAssigned:
    pass


@dataclass(frozen=True)
class MentionReleased:
    pass


@dataclass(frozen=True)
class MentionAnswered:
    platform: str


@dataclass(frozen=True)
class AnswerPublished:
    platform: str


@dataclass(frozen=True)
class MentionSnoozed:
    until: str


@dataclass(frozen=True)
class MentionClosed:
    reason: str


@dataclass(frozen=True)
class MentionReopened:
    pass


@dataclass(frozen=True)
class PromiseMade:
    due_on: str


@dataclass(frozen=True)
class PromiseSettled:
    outcome: str


@dataclass(frozen=True)
class BrandNamed:
    pass


@dataclass(frozen=True)
class BrandChanged:
    pass


@dataclass(frozen=True)
class BrandRetired:
    pass


@dataclass(frozen=True)
class PanelLocked:
    reason: str


@dataclass(frozen=True)
class BurstSeen:
    brand: str
    day: str
    mentions: int
    expected: int


def catalogue_key(label: Any) -> str:
    """The source text of a label: it is put into the reader's language when the activity is told."""
    with override(None):
        return str(label)


def _type(
    slug: str,
    verb: Verb,
    payload: type,
    you: object,
    other: object,
    *,
    weight: float = 0.0,
    public: bool = False,
    staff: bool = False,
    translate: tuple[str, ...] = (),
) -> ActivityType:
    told = Sentence(you, other)  # type: ignore[arg-type]
    return ActivityType(slug, verb, payload, told, (), weight, public, translate, staff=staff)


declare(
    _type(
        "mention.assign", Verb.ADD, MentionAssigned,
        _("You gave the mention %(object)s to %(target)s"), _("%(actor)s gave the mention %(object)s to %(target)s"),
    ),
    _type(
        "mention.release", Verb.REMOVE, MentionReleased,
        _("You let go of the mention %(object)s"), _("%(actor)s let go of the mention %(object)s"),
    ),
    _type(
        "mention.answer", Verb.CREATE, MentionAnswered,
        _("You answered what was written on %(platform)s"),
        _("%(actor)s answered for the house what was written on %(platform)s"),
        weight=3.0,
    ),
    _type(
        "mention.answer_published", Verb.ANNOUNCE, AnswerPublished,
        _("Your answer was published on %(platform)s"), _("The answer of %(actor)s was published on %(platform)s"),
    ),
    _type(
        "mention.snooze", Verb.UPDATE, MentionSnoozed,
        _("You put off the mention %(object)s until %(until)s"),
        _("%(actor)s put off the mention %(object)s until %(until)s"),
    ),
    _type(
        "mention.close", Verb.COMPLETE, MentionClosed,
        _("You closed the mention %(object)s: %(reason)s"), _("%(actor)s closed the mention %(object)s: %(reason)s"),
        translate=("reason",),
    ),
    _type(
        "mention.reopen", Verb.UNDO, MentionReopened,
        _("You opened the mention %(object)s again"), _("%(actor)s opened the mention %(object)s again"),
    ),
    _type(
        "promise.make", Verb.OFFER, PromiseMade,
        _("You promised for the house, for %(due_on)s: %(object)s"),
        _("The house promises, for %(due_on)s: %(object)s"),
        public=True,
    ),
    _type(
        "promise.settle", Verb.COMPLETE, PromiseSettled,
        _("You told what became of a promise: %(object)s – %(outcome)s"),
        _("What became of a promise of the house: %(object)s – %(outcome)s"),
        public=True,
        translate=("outcome",),
    ),
    _type(
        "brand.name", Verb.CREATE, BrandNamed,
        _("You follow the brand %(object)s"), _("%(actor)s follows the brand %(object)s"),
    ),
    _type(
        "brand.change", Verb.UPDATE, BrandChanged,
        _("You changed the words of the brand %(object)s"), _("%(actor)s changed the words of the brand %(object)s"),
    ),
    _type(
        "brand.retire", Verb.REMOVE, BrandRetired,
        _("You no longer follow the brand %(object)s"), _("%(actor)s no longer follows the brand %(object)s"),
    ),
    _type(
        "panel.lock", Verb.UPDATE, PanelLocked,
        _("You locked a new panel for shares of voice: %(reason)s"),
        _("%(actor)s locked a new panel for shares of voice: %(reason)s"),
    ),
    _type(
        "mention.burst", Verb.ANNOUNCE, BurstSeen,
        _("Much was said about %(brand)s on %(day)s: %(mentions)s mentions where %(expected)s were expected"),
        _("Much was said about %(brand)s on %(day)s: %(mentions)s mentions where %(expected)s were expected"),
        staff=True,
    ),
)  # fmt: skip

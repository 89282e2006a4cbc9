"""What can happen to the rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class RulesPublished:
    version: int
    reason: str


declare(
    ActivityType(
        slug="rewards.rules-published",
        verb=Verb.UPDATE,
        payload=RulesPublished,
        sentence=Sentence(
            you=_("You published version %(version)s of the rules for points: %(reason)s"),
            other=_("%(actor)s published version %(version)s of the rules for points: %(reason)s"),
        ),
        erase=(),
    )
)

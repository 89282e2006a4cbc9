"""What happens between a mention and an initiative. What it became, the mechanism tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.kit.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class SuggestionProposed:
    pass


@dataclass(frozen=True)
class ProposalAnswered:
    agreed: bool


declare(
    ActivityType(
        "suggestion.propose", Verb.OFFER, SuggestionProposed,
        Sentence(
            _("You asked %(target)s whether the suggestion “%(object)s” may go into “%(initiative)s”"),
            _("%(actor)s would like to bring your suggestion “%(object)s” into “%(initiative)s”: may it be told?"),
        ),
        erase=(), weight=1.0, public=False,
    ),
    ActivityType(
        "suggestion.answer", Verb.ACCEPT, ProposalAnswered,
        Sentence(
            _("You answered whether your suggestion “%(object)s” may go into “%(initiative)s”"),
            _("%(actor)s answered about the suggestion “%(object)s”"),
        ),
        erase=(), public=False,
    ),
)  # fmt: skip

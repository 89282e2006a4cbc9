"""What happens to tables. None of it is public."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class TableTakenIn:
    name: str
    added: int


declare(
    ActivityType(
        "tables.take-in",
        Verb.ADD,
        TableTakenIn,
        Sentence(
            _("You took in the table “%(name)s”: %(added)s new mentions."),
            _("%(actor)s took in the table “%(name)s”: %(added)s new mentions."),
        ),
        erase=(),
        public=False,
    )
)

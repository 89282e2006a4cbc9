"""What happens to donations. None of it is public, nor tells what was said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class PostsDonated:
    posts: int


@dataclass(frozen=True)
class PostsTakenBack:
    posts: int


declare(
    ActivityType(
        "donation.give",
        Verb.OFFER,
        PostsDonated,
        Sentence(_("You gave the house %(posts)s of your posts."), _("%(actor)s gave the house %(posts)s posts.")),
        erase=(),
        public=False,
    )
)
declare(
    ActivityType(
        "donation.take-back",
        Verb.UNDO,
        PostsTakenBack,
        Sentence(_("You took back %(posts)s of your posts."), _("%(actor)s took back %(posts)s posts.")),
        erase=(),
        public=False,
    )
)

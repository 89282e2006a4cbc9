"""Acts named for people who read the rules."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essaim.projectors.rewards.domain import Rule

ACTS: dict[str, str | Promise] = {
    "community.join": _("Joining a community"),
    "idea_submitted": _("Submitting an idea"),
    "co_author_joined": _("Becoming a co-author"),
    "vote_cast": _("Voting"),
    "comment.write": _("Commenting"),
    "comment.answer": _("Answering a comment"),
    "reaction.add": _("Being thanked by a reaction"),
    "idea_test_scored": _("Testing an idea"),
    "idea_answered": _("Getting an official answer"),
    "rung_climbed": _("Seeing one's idea reach a rung"),
    "products.credited": _("Being named on a product"),
}


def act_name(rule: Rule) -> str:
    """The act in the reader's language, its type when nobody named it."""
    return str(ACTS.get(rule.type, rule.type))

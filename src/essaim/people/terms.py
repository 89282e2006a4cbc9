"""What everyone accepts on joining: the house's own terms, or these few lines until it writes some."""

from __future__ import annotations

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from essaim.people import evidence
from essaim.people.models import Evidence
from essaim.people.queries import house

LINES = (
    _("You take part under a name of your choice, and you are %(age)s years old or more."),
    _("What you write stays yours. You let %(house)s show it on its pages and feeds while your account is open."),
    _("Money and rights over an idea are those its contest lists before you take part, and no others."),
    _("Be fair: no insult, no fraud, one account per person, and nobody else's work as your own."),
    _("A decision against something you wrote is explained to you, and you may appeal."),
    _("You can take all your data with you, and leave, at any time and on your own."),
    _("%(house)s keeps only what these pages need: no tracker, nothing sold, nothing sent elsewhere."),
)


def terms_text(language: str) -> str:
    """The terms in force, as Markdown, in this language."""
    row = house()
    own = row.terms_of_use.get(language)
    if own:
        return str(own)
    with override(language):
        words = {"house": row.name, "age": row.minimum_age}
        return "\n".join(f"{number}. {gettext(line) % words}" for number, line in enumerate(LINES, 1))


def keep_terms(language: str) -> Evidence:
    return evidence.keep("terms", terms_text(language), language)

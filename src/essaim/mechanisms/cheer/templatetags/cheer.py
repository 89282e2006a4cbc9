"""Who said it, on the wall."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from essaim.mechanisms.cheer import queries
from essaim.mechanisms.cheer.models import CheerMessage
from essaim.people.models import Member

register = template.Library()


@register.simple_tag
def author(authors: Mapping[str, Member] | str, message: CheerMessage) -> str:
    """The first name of a message's author; nothing for guests and for who has left."""
    return queries.first_name(authors.get(message.cheer.supporter)) if isinstance(authors, Mapping) else ""

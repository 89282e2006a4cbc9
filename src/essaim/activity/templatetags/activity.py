"""`{% load activity %}{% tell activity %}`: one activity as a sentence, to the reader of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from essaim.activity import telling
from essaim.activity.models import Activity

register = template.Library()


@register.simple_tag(takes_context=True)
def tell(context: template.Context, activity: Activity) -> SafeString:
    """The sentence, with links. For a whole list, `telling.tell_all` in the view asks the database less."""
    request: Any = context.get("request")
    return telling.tell(activity, getattr(request, "user", None)).html

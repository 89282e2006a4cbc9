"""What the comment and reaction fragments ask for; `{% include "initiatives/comments.html" %}` needs no more than
`contribution` in the context."""

from __future__ import annotations

from typing import Any

from django import template

from essaim.initiatives import queries, threads
from essaim.initiatives.forms import CommentForm
from essaim.initiatives.models import Contribution, Initiative

register = template.Library()


def _reader(context: template.Context) -> Any:
    return getattr(context.get("request"), "user", None)


@register.simple_tag(takes_context=True)
def talk(context: template.Context, contribution: Contribution) -> threads.Talk:
    return threads.talk(contribution, _reader(context))


@register.simple_tag(takes_context=True)
def reaction_bar(context: template.Context, contribution: Contribution) -> threads.Bar:
    return threads.bar(contribution, _reader(context))


@register.simple_tag
def comment_form(talk: threads.Talk, typed: CommentForm | None = None) -> CommentForm:
    """The form with what was typed, or an empty one."""
    return typed or CommentForm(about=talk.contribution.pk, official=talk.may_answer_officially)


@register.simple_tag
def stage(initiative: Initiative) -> str:
    return str(queries.stage(initiative))

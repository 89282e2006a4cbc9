"""What waits at the desk, in the studio's queue."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from essaim.initiatives.desk import Duty
from essaim.listening.desk.models import Answer, Item
from essaim.listening.desk.queries.promises import overdue
from essaim.people.models import Member
from essaim.studio.policy import Role
from essaim.studio.queue import register

ANSWERING = frozenset({Role.MANAGER.value, Role.MODERATOR.value})


def mine(member: Member) -> int:
    """Given to this person, and open."""
    return Item.objects.filter(assignee=member, state=Item.State.OPEN).count()


register(
    Duty(
        slug="promises-overdue",
        title=ngettext_lazy("%(count)d promise is overdue", "%(count)d promises are overdue", "count"),
        act=_("Tell what became of them"),
        count=lambda member: overdue().count(),
        url=lambda: reverse("listening_desk:promises"),
        roles=ANSWERING,
        urgent=True,
    ),
    Duty(
        slug="answers-failed",
        title=ngettext_lazy(
            "%(count)d answer could not be published", "%(count)d answers could not be published", "count"
        ),
        act=_("Look at them"),
        count=lambda member: Answer.objects.filter(state=Answer.State.FAILED).count(),
        url=lambda: f"{reverse('listening_desk:inbox')}?state=answered",
        roles=ANSWERING,
        urgent=True,
    ),
    Duty(
        slug="mentions-mine",
        title=ngettext_lazy("%(count)d mention waits for you", "%(count)d mentions wait for you", "count"),
        act=_("Answer"),
        count=mine,
        url=lambda: f"{reverse('listening_desk:inbox')}?state=mine",
        roles=ANSWERING,
    ),
)

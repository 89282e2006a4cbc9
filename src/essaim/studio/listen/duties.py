"""What waits at the desk: in the studio's queue for the team, among the errands of the one who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from essaim.initiatives.desk import Duty, Errand, hang_errands
from essaim.kit import clock
from essaim.listening.desk.models import Answer, Item
from essaim.listening.desk.policy import may_answer
from essaim.listening.desk.queries import inbox
from essaim.listening.desk.queries.promises import due, overdue
from essaim.listening.desk.rollup import starts
from essaim.people.models import Member
from essaim.studio.policy import Role
from essaim.studio.queue import register

ANSWERING = frozenset({Role.MANAGER.value, Role.MODERATOR.value})
RECENT = 14
"""Days back to which somebody who asks is still waiting."""
MOST = 999
SOON = timedelta(days=7)
SHOWN = 5


def _since() -> date:
    return timezone.localdate(clock.now()) - timedelta(days=RECENT)


def unseen(kind: str) -> int:
    """Open mentions of this kind that nobody sees to."""
    return inbox.count(inbox.Wanted(unassigned=True, kind=kind, since=_since()), most=MOST)


def _unseen_url(kind: str) -> str:
    return f"{reverse('listening_desk:inbox')}?kind={kind}&assignee=nobody&since={_since().isoformat()}"


def errands(member: Member) -> Iterator[Errand]:
    """What was given to this person of the team, and what he promised."""
    if not may_answer.test(member):
        return
    if count := mine(member):
        text = ngettext("%(count)d mention waits for you", "%(count)d mentions wait for you", count) % {
            "count": count
        }
        yield Errand(text, _("Answer"), f"{reverse('listening_desk:inbox')}?state=mine")
    for promise in due(SOON).filter(made_by=member)[:SHOWN]:
        late = promise.due_on < timezone.localdate(clock.now())
        words = _("You promised: “%(promise)s”; its day has passed") if late else _("You promised: “%(promise)s”")
        until = None if late else starts(promise.due_on + timedelta(days=1))
        text = words % {"promise": promise.text}
        yield Errand(text, _("Tell what became of it"), reverse("listening_desk:promises"), until)


hang_errands(errands)


def mine(member: Member) -> int:
    """Given to this person, and open."""
    return Item.objects.filter(assignee=member, state=Item.State.OPEN).count()


register(
    Duty(
        slug="mentions-claims",
        title=ngettext_lazy(
            "%(count)d claim waits that nobody sees to", "%(count)d claims wait that nobody sees to", "count"
        ),
        act=_("See to them"),
        count=lambda member: unseen("claim"),
        url=lambda: _unseen_url("claim"),
        roles=ANSWERING,
    ),
    Duty(
        slug="mentions-questions",
        title=ngettext_lazy(
            "%(count)d question waits for an answer", "%(count)d questions wait for an answer", "count"
        ),
        act=_("See to them"),
        count=lambda member: unseen("question"),
        url=lambda: _unseen_url("question"),
        roles=ANSWERING,
    ),
    Duty(
        slug="promises-due",
        title=ngettext_lazy(
            "%(count)d promise is due within a week", "%(count)d promises are due within a week", "count"
        ),
        act=_("Look at them"),
        count=lambda member: due(SOON).count() - overdue().count(),
        url=lambda: reverse("listening_desk:promises"),
        roles=ANSWERING,
    ),
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

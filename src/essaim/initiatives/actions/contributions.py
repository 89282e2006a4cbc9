"""What happens to any contribution, whatever its kind."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives import domain, policy
from essaim.initiatives.models import Contribution, Revision
from essaim.initiatives.policy import allow
from essaim.initiatives.verbs import ContributionEdited, ContributionWithdrawn
from essaim.kit import clock
from essaim.people.models import Member

LONGEST_BODY = 20_000


def lock_contribution(contribution: Contribution) -> Contribution:
    """The contribution's row as it now stands, of the same class, locked until the transaction ends."""
    rows = type(contribution)._default_manager.select_for_update(no_key=True, of=("self",))
    return rows.select_related("initiative__community", "author").get(pk=contribution.pk)


def keep_revision(*, contribution: Contribution, editor: Member, extra: dict[str, Any] | None = None) -> Revision:
    """Keep what the contribution says before it is changed; `extra` holds the mechanism's own fields.

    The caller has locked the contribution and saves the change in the same transaction.
    """
    contribution.edited_at = clock.now()
    return Revision.objects.create(
        contribution_id=contribution.pk,
        title=contribution.title,
        body=contribution.body,
        extra=extra or {},
        editor=editor,
        at=contribution.edited_at,
    )


@transaction.atomic
def edit_contribution(
    *, contribution: Contribution, editor: Member, body: str, title: str | None = None
) -> Contribution:
    """Change the text (and the title) of one's own contribution; what it said before stays readable."""
    contribution = lock_contribution(contribution)
    allow(policy.edit_own, editor, contribution)
    body = domain.check_text(body, LONGEST_BODY)
    title = contribution.title if title is None else domain.check_text(title, 160)
    if (title, body) == (contribution.title, contribution.body):
        return contribution
    keep_revision(contribution=contribution, editor=editor)
    contribution.title, contribution.body = title, body
    contribution.save(update_fields=["title", "body", "edited_at"])
    edited = ContributionEdited(contribution.kind)
    record(edited, actor=editor, object=contribution, initiative=contribution.initiative)
    return contribution


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, actor: Member) -> Contribution:
    """Take one's own contribution off the pages; the row stays, so that counts and answers keep their place."""
    contribution = lock_contribution(contribution)
    allow(policy.withdraw_own, actor, contribution)
    if contribution.state == Contribution.State.WITHDRAWN:
        raise domain.AlreadyWithdrawn
    contribution.state = Contribution.State.WITHDRAWN
    contribution.save(update_fields=["state"])
    withdrawn = ContributionWithdrawn(contribution.kind)
    record(withdrawn, actor=actor, object=contribution, initiative=contribution.initiative)
    return contribution

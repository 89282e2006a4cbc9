"""Comments and reactions, on any contribution."""

from __future__ import annotations

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives import domain, policy
from essaim.initiatives.actions.contributions import edit_contribution, lock_contribution
from essaim.initiatives.models import Comment, Contribution, Reaction
from essaim.initiatives.policy import allow
from essaim.initiatives.verbs import CommentAnswered, CommentWritten, Reacted, ReactionTakenBack
from essaim.kit import clock
from essaim.kit.rows import only
from essaim.people.models import Member

LONGEST_COMMENT = 5_000


@transaction.atomic
def write_comment(
    *,
    about: Contribution,
    author: Member,
    body: str,
    in_reply_to: Comment | None = None,
    official: bool = False,
    language: str = "",
) -> Comment:
    """Comment on a contribution, or answer a comment on it. `official` marks the word of the house's staff."""
    allow(policy.comment_officially if official else policy.comment, author, about)
    body = domain.check_text(body, LONGEST_COMMENT)
    if in_reply_to is not None and in_reply_to.about_id != about.pk:
        raise domain.AnotherThread
    now = clock.now()
    comment = Comment.objects.create(
        initiative=about.initiative,
        author=author,
        kind="comment",
        body=body,
        language=language or author.language,
        about_id=about.pk,
        in_reply_to=in_reply_to,
        official=official,
        created_at=now,
        published_at=now,
    )
    _record_comment(comment, about, in_reply_to)
    return comment


def _record_comment(comment: Comment, about: Contribution, in_reply_to: Comment | None) -> None:
    if in_reply_to is None:
        act: object = CommentWritten(about.pk, comment.official)
    else:
        act = CommentAnswered(about.pk, in_reply_to.pk)
    touched = (in_reply_to or about).author
    record(act, actor=comment.author, object=comment, initiative=comment.initiative, target=touched)


@transaction.atomic
def edit_comment(*, comment: Comment, editor: Member, body: str) -> Comment:
    """Change one's own comment; what it said before stays readable."""
    domain.check_text(body, LONGEST_COMMENT)
    edited = edit_contribution(contribution=comment, editor=editor, body=body)
    assert isinstance(edited, Comment)
    return edited


@transaction.atomic
def react(*, contribution: Contribution, member: Member, kind: str = Reaction.Kind.LIKE) -> Reaction:
    """React to a contribution, or change one's reaction: one per member, the last one counts."""
    contribution = lock_contribution(contribution)
    allow(policy.react, member, contribution)
    if kind not in Reaction.Kind.values:
        raise domain.UnknownReaction(kind=kind)
    before = only(Reaction.objects.filter(contribution_id=contribution.pk, member=member))
    if before is not None and before.kind == kind:
        return before
    reaction = Reaction(contribution_id=contribution.pk, member=member, kind=kind, at=clock.now())
    Reaction.objects.bulk_create(
        [reaction], update_conflicts=True, unique_fields=["contribution", "member"], update_fields=["kind", "at"]
    )
    if before is None:
        record(
            Reacted(kind),
            actor=member,
            object=contribution,
            initiative=contribution.initiative,
            target=contribution.author,
        )
    return reaction


@transaction.atomic
def take_back_reaction(*, contribution: Contribution, member: Member) -> None:
    """Take one's reaction back; nothing happens when there is none."""
    contribution = lock_contribution(contribution)
    allow(policy.is_signed_in, member, contribution)
    reaction = Reaction.objects.filter(contribution_id=contribution.pk, member=member).first()
    if reaction is None:
        return
    kind = reaction.kind
    reaction.delete()
    record(ReactionTakenBack(kind), actor=member, object=contribution, initiative=contribution.initiative)

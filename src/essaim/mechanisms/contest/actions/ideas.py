"""An idea's life before votes: drafted, submitted, edited, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import Illustration, illustrate, keep_revision, lock, picture_of
from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.text import sort_key
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.domain.errors import EmptyIdea, IdeaSettled
from essaim.mechanisms.contest.domain.rules import WHOLE
from essaim.mechanisms.contest.models import Authorship, Idea
from essaim.mechanisms.contest.payloads import IdeaEdited, IdeaSubmitted, IdeaWithdrawn
from essaim.people.models import Member

LONGEST_TITLE = 160
LONGEST_STORY = 20_000
WHOLE_ROW = ("self", "contribution_ptr")


def locked_idea(idea: Idea) -> Idea:
    """The idea as it now stands, and its authors until the transaction ends; its contest is already locked."""
    ideas = Idea.objects.select_for_update(no_key=True, of=WHOLE_ROW).select_related("contest", "author")
    return ideas.get(pk=idea.pk)


@transaction.atomic
def save_draft(
    *,
    contest: Initiative,
    author: Member,
    title: str,
    body: str,
    draft: Idea | None = None,
    categories: Sequence[str] = (),
    place: str = "",
    language: str = "",
    illustration: Illustration | None = None,
) -> Idea:
    """Keep what is written so far, seen by its author only. Nothing is checked but its length."""
    contest = lock(contest)
    allow(policy.save_draft | policy.staff_lists_ideas, author, contest)
    idea = _own_draft(draft, author) or _blank(contest, author)
    write(idea, title, body, categories, place, language or author.language)
    illustrate(contribution=idea, by=author, wanted=illustration, described=False)
    return idea


def _blank(contest: Initiative, author: Member) -> Idea:
    return Idea(
        contest=contest,
        initiative=contest,
        author=author,
        kind="idea",
        number=queries.next_number(contest),
        state=Contribution.State.DRAFT,
    )


def _own_draft(draft: Idea | None, author: Member) -> Idea | None:
    return draft and Idea.objects.filter(pk=draft.pk, author=author, state=Contribution.State.DRAFT).first()


def write(idea: Idea, title: str, body: str, categories: Sequence[str], place: str, language: str) -> None:
    idea.title, idea.body = title.strip()[:LONGEST_TITLE], body.strip()[:LONGEST_STORY]
    idea.categories, idea.place, idea.language = list(categories), place.strip()[:80], language
    index(idea)
    is_new = idea.pk is None
    idea.save()
    if is_new:
        Authorship.objects.create(idea=idea, member_id=idea.author_id, share=WHOLE)


def index(idea: Idea) -> None:
    """Fill what sorting and searching read: unaccented, lower case."""
    idea.sort_key = sort_key(idea.title)[:200]
    idea.search_text = sort_key(f"{idea.title} {idea.body} {idea.place} {' '.join(idea.categories)}")


@transaction.atomic
def submit_idea(
    *,
    contest: Initiative,
    author: Member,
    title: str,
    body: str,
    draft: Idea | None = None,
    categories: Sequence[str] = (),
    place: str = "",
    language: str = "",
    illustration: Illustration | None = None,
) -> Idea:
    """Publish an idea, from a draft or at once. Raises EmptyIdea without a title or a story."""
    contest = lock(contest)
    allow(policy.submit_idea, author, contest)
    if not title.strip() or not body.strip():
        raise EmptyIdea
    if draft is not None and (published := _published(draft, author)):
        return published
    idea = _own_draft(draft, author) or _blank(contest, author)
    idea.state, idea.published_at = Contribution.State.PUBLISHED, clock.now()
    write(idea, title, body, categories, place, language or author.language)
    illustrate(contribution=idea, by=author, wanted=illustration)
    record(IdeaSubmitted(), actor=author, object=idea, initiative=contest)
    return idea


def _published(draft: Idea, author: Member) -> Idea | None:
    """The idea, when another tab has already submitted this draft."""
    return Idea.objects.filter(pk=draft.pk, author=author, state=Contribution.State.PUBLISHED).first()


@transaction.atomic
def edit_idea(
    *,
    idea: Idea,
    editor: Member,
    title: str,
    body: str,
    categories: Sequence[str] | None = None,
    place: str | None = None,
    illustration: Illustration | None = None,
) -> Idea:
    """Change one's submitted idea while ideas are taken; what it said before stays readable."""
    contest = lock(idea.contest)
    idea = locked_idea(idea)
    allow(policy.edit_idea, editor, idea)
    _refuse_settled(idea)
    if not title.strip() or not body.strip():
        raise EmptyIdea
    picture = picture_of(idea)
    extra = {"categories": idea.categories, "place": idea.place, "picture": picture.alt if picture else ""}
    keep_revision(contribution=idea, editor=editor, extra=extra)
    write(
        idea,
        title,
        body,
        idea.categories if categories is None else categories,
        idea.place if place is None else place,
        idea.language,
    )
    illustrate(contribution=idea, by=editor, wanted=illustration)
    record(IdeaEdited(), actor=editor, object=idea, initiative=contest)
    return idea


def _refuse_settled(idea: Idea) -> None:
    """An idea merged, withdrawn or standing on a rung is no longer its author's to change."""
    if not idea.is_votable or idea.rungs.exists():
        raise IdeaSettled


@transaction.atomic
def withdraw_idea(*, idea: Idea, actor: Member) -> Idea:
    """Take one's idea out of the contest. Votes on it stay on their ballots' history and no longer count for it."""
    contest = lock(idea.contest)
    idea = locked_idea(idea)
    allow(policy.withdraw_idea, actor, idea)
    if idea.is_draft:
        idea.state = Contribution.State.WITHDRAWN
        idea.save(update_fields=["state"])
        return idea
    _refuse_settled(idea)
    idea.state = Contribution.State.WITHDRAWN
    idea.save(update_fields=["state"])
    record(IdeaWithdrawn(), actor=actor, object=idea, initiative=contest)
    return idea

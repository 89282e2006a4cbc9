"""News of the campaign, questions and answers."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.domain import check_text
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.crowdfunding import policy
from essaim.mechanisms.crowdfunding.models import Question, Update
from essaim.mechanisms.crowdfunding.payloads import QuestionAnswered, QuestionAsked, UpdatePublished
from essaim.people.models import Member

LONGEST_TITLE, LONGEST_TEXT = 160, 20_000


@transaction.atomic
def publish_update(
    *, campaign: Initiative, author: Member, title: str, body: str, backers_only: bool = False
) -> Update:
    """News; those for backers only are shown and told to backers only."""
    campaign = lock(campaign)
    allow(policy.publish_update, author, campaign)
    last = Update.objects.filter(initiative=campaign).aggregate(last=Max("number"))["last"] or 0
    update = Update.objects.create(
        initiative=campaign,
        author=author,
        kind="update",
        number=last + 1,
        title=check_text(title, LONGEST_TITLE),
        body=check_text(body, LONGEST_TEXT),
        language=author.language,
        published_at=clock.now(),
        backers_only=backers_only,
    )
    seen = False if backers_only else None
    record(UpdatePublished(update.number), actor=author, object=update, initiative=campaign, public=seen)
    return update


@transaction.atomic
def ask_question(*, campaign: Initiative, author: Member, title: str, body: str = "") -> Question:
    """Ask the team, in public."""
    campaign = lock(campaign)
    allow(policy.ask, author, campaign)
    question = Question.objects.create(
        initiative=campaign,
        author=author,
        kind="question",
        title=check_text(title, LONGEST_TITLE),
        body=body.strip()[:LONGEST_TEXT],
        language=author.language,
        published_at=clock.now(),
    )
    record(QuestionAsked(question.pk), actor=author, object=question, initiative=campaign)
    return question


@transaction.atomic
def answer_question(*, question: Question, author: Member, body: str) -> Question:
    """Answer for the team; a second answer takes the place of the first."""
    assert question.initiative is not None
    campaign = lock(question.initiative)
    allow(policy.answer, author, campaign)
    question = Question.objects.select_related("author").get(pk=question.pk)
    question.answer = check_text(body, LONGEST_TEXT)
    question.answered_by, question.answered_at = author, clock.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    told = QuestionAnswered(question.pk)
    record(told, actor=author, object=question, initiative=campaign, target=question.author)
    return question

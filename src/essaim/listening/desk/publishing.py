"""An answer on its way to the platform: asked of the connector once, by the worker.

What is being published when the worker dies is not tried again by itself: it may stand there already. A person looks.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.kit import clock
from essaim.kit.errors import Refusal, gettext_noop
from essaim.listening.desk import routes
from essaim.listening.desk.errors import NoWayBack
from essaim.listening.desk.models import Answer
from essaim.listening.desk.verbs import AnswerPublished
from essaim.listening.kinds import Asked, SourceKind
from essaim.listening.models import Mention

logger = logging.getLogger(__name__)
UNSURE = gettext_noop("The worker stopped while it was being published: look there before you send it again.")
FAILED = gettext_noop("The platform did not take it.")


def publish_answer(answer_id: int, *, client: Any = None) -> None:
    """Publish a waiting answer and note where it stands, or why it does not."""
    answer = _begun(answer_id)
    if answer is None:
        return
    mention = Mention.objects.select_related("source").get(pk=answer.item_id, published_at=answer.item.published_at)
    try:
        url = _published(mention, answer.text, client)
    except Refusal as refusal:
        _end(answer, error=str(refusal.cause.message))
    except Exception:
        logger.exception("an answer could not be published")
        _end(answer, error=FAILED)
    else:
        _end(answer, url=url, platform=mention.platform)


@transaction.atomic
def _begun(answer_id: int) -> Answer | None:
    """The answer, now being published; None when it is not waiting."""
    answer = Answer.objects.select_for_update(of=("self",)).select_related("item").filter(pk=answer_id).first()
    if answer is None:
        return None
    if answer.state == Answer.State.SENDING:
        _end(answer, error=UNSURE)
    if answer.state != Answer.State.WAITING:
        return None
    answer.state = Answer.State.SENDING
    answer.save(update_fields=["state"])
    return answer


def _published(mention: Mention, text: str, client: Any) -> str:
    way, source = routes.way_back(mention), mention.source
    if way is None or way.kind.answer is None:
        raise NoWayBack
    asked = Asked(source.address, source.options, source.cursor, client or _client(way.kind), clock.now())
    return way.kind.answer(asked, way.parent, text)


def _client(kind: SourceKind) -> Any:
    """As polite as the kind asks for: an interface made for programs has rules of its own."""
    return import_module("essaim.listening.web").Polite(per_hour=kind.per_hour, heed_robots=kind.heed_robots)


@transaction.atomic
def _end(answer: Answer, *, url: str = "", error: str = "", platform: str = "") -> None:
    answer.state = Answer.State.FAILED if error else Answer.State.SENT
    answer.url, answer.error = url[:2000], error[:500]
    answer.sent_at = None if error else clock.now()
    answer.save(update_fields=["state", "url", "error", "sent_at"])
    if not error:
        record(AnswerPublished(platform), actor=answer.author, object=answer.item)

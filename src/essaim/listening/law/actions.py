"""Objecting, deciding on a plea, looking at a voice, erasing one."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from essaim.kit import clock
from essaim.listening.intake.storing import lock_intake
from essaim.listening.law.errors import AlreadyDecided, CodeTooOld, NotShown
from essaim.listening.law.forgetting import forget_voice
from essaim.listening.models import Look, Objection, Plea, Voice
from essaim.listening.policy import may_listen, runs_sources
from essaim.listening.voices import proof
from essaim.listening.voices.keys import keyed, seal, unseal, voice_key
from essaim.listening.web import Client
from essaim.people.models import Member
from essaim.people.policy import allow

CODE_HOLDS = timedelta(days=7)
SALT = "listening.objection"


def code_for(platform: str, handle: str) -> str:
    """The code an author posts to show that the account is his: the same for a day, so the page may be reloaded."""
    day = clock.now().date().isoformat()
    return f"essaim-{keyed('objections')(f'{day}|{voice_key(platform, handle).hex()}').hex()[:12]}"


def ticket(platform: str, handle: str) -> str:
    """What the page gives back to prove that this code was made here, for this account; nothing is stored."""
    return signing.dumps([voice_key(platform, handle).hex(), code_for(platform, handle)], salt=SALT)


def object_with_proof(*, platform: str, handle: str, ticket: str, page: str, client: Client) -> Objection:
    """An author who shows the code is left alone at once. Raises CodeTooOld, NotShown."""
    key = voice_key(platform, handle)
    try:
        told, code = signing.loads(ticket, salt=SALT, max_age=CODE_HOLDS)
    except signing.BadSignature as fault:
        raise CodeTooOld() from fault
    if told != key.hex():
        raise CodeTooOld()
    if not _shows(key, handle, code, page, client):
        raise NotShown()
    return leave_alone(key)


def _shows(key: bytes, handle: str, code: str, page: str, client: Client) -> bool:
    """The code stands in what the voice said since, or on the account's own page."""
    voice = Voice.objects.filter(key=key).first()
    if voice and proof.has_posted(voice, code, clock.now() - CODE_HOLDS - timedelta(days=1)):
        return True
    hosts = proof.hosts_of(voice) if voice else set()
    return bool(page) and proof.page_holds(page, code, client, handle, hosts)


@transaction.atomic
def leave_alone(key: bytes) -> Objection:
    """Remove all this author said and hear him no more. No batch under way can bring him back: the lock is held."""
    lock_intake()
    objection, _made = Objection.objects.get_or_create(key=key)
    voice = Voice.objects.select_for_update().filter(key=key).first()
    if voice is not None:
        forget_voice(voice)
    Plea.objects.filter(key=key, outcome=Plea.Outcome.WAITING).update(
        outcome=Plea.Outcome.GRANTED, decided_at=clock.now(), handle=None, reply_to=None
    )
    return objection


@transaction.atomic
def plead(*, platform: str, handle: str, words: str, reply_to: str) -> Plea:
    """Ask the team to decide, without any proof. One request per account waits at a time."""
    key = voice_key(platform, handle)
    given = {"handle": seal(handle, key), "reply_to": seal(reply_to, key) if reply_to else None, "words": words}
    plea, _made = Plea.objects.get_or_create(
        key=key, outcome=Plea.Outcome.WAITING, defaults={"platform": platform, **given}
    )
    return plea


@transaction.atomic
def decide_plea(*, actor: Member, plea: Plea, grant: bool, reason: str = "") -> Plea:
    row = Plea.objects.select_for_update().get(pk=plea.pk)
    allow(runs_sources, actor)
    if row.outcome != Plea.Outcome.WAITING:
        raise AlreadyDecided()
    if grant:
        leave_alone(bytes(row.key))
    if row.reply_to:
        _tell_on_commit(unseal(row.reply_to, row.key), grant, reason)
    row.outcome = Plea.Outcome.GRANTED if grant else Plea.Outcome.REFUSED
    row.reason, row.decided_at, row.decided_by, row.handle, row.reply_to = reason, clock.now(), actor, None, None
    row.save(update_fields=["outcome", "reason", "decided_at", "decided_by", "handle", "reply_to"])
    return row


def _tell_on_commit(address: str, granted: bool, reason: str) -> None:
    """One letter, in the language of the one who decides; the address is forgotten with it."""
    done = _("What you said elsewhere is removed here, and you are not heard again.")
    text = "\n\n".join([done if granted else _("The team did not grant it."), reason])
    letter = EmailMessage(_("Your request to be left alone"), text, to=[address])
    transaction.on_commit(lambda: letter.send(fail_silently=True))


def look(*, actor: Member, voice: Voice, what: str = "page") -> Look:
    """Note that a member of the team opened what is known about a voice; every page that shows one calls this."""
    allow(may_listen, actor)
    return Look.objects.create(actor=actor, voice_id=voice.pk, what=what)


@transaction.atomic
def erase_voice(*, actor: Member, voice: Voice) -> int:
    """Forget a voice without blocking it (GDPR art. 17); how many mentions were emptied."""
    lock_intake()
    allow(runs_sources, actor)
    Look.objects.create(actor=actor, voice_id=voice.pk, what="erased")
    return forget_voice(voice)

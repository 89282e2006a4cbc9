"""A member claims a voice, proves it, lets it go. Joining is one row; no mention is ever rewritten."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction

from essaim.kit import clock
from essaim.listening.models import Claim, Suggestion, Unmatched, Voice
from essaim.listening.voices import proof
from essaim.listening.voices.errors import (
    CodeNotFound,
    NoLinkBack,
    NotMatchedHere,
    NotYourPage,
    NotYours,
    VoiceNotHeard,
    VoiceTaken,
)
from essaim.listening.voices.keys import open_handle, voice_key
from essaim.listening.voices.queries import claims_in_force, may_be_matched
from essaim.listening.web import Client
from essaim.people.models import Member
from essaim.people.policy import allow, is_present

LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # none that is taken for another, none that spells a word


def new_code() -> str:
    return "essaim-" + "".join(secrets.choice(LETTERS) for _ in range(10))


@transaction.atomic
def ask_claim(*, actor: Member, platform: str, handle: str, evidence: str = "") -> Claim:
    """Say that an account heard here is one's own. The claim holds once it is proved."""
    voice = Voice.objects.select_for_update().filter(key=voice_key(platform, handle)).first()
    allow(is_present, actor)
    if voice is None:
        raise VoiceNotHeard(handle=handle, platform=platform)
    return _claim(actor, voice, evidence, handle)


@transaction.atomic
def ask_claim_of(*, actor: Member, voice: Voice) -> Claim:
    """The same for a voice that was suggested."""
    voice = Voice.objects.select_for_update().get(pk=voice.pk)
    allow(is_present, actor)
    return _claim(actor, voice, "", "")


def _claim(actor: Member, voice: Voice, evidence: str, handle: str) -> Claim:
    if not may_be_matched(voice):
        raise NotMatchedHere()
    if claims_in_force().filter(voice=voice).exclude(member=actor).exists():
        raise VoiceTaken()
    if evidence and not proof.is_page_of(evidence, handle, proof.hosts_of(voice)):
        raise NotYourPage()
    kind = Claim.Proof.LINK if evidence else Claim.Proof.CODE
    claim = Claim.objects.filter(voice=voice, member=actor, ended_at=None).first()
    if claim is None:
        return Claim.objects.create(voice=voice, member=actor, proof=kind, code=new_code(), evidence=evidence)
    if claim.proved_at is None and evidence:
        claim.proof, claim.evidence = kind, evidence
        claim.save(update_fields=["proof", "evidence"])
    return claim


def prove_claim(*, actor: Member, claim: Claim, client: Client, handle: str = "") -> Claim:
    """Look for the proof now: the code in what the voice said since, or the link back on its page.

    The page is fetched before anything is locked. Raises CodeNotFound, NoLinkBack, VoiceTaken.
    """
    if claim.member_id != actor.pk:
        raise NotYours()
    if claim.proof == Claim.Proof.LINK:
        handle = open_handle(claim.voice) or handle
        hosts = proof.hosts_of(claim.voice)
        if not handle or not proof.links_back(claim.evidence, actor, client, handle, hosts):
            raise NoLinkBack(page=proof.page_of(actor))
    elif proof.has_posted(claim.voice, claim.code, claim.asked_at) is None:
        raise CodeNotFound(code=claim.code)
    return _take(claim)


@transaction.atomic
def _take(claim: Claim) -> Claim:
    Voice.objects.select_for_update().get(pk=claim.voice_id)
    row = Claim.objects.select_for_update().get(pk=claim.pk)
    if claims_in_force().filter(voice=row.voice_id).exclude(pk=row.pk).exists():
        raise VoiceTaken()
    if row.proved_at is None and row.ended_at is None:
        row.proved_at = clock.now()
        row.save(update_fields=["proved_at"])
    return row


@transaction.atomic
def end_claims(*, actor: Member, claims: Iterable[Claim]) -> int:
    """Let go of some of one's voices, or of all: afterwards every row is as it was before they were claimed."""
    rows = list(Claim.objects.select_for_update().filter(pk__in=[claim.pk for claim in claims], ended_at=None))
    if any(row.member_id != actor.pk for row in rows):
        raise NotYours()
    Claim.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=clock.now())
    return len(rows)


def decline_suggestion(*, actor: Member, voice: Voice) -> None:
    """“This is not me”: it is not suggested again."""
    now = clock.now()
    Suggestion.objects.update_or_create(voice=voice, member=actor, defaults={"declined_at": now, "reason": "handle"})


@transaction.atomic
def set_matching(*, actor: Member, asked: bool) -> None:
    """Let oneself be asked about accounts elsewhere, or not. What one has joined oneself stays until one cuts it."""
    allow(is_present, actor)
    if asked:
        Unmatched.objects.filter(member=actor).delete()
    else:
        Unmatched.objects.get_or_create(member=actor)

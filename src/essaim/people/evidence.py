"""Texts as they were shown, kept by hash and version."""

from __future__ import annotations

import hashlib

from django.db import connection, transaction
from django.db.models import Max

from essaim.kit.rows import only
from essaim.people.models import Acceptance, Evidence, Member


@transaction.atomic
def keep(kind: str, text: str, language: str) -> Evidence:
    """The evidence of this very text, made on its first showing; another text of the kind is the next version."""
    sha256 = fingerprint(text)
    kept = only(Evidence.objects.filter(kind=kind, language=language, sha256=sha256))
    return kept or _keep_new(kind, text, language, sha256)


def _keep_new(kind: str, text: str, language: str, sha256: str) -> Evidence:
    with connection.cursor() as cursor:  # versions of one kind are numbered one at a time
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"evidence {kind} {language}"])
    versions = Evidence.objects.filter(kind=kind, language=language)
    number = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
    kept, _ = versions.get_or_create(
        kind=kind, language=language, sha256=sha256, defaults={"text": text, "version": number}
    )
    return kept


def accept(member: Member, evidence: Evidence) -> Acceptance:
    """Keep that the member accepted this text now."""
    return Acceptance.objects.create(member=member, evidence=evidence)


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Where suggestions can go."""

from __future__ import annotations

from essaim.initiatives.mechanism import Mechanism, mechanism
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import may
from essaim.initiatives.queries import mechanisms_on
from essaim.people.models import Member
from essaim.studio.listen.models import Proposal


def taking(actor: Member) -> list[Initiative]:
    """Initiatives that take suggestions now, brought by this member; the newest first."""
    slugs = [manifest.slug for manifest in mechanisms_on() if manifest.take_suggestion is not None]
    open_ = Initiative.objects.filter(mechanism__in=slugs, opened_at__isnull=False, closed_at=None, halted_at=None)
    return [one for one in open_.select_related("community").order_by("-opened_at", "-pk") if takes(one, actor)]


def takes(initiative: Initiative, actor: Member) -> bool:
    manifest: Mechanism = mechanism(initiative.mechanism)
    return manifest.take_suggestion is not None and may(manifest.policies["take_suggestion"], actor, initiative)


def proposals_of(mention_id: int) -> list[Proposal]:
    rows = Proposal.objects.filter(mention_id=mention_id).select_related("initiative", "contribution", "member")
    return list(rows.order_by("pk"))

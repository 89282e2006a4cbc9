"""A mechanism tried whole: seeded, told, exported, its member shown his data, erased, and looked for again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from essaim.activity.erasure import portrait as activities_of
from essaim.activity.models import Activity
from essaim.activity.telling import tell
from essaim.communities.models import Community
from essaim.initiatives.conformance.manifest import LANGUAGES
from essaim.initiatives.conformance.readme import Faults
from essaim.initiatives.mechanism import Mechanism
from essaim.initiatives.models import Contribution, Initiative
from essaim.people.erasure import erase_member
from essaim.people.models import Member
from essaim.people.rights import holdings


@dataclass(frozen=True)
class Stage:
    """Where a mechanism is tried: a community, the member who runs it, and members who take part."""

    community: Community
    host: Member
    members: Sequence[Member]


def prove_round_trip(manifest: Mechanism, stage: Stage) -> list[str]:
    """Seed an example, tell it, export it, show a member his data, erase him, and look again."""
    if manifest.seed is None or manifest.portrait is None or manifest.erase is None:
        return [f"{manifest.slug}: without seed, portrait and erase there is no round trip"]
    initiative = manifest.seed(community=stage.community, actor=stage.host, members=stage.members)
    found = [*wrong_seed(manifest, initiative), *wrong_sentences(initiative)]
    person = most_active(stage.members)
    traces = [person.email, person.handle, person.display_name, *texts_of(person)]
    before = exported(manifest, initiative)
    found += wrong_portrait(manifest, person)
    count = counted(manifest, initiative)
    erase_member(actor=person, member=person, give_up=True)
    found += still_there(manifest, initiative, person, traces)
    if counted(manifest, initiative) != count:
        found.append("what was counted changes when a member goes")
    if exported(manifest, initiative).keys() != before.keys():
        found.append("an export fails once a member is gone")
    return [f"{manifest.slug}: {fault}" for fault in found]


def wrong_seed(manifest: Mechanism, initiative: Any) -> Faults:
    if not isinstance(initiative, Initiative) or initiative.mechanism != manifest.slug:
        yield "the seed does not return an initiative of its own"
        return
    initiative.refresh_from_db()
    if initiative.opened_at is None:
        yield "the seed leaves its initiative unopened"
    recorded = set(Activity.objects.filter(initiative_id=initiative.pk).values_list("type", flat=True))
    if not recorded & {type_.slug for type_ in manifest.activity_types}:
        yield "the seed does nothing members would do: no activity of the mechanism was recorded"


def wrong_sentences(initiative: Initiative) -> Faults:
    """Every activity of the example can be told, to its actor and to others, in every language."""
    for activity in Activity.objects.filter(initiative_id=initiative.pk).select_related("actor", "target"):
        for language in ("en", *LANGUAGES):
            for reader in (None, activity.actor):
                with translation.override(language):
                    text = tell(activity, reader).text
                if not text or "%(" in text:
                    yield f"the activity {activity.type} cannot be told in “{language}”: {text!r}"


def most_active(members: Sequence[Member]) -> Member:
    return max(members, key=lambda member: Contribution.objects.filter(author=member).count())


def texts_of(member: Member) -> list[str]:
    """What the member wrote, long enough to be recognised."""
    rows = Contribution.objects.filter(author=member).values_list("title", "body")
    return [text for row in rows for text in row if len(text) > 8]


def exported(manifest: Mechanism, initiative: Initiative) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, export in manifest.exports.items():
        file, content = export(initiative)
        if not file or not content:
            raise AssertionError(f"the export {name} is empty")
        files[name] = content
    return files


def shown(member: Member) -> str:
    """Everything the house shows a member about himself, as text."""
    rows = {holding.name: holding.portrait(member) for holding in holdings()}
    return json.dumps(rows, cls=DjangoJSONEncoder, default=str, ensure_ascii=False)


def counted(manifest: Mechanism, initiative: Initiative) -> Any:
    """Every voter's votes in the count. Who wins may change: what a member brought can no longer win once he left."""
    result = manifest.tally(initiative) if manifest.tally else None
    return result["voters"] if isinstance(result, Mapping) and "voters" in result else result


def wrong_portrait(manifest: Mechanism, member: Member) -> Faults:
    assert manifest.portrait is not None
    if not manifest.portrait(member):
        yield "the portrait of a member who took part is empty"
    if not activities_of(member):
        yield "a member who took part left no activity"
    text = shown(member)
    for written in texts_of(member):
        if json.dumps(written, ensure_ascii=False)[1:-1] not in text:
            yield f"the export of a member's data lacks what he wrote: “{written}”"


def still_there(manifest: Mechanism, initiative: Initiative, member: Member, traces: Sequence[str]) -> Faults:
    """What was erased and can still be read: in the exports, in the portrait, in the stream."""
    files = exported(manifest, initiative)
    member.refresh_from_db()
    places = {name: content.decode(errors="replace") for name, content in files.items()}
    places["portrait"] = shown(member)
    payloads = Activity.objects.filter(initiative_id=initiative.pk).values_list("payload", flat=True)
    places["stream"] = json.dumps(list(payloads), ensure_ascii=False)
    for place, text in places.items():
        for trace in traces:
            if trace and reads_as(trace, text):
                yield f"“{trace}” of a member who is gone can still be read in: {place}"


def reads_as(trace: str, text: str) -> bool:
    """Whether the trace stands there as a word of its own: short names also happen inside random numbers."""
    return re.search(rf"(?<!\w){re.escape(trace)}(?!\w)", text) is not None

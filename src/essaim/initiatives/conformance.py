"""What every mechanism must be, checked over the listed ones and over yours while you write it.

    faults(manifest, readme)             what a reading of the manifest finds; nothing when all is well
    prove_round_trip(manifest, stage)    seed, export, show a member his data, erase him, and look again

Each fault is a sentence that says where it is and what to do.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import NoReverseMatch, reverse
from django.urls.exceptions import Resolver404
from django.utils import translation
from django.utils.functional import Promise
from rules.predicates import Predicate

from essaim.activity.erasure import portrait as activities_of
from essaim.activity.models import Activity
from essaim.activity.telling import tell
from essaim.activity.vocabulary import VOCABULARY, ActivityType, Verb
from essaim.communities.models import Community
from essaim.initiatives.domain import RulesNotValid
from essaim.initiatives.mechanism import Mechanism
from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.rules import cleaned_rules
from essaim.people.erasure import erase_member
from essaim.people.models import Member
from essaim.people.rights import holdings

Faults = Iterator[str]
WORDS = frozenset({"actor", "object", "target", "community", "initiative"})
LANGUAGES = ("fr",)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SLUG = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
TYPE_SLUG = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)?")
CODE = re.compile(r"`([^`]+)`")


def faults(manifest: Mechanism, readme: str) -> list[str]:
    """Everything wrong with the manifest, and with the README's table of acts."""
    checks: Sequence[Callable[[Mechanism], Faults]] = (
        wrong_names,
        wrong_acts,
        wrong_policies,
        wrong_phases,
        wrong_presets,
        wrong_activities,
        wrong_addresses,
        missing_duties,
    )
    found = [fault for check in checks for fault in check(manifest)]
    return [f"{manifest.slug}: {fault}" for fault in (*found, *wrong_readme(manifest, readme))]


def readme_of(manifest: Mechanism) -> str:
    """The README beside the manifest, found through the folder of its addresses."""
    folder = import_module(manifest.urls.rpartition(".")[0])
    page = Path(str(folder.__file__)).with_name("README.md")
    return page.read_text() if page.exists() else ""


def wrong_names(manifest: Mechanism) -> Faults:
    if not SLUG.fullmatch(manifest.slug):
        yield f"the slug “{manifest.slug}” is not lower-case letters and digits joined by - or _"
    if not manifest.icon:
        yield "it has no icon: name one of static/kit/icons.svg"
    yield from untranslated("name", manifest.name)
    yield from untranslated("summary", manifest.summary)


def untranslated(where: str, text: Any) -> Faults:
    """A text that is not in every language of the house, or says something else in one."""
    if not isinstance(text, Promise):
        yield f"{where} “{text}” cannot be translated: mark it with gettext_lazy"
        return
    with translation.override("en"):
        source = str(text)
    if not source.strip():
        yield f"{where} is empty"
    for language in LANGUAGES:
        with translation.override(language):
            translated = str(text)
        if translated == source and len(source) > 12:
            yield f"{where} “{source}” has no translation into “{language}”: add it to locale/{language}"
        if set(PLACEHOLDER.findall(translated)) - set(PLACEHOLDER.findall(source)) - WORDS:
            yield f"{where} “{translated}” names words its source does not"


def wrong_acts(manifest: Mechanism) -> Faults:
    if not manifest.acts:
        yield "it has no act: a mechanism lets members do something"
    for name, act in manifest.acts.items():
        yield from wrong_act(name, act)


def wrong_act(name: str, act: Callable[..., Any]) -> Faults:
    plain = inspect.unwrap(act)
    if plain is act:
        yield f"the act {name} opens no transaction: decorate it with @transaction.atomic"
    parameters = inspect.signature(plain).parameters.values()
    named = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    if loose := [each.name for each in parameters if each.kind not in named]:
        yield f"the act {name} takes {', '.join(loose)} by position: begin its parameters with *"
    if "request" in {each.name for each in parameters}:
        yield f"the act {name} takes a request: give it the member who acts"
    if bare := [each.name for each in parameters if each.annotation is inspect.Parameter.empty]:
        yield f"the act {name} does not say the type of {', '.join(bare)}"
    if inspect.signature(plain).return_annotation is inspect.Signature.empty:
        yield f"the act {name} does not say what it returns"


def wrong_policies(manifest: Mechanism) -> Faults:
    for name in manifest.acts.keys() - manifest.policies.keys():
        yield f"the act {name} has no policy: add it to `policies`"
    for name in manifest.policies.keys() - manifest.acts.keys():
        yield f"the policy {name} belongs to no act"
    for name, policy in manifest.policies.items():
        if not isinstance(policy, Predicate):
            yield f"the policy {name} is not a predicate of `rules`"


def wrong_phases(manifest: Mechanism) -> Faults:
    if not manifest.phase_types:
        yield "it has no phase type"
    yield from repeated("phase type", (kind.slug for kind in manifest.phase_types))
    for kind in manifest.phase_types:
        yield from untranslated(f"the name of the phase {kind.slug}", kind.name)
        for act in kind.acts - manifest.acts.keys():
            yield f"the phase {kind.slug} opens {act}, which is no act"


def repeated(what: str, slugs: Iterable[str]) -> Faults:
    seen: set[str] = set()
    for slug in slugs:
        if slug in seen:
            yield f"the {what} {slug} is there twice"
        seen.add(slug)


def wrong_presets(manifest: Mechanism) -> Faults:
    if not manifest.presets:
        yield "it has no preset to start from"
    yield from repeated("preset", (preset.slug for preset in manifest.presets))
    kinds = {kind.slug for kind in manifest.phase_types}
    for preset in manifest.presets:
        yield from untranslated(f"the name of the preset {preset.slug}", preset.name)
        yield from untranslated(f"the summary of the preset {preset.slug}", preset.summary)
        if not preset.phases:
            yield f"the preset {preset.slug} plans no phase"
        for kind, days in preset.phases:
            if kind not in kinds:
                yield f"the preset {preset.slug} plans the phase {kind}, which does not exist"
            if days <= 0:
                yield f"the preset {preset.slug} gives the phase {kind} {days} days"
        yield from wrong_rules(manifest, preset.slug, preset.rules)


def wrong_rules(manifest: Mechanism, preset: str, rules: Mapping[str, Any]) -> Faults:
    """The settings form accepts the preset, and what it makes of it once it keeps as it is."""
    try:
        once = cleaned_rules(manifest, rules)
        again = cleaned_rules(manifest, once)
    except RulesNotValid as refusal:
        yield f"the settings form refuses the preset {preset}: {refusal}"
        return
    if once != again:
        changed = sorted(name for name in once if once[name] != again.get(name))
        yield f"the settings form does not keep its own rules of the preset {preset}: {', '.join(changed)}"


def wrong_activities(manifest: Mechanism) -> Faults:
    if not manifest.activity_types:
        yield "it declares no activity: what members do leaves no trace"
    yield from repeated("activity", (type_.slug for type_ in manifest.activity_types))
    for type_ in manifest.activity_types:
        yield from wrong_activity(type_)


def wrong_activity(type_: ActivityType) -> Faults:
    where = f"the activity {type_.slug}"
    if not TYPE_SLUG.fullmatch(type_.slug):
        yield f"{where} is not named noun.verb"
    if VOCABULARY.get(type_.slug) is not type_:
        yield f"{where} is not the one declared under this name"
    if not (is_dataclass(type_.payload) and type_.payload.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        yield f"{where} has a payload that is no frozen dataclass"
        return
    yield from wrong_payload(where, type_)
    known = WORDS | {each.name for each in fields(type_.payload)} | {"money"}
    for person, text in (("you", type_.sentence.you), ("other", type_.sentence.other)):
        yield from untranslated(f"{where} told to {person}:", text)
        for word in sorted(set(PLACEHOLDER.findall(str(text))) - known):
            yield f"{where} told to {person} names “{word}”, which is neither a word of every sentence nor a field"
        if person == "other" and "%(actor)s" not in str(text) and type_.sentence.you != type_.sentence.other:
            yield f"{where} told to others does not say who: use %(actor)s"


def wrong_payload(where: str, type_: ActivityType) -> Faults:
    """Fields JSON can hold; a free text of a person's names itself in `erase`."""
    hints = get_type_hints(type_.payload)
    for each in fields(type_.payload):
        kind = str(hints[each.name])
        if not re.search(r"str|int|bool|float|None|list|tuple|dict", kind):
            yield f"{where} keeps {each.name} as {kind}, which JSON cannot hold"
        if each.name in {"title", "body", "text", "comment", "name"} and each.name not in type_.erase:
            yield f"{where} keeps the text “{each.name}” of a person and does not erase it"


def wrong_addresses(manifest: Mechanism) -> Faults:
    """The URLconf imports, bears the mechanism's name, and has the page of one initiative."""
    try:
        module = import_module(manifest.urls)
    except ImportError as error:
        yield f"its addresses cannot be imported: {error}"
        return
    if getattr(module, "app_name", None) != manifest.slug:
        yield f"{manifest.urls} has app_name {getattr(module, 'app_name', None)!r}, not {manifest.slug!r}"
    names = {pattern.name for pattern in module.urlpatterns if getattr(pattern, "name", None)}
    if "initiative" not in names:
        yield f"{manifest.urls} names no address `initiative`, the page of one"
        return
    try:
        reverse(f"{manifest.slug}:initiative", kwargs={"slug": "some-slug"})
    except (NoReverseMatch, Resolver404) as error:
        yield f"the address of one initiative does not resolve by its slug: {error}"


def missing_duties(manifest: Mechanism) -> Faults:
    for name, what in (
        ("settings_form", "the form of its rules"),
        ("seed", "a function that fills a house with an example"),
        ("portrait", "what it holds about a member"),
        ("erase", "how it forgets a member"),
    ):
        if getattr(manifest, name) is None:
            yield f"it lacks `{name}`: {what}"
    if not manifest.exports:
        yield "it exports nothing: name at least one file of an initiative"


@dataclass(frozen=True)
class Row:
    """A line of the README's table of acts."""

    act: str
    verb: str
    activities: tuple[str, ...]


def table_of_acts(readme: str) -> list[Row]:
    """The rows of the table whose columns are act, verb, activity and entry."""
    lines = [line.strip() for line in readme.splitlines()]
    heads = [n for n, line in enumerate(lines) if [*map(str.lower, _cells(line))][:3] == ["act", "verb", "activity"]]
    rows = []
    for line in lines[heads[0] + 2 :] if heads else []:
        if not line.startswith("|"):
            break
        act, verb, activity = (*_cells(line), "", "", "")[:3]
        rows.append(Row("".join(CODE.findall(act)), verb, tuple(CODE.findall(activity))))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def wrong_readme(manifest: Mechanism, readme: str) -> Faults:
    """Each act has its row, each row tells the truth, and no activity is passed over."""
    rows = table_of_acts(readme)
    if not rows:
        yield "its README has no table | act | verb | activity | entry |"
        return
    told = {row.act for row in rows if row.act}
    yield from (f"the README does not tell of the act {name}" for name in sorted(manifest.acts.keys() - told))
    yield from (f"the README tells of {name}, which is no act" for name in sorted(told - manifest.acts.keys()))
    types = {type_.slug: type_ for type_ in manifest.activity_types}
    for row in rows:
        yield from wrong_row(row, types)
    for slug in sorted(types.keys() - set(CODE.findall(readme))):
        yield f"the README does not name the activity {slug}"


def wrong_row(row: Row, types: Mapping[str, ActivityType]) -> Faults:
    unknown = [slug for slug in row.activities if slug not in types and VOCABULARY.get(slug) is None]
    if unknown:
        yield f"the README says that {row.act} records {', '.join(unknown)}, which is not declared"
    if row.verb and row.verb not in set(Verb):
        yield f"the README gives {row.act} the verb {row.verb}, which is not in the vocabulary"
    if row.activities and not unknown:
        first = types.get(row.activities[0]) or VOCABULARY[row.activities[0]]
        if str(first.verb) != row.verb:
            yield f"the README gives {row.act} the verb “{row.verb}”; {first.slug} is declared as {first.verb}"
    if bool(row.verb) != bool(row.activities):
        yield f"the README's row of {row.act} has a verb without an activity, or the other way round"


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
            if trace and trace in text:
                yield f"“{trace}” of a member who is gone can still be read in: {place}"

"""A reading of the manifest: names, acts, policies, phases, presets, activities, addresses."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any, get_type_hints

from django.urls import NoReverseMatch, reverse
from django.urls.exceptions import Resolver404
from django.utils import translation
from django.utils.functional import Promise
from rules.predicates import Predicate

from essaim.activity.vocabulary import VOCABULARY, ActivityType
from essaim.initiatives.conformance.readme import Faults, wrong_readme
from essaim.initiatives.domain import RulesNotValid
from essaim.initiatives.mechanism import Mechanism
from essaim.initiatives.rules import cleaned_rules

WORDS = frozenset({"actor", "object", "target", "community", "initiative"})
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
LANGUAGES = ("fr",)
SLUG = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
TYPE_SLUG = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)?")


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

"""A mechanism for the tests: members say something while the phase "talk" runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from essaim.activity.record import record
from essaim.activity.vocabulary import ActivityType, Sentence, Verb
from essaim.initiatives import policy
from essaim.initiatives.actions import lock
from essaim.initiatives.mechanism import Mechanism, PhaseType, Preset
from essaim.initiatives.models import Contribution, Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.people.models import Member


@dataclass(frozen=True)
class Spoke:
    length: int


TURNED: list[tuple[str, str]] = []


class Rules(forms.Form):
    words = forms.IntegerField(min_value=1, initial=100)
    topic = forms.CharField(required=False)


say_policy = policy.is_signed_in & policy.is_active_member & policy.phase_opens("say")


@transaction.atomic
def say(*, initiative: Initiative, author: Member, title: str, body: str = "") -> Contribution:
    """Say something."""
    initiative = lock(initiative)
    allow(say_policy, author, initiative)
    said = Contribution.objects.create(initiative=initiative, author=author, kind="saying", title=title, body=body)
    record(Spoke(len(body)), actor=author, object=said, initiative=initiative)
    return said


def note_start(initiative: Initiative, phase: Phase) -> None:
    TURNED.append(("start", phase.kind))


def note_end(initiative: Initiative, phase: Phase) -> None:
    if "stumble" in initiative.title:
        raise ArithmeticError("stumbled")
    TURNED.append(("end", phase.kind))


PARLEY = Mechanism(
    slug="parley",
    name="parley",
    summary="say something",
    icon="comment",
    phase_types=(
        PhaseType("talk", "Talk", frozenset({"say"})),
        PhaseType("think", "Think", frozenset()),
    ),
    presets=(Preset("short", "short", "a short one", {"words": 10}, (("talk", 7), ("think", 7))),),
    activity_types=(
        ActivityType(
            "parley.say",
            Verb.CREATE,
            Spoke,
            Sentence("You said “%(object)s”", "%(actor)s said “%(object)s”"),
            erase=(),
        ),
    ),
    acts={"say": say},
    policies={"say": say_policy},
    urls="essaim.initiatives.tests.parley_urls",
    settings_form=Rules,
    on_phase_start=note_start,
    on_phase_end=note_end,
)


def page(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(f"parley {slug}")


urlpatterns: list[Any] = [
    path("parley/", include(([path("<slug:slug>/", page, name="initiative")], "parley"))),
    path("", include("essaim.config.urls")),
]

"""What the team types: a campaign, its camps, its rounds to the second, the lists of words, the light."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essaim.initiatives import desk_forms
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.fields import MomentField, PercentField
from essaim.kit import images, media
from essaim.kit.errors import Refusal
from essaim.mechanisms.cheer.domain import LampUnknown
from essaim.mechanisms.cheer.light import Lamp, Rig
from essaim.mechanisms.cheer.models import COLOUR, Camp

MOST_ROUNDS = 60
EMPTY_ROUNDS = 2
TO_THE_SECOND = "%Y-%m-%dT%H:%M:%S"
EMBLEM_SIZE = 512


class TextForm(desk_forms.TextForm):
    """What the campaign says."""

    brief = forms.CharField(
        label=_("The story"),
        required=False,
        max_length=20_000,
        help_text=_("Who plays, where the light is, what the winner gets. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class NewCampaignForm(TextForm, desk_forms.NewInitiativeForm):
    """A campaign from a preset."""


class ColourField(forms.CharField):
    """Picked in the browser's own way, typed where there is none."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "color"})
        super().__init__(**{"max_length": 7, "validators": [COLOUR], "widget": widget, **options})


class CampForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    colour = ColourField(label=_("Colour"), initial="#c1121f")
    second_colour = ColourField(label=_("Second colour"), initial="#ffffff")
    emblem = forms.FileField(
        label=_("Emblem"),
        required=False,
        help_text=_("Optional, square. Without one the house draws a shield in both colours."),
        widget=forms.FileInput(attrs={"accept": images.ACCEPTED}),
    )

    def __init__(self, *args: Any, camp: Camp | None = None, **options: Any) -> None:
        if camp is not None:
            known = {"name": camp.name, "colour": camp.colour, "second_colour": camp.second_colour}
            options["initial"] = known
        super().__init__(*args, **options)
        if camp is not None and camp.emblem:
            self.fields["plain"] = forms.BooleanField(label=_("Take the emblem out"), required=False)

    def clean_emblem(self) -> ContentFile[bytes] | None:
        upload = self.cleaned_data["emblem"]
        if not upload:
            return None
        try:
            picture = images.clean(upload, large=EMBLEM_SIZE, small=96)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return ContentFile(picture.large, f"{media.fresh_name()}.{picture.extension}")


class SecondField(MomentField):
    """A moment to the second."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format=TO_THE_SECOND)

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


class RoundForm(forms.Form):
    title = forms.CharField(
        label=_("What it is called"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_at = SecondField(label=_("Starts"), required=False)
    ends_at = SecondField(label=_("Ends"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("starts_at")) != bool(given.get("ends_at")) or (
            given.get("title") and not given.get("ends_at")
        ):
            self.add_error("ends_at", _("Give both its beginning and its end."))
        return given

    @property
    def planned(self) -> PlannedPhase | None:
        given = self.cleaned_data
        return PlannedPhase("round", given["starts_at"], given["ends_at"]) if given.get("starts_at") else None


RoundFormSet = forms.formset_factory(RoundForm, extra=EMPTY_ROUNDS, max_num=MOST_ROUNDS)


class TitleForm(forms.Form):
    title = forms.CharField(label=_("What it is called"), max_length=80, required=False)


class WordsForm(forms.Form):
    """A list in one language."""

    typed = forms.CharField(
        label=_("Blocked words"),
        required=False,
        max_length=20_000,
        help_text=_(
            "One a line. A star at the end stands for any ending. Accents, capitals and figures make no difference."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )


class RigForm(forms.Form):
    """The lamps."""

    lamps = forms.CharField(
        label=_("Lamps"),
        help_text=_(
            "One a line: its first channel (red; green and blue follow) and what it shows, leader or a camp."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "code"}),
    )
    universe = forms.IntegerField(label=_("Universe"), min_value=0, max_value=0x7FFF, initial=0)
    fade = forms.FloatField(label=_("Seconds of a fade"), min_value=0, max_value=60, initial=3)
    safe = ColourField(label=_("Colour when the house is silent, or there is nothing to show"))

    def __init__(self, data: Any = None, *, rig: Rig, camps: Sequence[Camp]) -> None:
        lines = "\n".join(f"{lamp.channel} {lamp.shows}" for lamp in rig.lamps)
        initial = {"lamps": lines, "universe": rig.universe, "fade": rig.fade, "safe": rig.safe}
        super().__init__(data, initial=initial)
        self.known = {"leader", *(camp.slug for camp in camps)}

    def clean_lamps(self) -> tuple[Lamp, ...]:
        lines = [line.strip() for line in self.cleaned_data["lamps"].splitlines() if line.strip()]
        return tuple(self._lamp(number, line) for number, line in enumerate(lines, start=1))

    def _lamp(self, number: int, line: str) -> Lamp:
        found = re.fullmatch(r"(\d{1,3})\s+([\w-]+)", line)
        if found is None or not 1 <= int(found[1]) <= 510 or found[2] not in self.known:
            raise forms.ValidationError(str(LampUnknown(line=number, typed=line)))
        return Lamp(int(found[1]), found[2])

    @property
    def rig(self) -> Rig:
        given = self.cleaned_data
        return Rig(given["lamps"], given["universe"], given["fade"], given["safe"])


class OverrideForm(forms.Form):
    """Colours chosen by hand."""

    colour = ColourField(label=_("Colour"), initial="#ffffff")
    intensity = PercentField(label=_("Intensity"), initial=10_000)
    until = SecondField(label=_("Until"), required=False, help_text=_("Empty: until it is given back."))
    reason = forms.CharField(label=_("Reason"), max_length=240, help_text=_("It will be public."))

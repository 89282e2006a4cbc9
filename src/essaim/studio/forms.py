"""Settings of the house as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import mechanisms
from essaim.kit import images
from essaim.kit.colour import parse
from essaim.kit.errors import Refusal
from essaim.kit.media import fresh_name
from essaim.kit.money import UNITS
from essaim.people.models import House, HouseRole

TEXTS = {
    "taglines": (_("Tagline"), forms.TextInput, 160),
    "promises": (_("What the house promises"), forms.Textarea, 600),
    "legal_notices": (_("Legal notice"), forms.Textarea, 20_000),
    "terms_of_use": (_("Terms of use"), forms.Textarea, 50_000),
}
# Columns of the house that are shown and kept as they are.
PLAIN = ("name", "legal_person", "colour_main", "colour_accent", "colour_calm", "minimum_age", "currency")
CURRENCIES = [(unit.code, f"{unit.code} ({unit.symbol})") for unit in UNITS.values() if unit.symbol]
Role = HouseRole.Role
DUTIES = {
    Role.OWNER: _("everything, and gives the roles"),
    Role.MANAGER: _("opens and runs contests, answers, merges, halts"),
    Role.MODERATOR: _("requests to join, surge alarms, words that hurt"),
    Role.DESIGNER: _("answers officially, tests ideas, launches products"),
    Role.TREASURER: _("funds contests, approves payouts, imports sales"),
    Role.ANALYST: _("reads every figure, changes nothing"),
}
LOGO_BYTES, LOGO_PIXELS = 1024**2, 400


class ColourField(forms.CharField):
    """A colour, picked or typed."""

    widget = forms.TextInput(attrs={"type": "color"})

    def clean(self, value: Any) -> str:
        colour = super().clean(value)
        try:
            parse(colour)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return str(colour).lower()


class HouseForm(forms.Form):
    """What the house is called, says and looks like; texts once per language."""

    name = forms.CharField(label=_("Name of the house"), max_length=80)
    legal_person = forms.CharField(
        label=_("Who answers for the house"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("Name, legal form, address, registration number: the law asks for it."),
    )  # fmt: skip
    colour_main = ColourField(label=_("Main colour"), help_text=_("Fills buttons and cells."))
    colour_accent = ColourField(label=_("Links"), help_text=_("Writes links and what can be clicked."))
    colour_calm = ColourField(label=_("All is well"), help_text=_("Says that something is done or good."))
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP, at most 1 MB; shown about 40 pixels high."),
        widget=forms.FileInput(attrs={"accept": images.ACCEPTED}),
    )  # fmt: skip
    remove_logo = forms.BooleanField(label=_("Remove the present logo"), required=False)
    minimum_age = forms.IntegerField(label=_("Minimum age"), min_value=0, max_value=99)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=CURRENCIES,
        help_text=_("The one your books open with. Money already moved stays in the currency it moved in."),
    )  # fmt: skip
    modules = forms.MultipleChoiceField(
        label=_("Modules that are on"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What is switched off disappears from the pages; nothing is deleted."),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, house: House) -> None:
        super().__init__(data, files, initial=_initial(house))
        self.house = house
        for name, language in self._written():
            label, widget, most = TEXTS[name]
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=f"{label} ({get_language_info(language)['name_local']})",
                max_length=most,
                required=False,
                widget=widget(attrs={"lang": language}),
            )
        choices = [(manifest.slug, manifest.name) for manifest in mechanisms()]
        self.fields["modules"].choices = choices  # type: ignore[attr-defined]
        if not house.logo:
            del self.fields["remove_logo"]

    def _written(self) -> list[tuple[str, str]]:
        return [(name, language) for name in TEXTS for language in self.house.languages]

    def texts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each text's label with its fields, a language each."""
        return [(str(TEXTS[name][0]), [self[f"{name}_{one}"] for one in self.house.languages]) for name in TEXTS]

    def clean_logo(self) -> ContentFile[bytes] | None:
        logo = self.cleaned_data["logo"]
        if not logo:
            return None
        try:
            picture = images.clean(logo, most_bytes=LOGO_BYTES, small=LOGO_PIXELS)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return ContentFile(picture.small, f"{fresh_name()}.{picture.extension}")

    def fields_of_house(self) -> dict[str, Any]:
        """What `furnish_house` takes."""
        given = self.cleaned_data
        written = {name: {one: given[f"{name}_{one}"] for one in self.house.languages} for name in TEXTS}
        off = [manifest.slug for manifest in mechanisms() if manifest.slug not in given["modules"]]
        fields = {**{name: given[name] for name in PLAIN}, **written, "modules_off": off}
        if given["logo"]:
            fields["logo"] = given["logo"]
        elif given.get("remove_logo"):
            fields["logo"] = ""
        return fields


def _initial(house: House) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(house, name).get(language, "") for name in TEXTS for language in house.languages
    }
    on = [manifest.slug for manifest in mechanisms() if house.has_module(manifest.slug)]
    return {**{name: getattr(house, name) for name in PLAIN}, **texts, "modules": on}


class RoleForm(forms.Form):
    """A role given to a member found by handle or e-mail address."""

    who = forms.CharField(label=_("Member"), max_length=254, help_text=_("The handle or the e-mail address."))
    role = forms.ChoiceField(label=_("Role"), choices=HouseRole.Role.choices)

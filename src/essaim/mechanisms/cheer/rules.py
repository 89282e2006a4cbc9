"""The rules of a campaign of cheers, and the presets it starts from."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.mechanism import Preset

DEFAULTS: dict[str, Any] = {
    "period": "round",
    "changeable": True,
    "eligible": "community",
    "guests": 0,
    "guest_way": "mail",
    "time_zone": "Europe/Paris",
    "wall_delay": 0,
    "reveal_after": 10,
    "light_live": False,
}

PRESETS = (
    Preset(
        "tournament",
        _("Tournament"),
        _("One cheer per member and match, on several evenings; the leader's colours light up ten minutes after"),
        {**DEFAULTS, "guests": 1_000},
        (("round", 1), ("round", 1), ("round", 1)),
    ),
    Preset(
        "evening",
        _("One evening"),
        _("One round, one cheer per member, the wall and the light"),
        DEFAULTS,
        (("round", 1),),
    ),
    Preset(
        "season",
        _("Season"),
        _("One cheer a day, for as long as the season lasts"),
        {**DEFAULTS, "period": "day", "changeable": False},
        (("round", 90),),
    ),
)


class RulesForm(forms.Form):
    """`cleaned_data` is the rules as they are frozen; the statement that takes cheers reads them."""

    period = forms.ChoiceField(
        label=_("A member cheers once"),
        choices=[("campaign", _("in the whole campaign")), ("day", _("a day")), ("round", _("a round"))],
    )
    changeable = forms.BooleanField(label=_("A cheer may change camps while its round runs"), required=False)
    eligible = forms.ChoiceField(
        label=_("Who cheers"),
        choices=[("community", _("members of the community")), ("house", _("every member of the house"))],
    )
    guests = forms.IntegerField(
        label=_("Guests"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("Passes for people without an account, counted apart. 0: members only."),
    )
    guest_way = forms.ChoiceField(
        label=_("How a guest gets his pass"),
        choices=[("mail", _("by one mail")), ("device", _("on his device, at once"))],
        help_text=_("By mail costs more patience and holds off more abuse."),
    )
    time_zone = forms.CharField(label=_("Time zone of the days"), max_length=60)
    wall_delay = forms.IntegerField(
        label=_("Seconds between a moderator's yes and the wall"), min_value=0, max_value=3_600
    )
    reveal_after = forms.IntegerField(
        label=_("Minutes between the end of a round and the light"), min_value=0, max_value=1_440
    )
    light_live = forms.BooleanField(label=_("The light follows the leader while a round runs"), required=False)

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        options.setdefault("initial", DEFAULTS)
        super().__init__(data if data is None or hasattr(data, "getlist") else {**DEFAULTS, **data}, *args, **options)

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        if zone not in available_timezones():
            raise forms.ValidationError(_("This zone is unknown. Write it as Europe/Paris."))
        return zone

"""What the team types: the story, rewards, plan of the money, news; after the campaign parcels, delays, refunds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.initiatives.fields import CountField, MemberField, MomentField, MoneyField, PercentField
from essaim.initiatives.mechanism import Mechanism
from essaim.kit import clock, images, media
from essaim.kit.errors import Refusal
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.domain.tiers import LETTERS, OptionKind
from essaim.mechanisms.crowdfunding.models import Delivery, Pledge, Pot, Tier
from essaim.people.models import Member

AREA = {"rows": 3}


class PictureField(forms.FileField):
    """A picture made safe: decoded, turned upright, stripped, written anew."""

    def __init__(self, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": images.ACCEPTED})
        super().__init__(**{"required": False, "widget": widget, **options})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload or upload == initial:
            return None
        try:
            picture = images.clean(upload)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return ContentFile(picture.large, f"{media.fresh_name()}.{picture.extension}")


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2027-05"}, format="%Y-%m")
    input_formats = ("%Y-%m", "%m/%Y", "%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day.replace(day=1) if day else None


class StoryForm(forms.Form):
    """What the campaign says."""

    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=240,
        required=False,
        help_text=_("Stands on cards and in search engines."),
    )
    brief = forms.CharField(
        label=_("The story"),
        required=False,
        max_length=20_000,
        help_text=_("What you want to make, for whom, with whom. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    risks = forms.CharField(
        label=_("What may go wrong"),
        required=False,
        max_length=5_000,
        help_text=_("And what you would do then. People trust those who say it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    cover = PictureField(label=_("Picture"))
    cover_text = forms.CharField(label=_("What the picture shows"), max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cover") and not cleaned.get("cover_text"):
            self.add_error("cover_text", _("Say what the picture shows, for those who cannot see it."))
        return cleaned


class NewCampaignForm(forms.Form):
    """A campaign from a preset. The legal mode comes with it and stays."""

    preset = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect(attrs={"class": "cards"}))
    community = forms.ModelChoiceField(
        label=_("In which community"), queryset=Community.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(label=_("In one sentence"), max_length=240, required=False)
    goal = MoneyField(
        label=_("Goal"), help_text=_("With two goals: the minimum; the optimum is set on the next pages.")
    )

    def __init__(self, data: Any = None, *, communities: Any, manifest: Mechanism, unit: str) -> None:
        super().__init__(data)
        self.fields["goal"] = MoneyField(
            code=unit, label=self.fields["goal"].label, help_text=self.fields["goal"].help_text
        )
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]
        choices = [(preset.slug, f"{preset.name} – {preset.summary}") for preset in manifest.presets]
        self.fields["preset"].choices = choices  # type: ignore[attr-defined]
        self.fields["preset"].initial = choices[0][0]


class DeskRulesForm(forms.Form):
    """The rules as the desk types them: money as money, shares in percent."""

    goal = MoneyField(label=_("Goal"))
    optimum = MoneyField(label=_("Optimum"), required=False)
    fee = PercentField(label=_("The house’s fee, in %"), required=False)
    fee_from = PercentField(label=_("Fee only from this share of the goal, in %"), required=False)
    vat = PercentField(label=_("VAT in the prices, in %"), required=False)
    smallest = MoneyField(label=_("Smallest pledge"))
    largest = MoneyField(label=_("Largest pledge"))
    unpaid_minutes = CountField(label=_("Minutes an unpaid pledge keeps its place"), required=True, min_value=1)
    offline_days = CountField(
        label=_("Days a promised transfer or cheque keeps its place"), required=True, min_value=1
    )
    retry_days = CountField(label=_("Days to make good a payment that failed"), required=True, min_value=1)
    two_persons_above = MoneyField(label=_("Money by hand: two persons above"), required=False)
    gifts = forms.BooleanField(label=_("Gifts without a reward are welcome"), required=False)
    guests = forms.BooleanField(label=_("Guests pledge without an account"), required=False)
    late_pledges = forms.BooleanField(label=_("Late pledges after a success"), required=False)
    partner_name = forms.CharField(label=_("The licensed partner"), max_length=120, required=False)
    partner_register_number = forms.CharField(label=_("Its number in the register"), max_length=60, required=False)
    partner_authority = forms.CharField(label=_("The authority that licensed it"), max_length=120, required=False)

    PARTNER = ("name", "register_number", "authority")

    def __init__(self, data: Any = None, *, rules: Rules) -> None:
        partner = {f"partner_{name}": getattr(rules.partner, name) for name in self.PARTNER}
        plain = {name: getattr(rules, name) for name in self.base_fields if not name.startswith("partner_")}
        super().__init__(data, initial={**plain, **partner})
        for name, field in list(self.fields.items()):
            if isinstance(field, MoneyField):
                options = {"label": field.label, "required": field.required, "help_text": field.help_text}
                self.fields[name] = MoneyField(code=rules.unit, **options)
        gone = [f"partner_{name}" for name in self.PARTNER] if rules.is_sale else ["vat"]
        gone += [] if rules.funding == "two_goals" else ["optimum"]
        gone += [] if rules.funding == "threshold" else ["fee_from"]
        for name in gone:
            del self.fields[name]

    def changed(self, frozen: Mapping[str, Any]) -> dict[str, Any]:
        """The rules with what was typed in them."""
        given = dict(self.cleaned_data)
        partner = {name: given.pop(f"partner_{name}") for name in self.PARTNER if f"partner_{name}" in given}
        return {**frozen, **given, **({"partner": partner} if partner else {})}


class TierForm(forms.Form):
    """A reward, or an extra that goes with one."""

    title = forms.CharField(label=_("Title"), max_length=120)
    amount = MoneyField(label=_("Price"))
    description = forms.CharField(
        label=_("Description"), max_length=2_000, required=False, widget=forms.Textarea(AREA)
    )
    image = PictureField(label=_("Picture"))
    image_text = forms.CharField(label=_("What the picture shows"), max_length=160, required=False)
    stock = forms.IntegerField(
        label=_("How many there are"), min_value=0, required=False, help_text=_("Empty: no limit.")
    )
    per_person = forms.IntegerField(label=_("At most per person"), min_value=1, max_value=1_000, required=False)
    early_until = MomentField(label=_("Early price until"), required=False)
    delivery_month = MonthField(label=_("Delivered in"), required=False)
    addon = forms.BooleanField(label=_("An extra, with a reward only"), required=False)
    ships = forms.BooleanField(label=_("Is sent by post"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, rules: Rules, tier: Tier | None = None) -> None:
        self.rules, self.tier = rules, tier
        names = ("title", "amount", "description", "image_text", "stock", "per_person", "early_until")
        initial = {name: getattr(tier, name) for name in (*names, "delivery_month", "addon", "ships")} if tier else {}
        super().__init__(data, files, initial=initial)
        self.fields["amount"] = MoneyField(code=rules.unit, label=self.fields["amount"].label)
        for zone in rules.zones:
            fee = tier.shipping.get(zone.slug) if tier else None
            self.fields[f"shipping_{zone.slug}"] = MoneyField(
                code=rules.unit, label=_("Shipping: %(zone)s") % {"zone": _(zone.name)}, required=False, initial=fee,
                help_text=_("Empty: not sent there. 0: free."),
            )  # fmt: skip

    def zones(self) -> list[forms.BoundField]:
        return [self[f"shipping_{zone.slug}"] for zone in self.rules.zones]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("image") and not cleaned.get("image_text"):
            self.add_error("image_text", _("Say what the picture shows, for those who cannot see it."))
        fees = {zone.slug: cleaned.get(f"shipping_{zone.slug}") for zone in self.rules.zones}
        typed = {slug: fee for slug, fee in fees.items() if str(self.data.get(f"shipping_{slug}", "")).strip()}
        if cleaned.get("ships") and not typed:
            self.add_error("ships", _("Type the shipping fee of at least one group of countries; 0 is free."))
        cleaned["shipping"] = typed if cleaned.get("ships") else {}
        return cleaned

    def fields_given(self) -> dict[str, Any]:
        """The tier's own fields, as its acts take them."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith("shipping_")}
        if given["image"] is None:
            del given["image"]
        return given


class OptionForm(forms.Form):
    """Something the backer decides about a reward."""

    KINDS = [
        (OptionKind.CHOICE, _("one of several")),
        (OptionKind.TEXT, _("a few words")),
        (OptionKind.ENGRAVING, _("a text to be engraved, read over by its giver")),
    ]
    label = forms.CharField(label=_("What is asked"), max_length=60)
    kind = forms.ChoiceField(label=_("It is"), choices=KINDS, initial=OptionKind.CHOICE)
    choices = forms.CharField(
        label=_("The choices, one a line"), max_length=1_000, required=False, widget=forms.Textarea(AREA)
    )
    longest = CountField(label=_("At most how many characters"), initial=30)
    required = forms.BooleanField(label=_("An answer is needed"), required=False, initial=True)
    slug = forms.SlugField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == OptionKind.CHOICE and len(self._choices(cleaned)) < 2:
            self.add_error("choices", _("Write at least two choices."))
        return cleaned

    def _choices(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [line.strip() for line in cleaned.get("choices", "").splitlines() if line.strip()]

    def option(self) -> dict[str, Any]:
        """As the tier keeps it."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            "slug": given["slug"] or slugify(given["label"])[:40] or "option",
            "label": given["label"],
            "kind": str(given["kind"]),
            "required": given["required"],
        }
        if given["kind"] == OptionKind.CHOICE:
            return {**found, "choices": self._choices(given)}
        return {**found, "longest": given["longest"] or 30, "allowed": LETTERS}


def option_initial(option: Mapping[str, Any]) -> dict[str, Any]:
    return {**option, "choices": "\n".join(option.get("choices", ()))}


class BudgetForm(forms.Form):
    label = forms.CharField(label=_("What it pays"), max_length=120)
    amount = MoneyField(label=_("Amount"))


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    role = forms.CharField(label=_("Role"), max_length=120, required=False)
    member = MemberField(label=_("Handle, if a member"), max_length=31, required=False)


class StretchForm(forms.Form):
    amount = MoneyField(label=_("From"))
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(label=_("What happens then"), max_length=500, required=False)


class QuestionForm(forms.Form):
    """A question put to backers after the campaign."""

    label = forms.CharField(label=_("Question"), max_length=120)
    choices = forms.CharField(
        label=_("The choices, one a line"),
        max_length=1_000,
        required=False,
        help_text=_("Empty: they write a few words."),
        widget=forms.Textarea(AREA),
    )
    slug = forms.SlugField(required=False, widget=forms.HiddenInput)

    def question(self) -> dict[str, Any]:
        given = self.cleaned_data
        choices = [line.strip() for line in given["choices"].splitlines() if line.strip()]
        return {
            "slug": given["slug"] or slugify(given["label"])[:40] or "question",
            "label": given["label"],
            "choices": choices,
        }


def formset(form: type[forms.Form], *, most: int = 30) -> Any:
    return forms.formset_factory(form, extra=2, max_num=most, can_delete=True)


OptionFormSet = forms.formset_factory(OptionForm, extra=1, max_num=8, can_delete=True)
BudgetFormSet = formset(BudgetForm)
TeamFormSet = formset(PersonForm)
StretchFormSet = formset(StretchForm, most=12)
SurveyFormSet = formset(QuestionForm, most=12)


def kept(forms_: Any) -> list[Any]:
    """The forms that stand: those that were there, and extra ones once something was typed in them."""
    typed = [form for form in forms_.extra_forms if form.has_changed()]
    return [form for form in (*forms_.initial_forms, *typed) if form not in forms_.deleted_forms]


class UpdateForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(
        label=_("The news"),
        max_length=20_000,
        help_text=_("Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    backers_only = forms.BooleanField(label=_("For backers only"), required=False)


class AnswerForm(forms.Form):
    body = forms.CharField(label=_("The answer"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))


class OfflineForm(forms.Form):
    """A cheque, a transfer or cash that came in by hand, for a new pledge."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address, if there is one"), max_length=254, required=False)
    backer = MemberField(label=_("Handle, if a member"), max_length=31, required=False)
    tier = forms.ModelChoiceField(
        label=_("Reward"), queryset=Tier.objects.none(), required=False, empty_label=_("No reward, a gift")
    )
    gift = MoneyField(label=_("Gift, or more than the price"), required=False)
    country = forms.CharField(label=_("Country (two letters), if something is sent"), max_length=2, required=False)
    method = forms.ChoiceField(
        label=_("How it came"), choices=[pair for pair in Pledge.Method.choices if pair[0] != Pledge.Method.ONLINE]
    )
    reference = forms.CharField(
        label=_("Its trace"),
        max_length=80,
        help_text=_("The cheque’s number, the transfer’s wording, the receipt’s number."),
    )
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    anonymous = forms.BooleanField(label=_("Do not show the name"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rules: Rules, tiers: Any) -> None:
        super().__init__(data, initial={"key": uuid4(), "received_on": clock.now().date()})
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
        self.fields["gift"] = MoneyField(code=rules.unit, label=self.fields["gift"].label, required=False)


class ReceivedForm(forms.Form):
    """Money for a pledge that waits for it, by hand; or sent back by hand."""

    reference = forms.CharField(label=_("Its trace"), max_length=80)
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"day": clock.now().date(), "key": uuid4()})


class RefundForm(forms.Form):
    amount = MoneyField(label=_("Amount to pay back"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The backer reads it."))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, unit: str) -> None:
        super().__init__(data, initial={"key": uuid4()})
        self.fields["amount"] = MoneyField(code=unit, label=self.fields["amount"].label)


class LockForm(forms.Form):
    at = MomentField(
        label=_("Addresses and options are locked on"), help_text=_("From then on, parcels are prepared.")
    )


class DelayForm(forms.Form):
    month = MonthField(label=_("New month"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        help_text=_("Public, and sent to each who waits."),
        widget=forms.Textarea(AREA),
    )


class SentForm(forms.Form):
    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)


class TrackingFileForm(forms.Form):
    """The carrier's answer to the export: one line per parcel."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    file = forms.FileField(
        label=_("The carrier’s file"),
        help_text=_("CSV with the columns number and tracking; number is the pledge’s."),
    )


class ParcelFilterForm(forms.Form):
    STATES = [("", _("all")), ("waiting", _("not sent")), ("no-address", _("no address")), *Delivery.State.choices]
    state = forms.ChoiceField(label=_("Parcels"), choices=STATES, required=False)


class PotForm(forms.Form):
    """A sponsor's money that adds to pledges."""

    name = forms.CharField(label=_("Name of the pot"), max_length=120)
    sponsor = forms.CharField(label=_("Sponsor"), max_length=120)
    factor = PercentField(label=_("Adds to each pledge, in %"), initial=10_000, max_value=1_000, max_digits=6)
    per_gift = MoneyField(label=_("At most per pledge"), required=False)
    per_person = MoneyField(label=_("At most per person"), required=False)
    per_project = MoneyField(label=_("At most per campaign"), required=False)

    def caps(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] or None for name in ("per_gift", "per_person", "per_project")}


class PotMoneyForm(forms.Form):
    amount = MoneyField(label=_("Amount"))
    reference = forms.CharField(label=_("Its trace"), max_length=80)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})


class JoinPotForm(forms.Form):
    pot = forms.ModelChoiceField(label=_("Pot"), queryset=Pot.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, pots: Any) -> None:
        super().__init__(data)
        self.fields["pot"].queryset = pots  # type: ignore[attr-defined]


def people(forms_: Sequence[Any]) -> list[tuple[str, str, Member | None]]:
    """Name, role and account of each person typed."""
    return [(form.cleaned_data["name"], form.cleaned_data["role"], form.cleaned_data["member"]) for form in forms_]

"""Forms of the brand's team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.kit.images import ACCEPTED
from essaim.people.queries import find_member
from essaim.products.models import Product

MOST_BYTES = 20 * 1024 * 1024


class PercentField(forms.DecimalField):
    """Typed as a percentage, kept as basis points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True, **options)

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else int(percent * 100)


class ProductForm(forms.Form):
    """What the product's page says."""

    name = forms.CharField(label=_("name"), max_length=120)
    summary = forms.CharField(label=_("in one sentence"), max_length=240, required=False)
    story = forms.CharField(label=_("story"), widget=forms.Textarea, required=False)
    image = forms.FileField(label=_("picture"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    image_text = forms.CharField(label=_("what the picture shows"), max_length=200, required=False)
    net_sales_terms = forms.CharField(
        label=_("what counts as net sales"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    @classmethod
    def of(cls, product: Product) -> ProductForm:
        names = ("name", "summary", "story", "image_text", "net_sales_terms")
        return cls(initial={name: getattr(product, name) for name in names})


class LaunchForm(ProductForm):
    """A product that does not come from a contribution."""

    community = forms.ModelChoiceField(
        Community.objects.all(), label=_("community"), required=False, empty_label=_("the whole house")
    )
    royalty_rate = PercentField(label=_("royalty rate, in % of net sales"), initial=10)


class MemberField(forms.CharField):
    """A present member, by handle."""

    def clean(self, value: Any) -> Any:
        handle = super().clean(value).removeprefix("@")
        member = find_member(handle)
        if member is None:
            raise forms.ValidationError(_("Nobody here has the handle “%(handle)s”."), params={"handle": handle})
        return member


class CreditForm(forms.Form):
    member = MemberField(label=_("handle"), max_length=31)
    what = forms.CharField(label=_("brought"), max_length=120)


class ShareForm(forms.Form):
    holder = MemberField(label=_("handle"), max_length=31)
    basis_points = PercentField(label=_("share, in % of net sales"))
    starts = forms.DateField(label=_("from"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label=_("until, that day not included"), widget=forms.DateInput(attrs={"type": "date"}))


class SalesFileForm(forms.Form):
    """A spreadsheet of sales."""

    file = forms.FileField(label=_("file of sales"), help_text=_("CSV, as your shop or till exports it."))
    product = forms.ModelChoiceField(
        Product.objects.all(),
        label=_("product"),
        required=False,
        empty_label=_("named on each line"),
        help_text=_("For lines that do not name one."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB: split it, for example by year."))
        return file

"""What can happen to products, as the stream tells it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class ProductLaunched:
    name: str


@dataclass(frozen=True)
class ProductEdited:
    name: str


@dataclass(frozen=True)
class CreditGiven:
    name: str
    what: str


@dataclass(frozen=True)
class ShareGranted:
    name: str
    share: int
    percent: str
    starts: str
    ends: str


@dataclass(frozen=True)
class SalesImported:
    """Sales of one product arrived: rows of `arrival`, sold between two days (ISO dates), `net` in minor units."""

    name: str
    arrival: int
    rows: int
    first_day: str
    last_day: str
    net: int
    unit: str


LAUNCHED = ActivityType(
    slug="products.launched",
    verb=Verb.ANNOUNCE,
    payload=ProductLaunched,
    sentence=Sentence(
        you=_("You launched the product “%(name)s”"), other=_("%(actor)s launched the product “%(name)s”")
    ),
    erase=(),
)
EDITED = ActivityType(
    slug="products.edited",
    verb=Verb.UPDATE,
    payload=ProductEdited,
    sentence=Sentence(you=_("You edited the page of “%(name)s”"), other=_("%(actor)s edited the page of “%(name)s”")),
    erase=(),
    public=False,
)
CREDITED = ActivityType(
    slug="products.credited",
    verb=Verb.ADD,
    payload=CreditGiven,
    sentence=Sentence(
        you=_("You credited %(target)s on “%(name)s”: %(what)s"),
        other=_("%(actor)s credited %(target)s on “%(name)s”: %(what)s"),
    ),
    erase=("what",),
    weight=1.0,
)
GRANTED = ActivityType(
    slug="products.share-granted",
    verb=Verb.OFFER,
    payload=ShareGranted,
    sentence=Sentence(
        you=_("You granted %(target)s %(percent)s %% of the net sales of “%(name)s”"),
        other=_("%(actor)s granted %(target)s %(percent)s %% of the net sales of “%(name)s”"),
    ),
    erase=(),
)
IMPORTED = ActivityType(
    slug="products.sales-imported",
    verb=Verb.ADD,
    payload=SalesImported,
    sentence=Sentence(
        you=_("You recorded %(rows)s sales rows of “%(name)s”"),
        other=_("%(actor)s recorded %(rows)s sales rows of “%(name)s”"),
    ),
    erase=(),
    public=False,
)

declare(LAUNCHED, EDITED, CREDITED, GRANTED, IMPORTED)

"""The product's sales, month after month, as the shop's spreadsheet brings them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from essaim.demo.settling import Village
from essaim.demo.timeline import Timeline
from essaim.demo.world import WORLD
from essaim.kit import clock
from essaim.products.actions import import_sales
from essaim.products.models import Product

CHANNELS = (("boutique", 0.5), ("marché", 0.2), ("en ligne", 0.3))
SEASONS = (1.1, 0.9, 0.9, 1.0, 0.8, 0.8, 0.7, 0.7, 1.0, 1.2, 1.4, 1.9)  # January first
VAT = 0.055  # the reduced rate on food sold to take away, in France


def sell(product: Product, timeline: Timeline, random: Random, village: Village) -> None:
    """Plan one import on the third of each month after the launch."""
    month = _next_month(timezone.localdate(clock.now()))
    moment = clock.now()
    while moment < timeline.end:
        moment += timedelta(days=1)
        if timezone.localdate(moment) == _next_month(month) + timedelta(days=2):
            timeline.plan(moment, bring, product=product, month=month, random=random, village=village)
            month = _next_month(month)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def bring(product: Product, month: date, random: Random, village: Village) -> None:
    """The treasurer imports the month's spreadsheet."""
    name = f"ventes-{month:%Y-%m}.csv"
    import_sales(file=_spreadsheet(month, random), name=name, actor=village.named["ines"], product=product)


def _spreadsheet(month: date, random: Random) -> bytes:
    """A French spreadsheet: semicolons, decimal commas, one line per channel and ten days."""
    facts, out = WORLD["product"], io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["référence", "date", "canal", "quantité", "brut", "remises", "retours", "tva"])
    for channel, part in CHANNELS:
        for day in (8, 18, 27):
            units = round(
                facts["first_month_units"] * SEASONS[month.month - 1] * part / 3 * random.uniform(0.8, 1.25)
            )
            gross = units * facts["price"]
            rebate, returned = round(gross * random.uniform(0, 0.03)), round(gross * random.uniform(0, 0.01))
            vat = round((gross - rebate - returned) * VAT / (1 + VAT))
            line = [f"{month:%Y%m}-{channel}-{day}", f"{month.replace(day=day):%d/%m/%Y}", channel, units]
            writer.writerow(
                [*line, *(f"{cents // 100},{cents % 100:02}" for cents in (gross, rebate, returned, vat))]
            )
    return out.getvalue().encode()

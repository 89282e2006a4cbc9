"""`essaim import sales FILE`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def import_sales(file: Path, product: str = "", by: str = "") -> Mapping[str, object]:
    """Record a CSV of sales. --product names the product of lines that name none, --by the member who brings it
    (an owner of the house, when left out)."""
    from essaim.people.models import HouseRole, Member
    from essaim.products import actions, queries
    from essaim.products.models import Product

    owners = Member.objects.filter(house_roles__role=HouseRole.Role.OWNER).order_by("pk")
    actor = Member.objects.get(handle__iexact=by) if by else owners[0]
    about = Product.objects.get(slug=product) if product else None
    arrival = actions.import_sales(file=file.read_bytes(), name=file.name, actor=actor, product=about)
    refused = [f"{fault.line}: {fault.cause} {fault.remedy}" for fault in queries.told_faults(arrival)]
    counts = {"new": arrival.rows, "corrected": arrival.corrected, "known": arrival.known, "refused": len(refused)}
    return {**counts, **({"lines refused": "\n".join(refused)} if refused else {})}


importers = {"sales": import_sales}

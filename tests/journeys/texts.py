"""What the people of the story type, in each language."""

from __future__ import annotations

from types import SimpleNamespace

FR = SimpleNamespace(
    community="Pain vivant",
    charter="Soyez généreux et précis. On goûte avant de juger.",
    contest="Le pain de demain",
    summary="Quel pain mangerons-nous dans cinq ans ?",
    brief="Nous cherchons un pain **nouveau**, fait ici, que chacun puisse payer.",
    first=("Un pain aux drêches de bière", "Les drêches de la brasserie voisine, séchées et moulues, dans la pâte."),
    idea=("Le pain aux drêches", "Les drêches de bière de la brasserie, dans un levain de trois jours."),
    product="Drêchon",
    dirty="le 32 janvier",
    award="+500,00 €",
    after_jury="500,00 €",
    after_votes="2 000,00 €",
    royalty="98,00 €",
    after_release="2 098,00 €",
    amount="2 098,00",
    nothing="0,00 €",
)

EN = SimpleNamespace(
    community="Living bread",
    charter="Be generous and exact. Taste before you judge.",
    contest="The bread of tomorrow",
    summary="Which bread shall we eat in five years?",
    brief="We look for a **new** bread, made here, that everyone can afford.",
    first=("A bread with spent brewing grain", "The grain left over by the brewery next door, dried and milled."),
    idea=("Bread with brewing grain", "The brewery's spent grain, in a sourdough of three days."),
    product="Brewloaf",
    dirty="32 January",
    award="+€500.00",
    after_jury="€500.00",
    after_votes="€2,000.00",
    royalty="€98.00",
    after_release="€2,098.00",
    amount="2,098.00",
    nothing="€0.00",
)

TEXTS = {"fr": FR, "en": EN}

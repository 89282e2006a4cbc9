#!/usr/bin/env python3
"""Recompute a house's books from its public journal. Needs Python 3.9 or later and nothing else.

    python3 recompute.py https://the.house          fetch the journal and the proof, then check
    python3 recompute.py journal.csv proof.json     check files you have downloaded

It checks that every entry balances in each unit, that the chain of hashes is the published one, and that what
the house says it holds and owes is what the lines add up to. Exit code 0 when all of it is true.
"""

import csv
import hashlib
import io
import json
import sys
import urllib.request
from collections import defaultdict

SOUND = "The books are sound: every entry balances, the hashes and the totals are the published ones.\n"
DEBIT_SIDE = {"bank": "asset", "provider": "asset", "provider-fees": "expense", "rewards": "expense",
              "royalties": "expense", "losses": "expense"}  # fmt: skip
CREDIT_SIDE = {"transit": "liability", "own": "equity", "points": "equity", "exchange": "equity", "fees": "income",
               "sales": "income"}  # fmt: skip


def main(arguments):
    journal, proof = sources(arguments)
    faults = recompute(list(csv.DictReader(io.StringIO(journal))), json.loads(proof))
    for fault in faults:
        sys.stdout.write(f"WRONG  {fault}\n")
    if not faults:
        sys.stdout.write(SOUND)
    return 1 if faults else 0


def sources(arguments):
    if len(arguments) == 2:
        return tuple(open(name, encoding="utf-8").read() for name in arguments)
    if len(arguments) == 1:
        return tuple(fetch(arguments[0].rstrip("/") + path) for path in ("/books/journal.csv", "/books/proof.json"))
    sys.exit(__doc__)


def fetch(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode("utf-8")


def recompute(rows, proof):
    """What is wrong, in words; nothing when all is right."""
    return [*unbalanced(rows), *wrong_hashes(rows, proof["seals"]), *wrong_totals(rows, proof["totals"])]


def unbalanced(rows):
    sums = defaultdict(int)
    for row in rows:
        sums[row["entry"], row["unit"]] += int(row["amount"])
    return [f"entry {entry} is off by {total} {unit}" for (entry, unit), total in sums.items() if total]


def wrong_hashes(rows, seals):
    lines = defaultdict(list)
    for row in rows:
        fields = ("entry", "date", "kind", "account", "amount", "unit")
        lines[row["seal"]].append(",".join(row[field] for field in fields))
    previous = "0" * 64
    for seal in seals:
        text = "".join(f"{line}\n" for line in [previous, *lines.pop(str(seal["id"]), [])])
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != seal["hash"]:
            yield f"the seal of {seal['sealed_at']} has another hash"
        previous = seal["hash"]
    if lines:
        yield f"the journal has lines under seals the proof does not know: {', '.join(lines)}"


def wrong_totals(rows, published):
    sums = defaultdict(lambda: defaultdict(int))
    for row in rows:
        group, side = group_of(row["account"])
        sums[row["unit"]][group] += side * int(row["amount"])
    for unit in sorted({*sums, *published}):
        for group in sorted({*sums[unit], *published.get(unit, {})}):
            said = published.get(unit, {}).get(group, 0)
            if sums[unit][group] != said:
                yield f"{group} in {unit}: published {said}, recomputed {sums[unit][group]}"


def group_of(account):
    """(group, side) of an account: what the house holds and spends grows by debits, the rest by credits."""
    kind, name = account.split(":")[:2]
    if kind == "house":
        return (DEBIT_SIDE[name], 1) if name in DEBIT_SIDE else (CREDIT_SIDE[name], -1)
    return kind.split("-")[0], -1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

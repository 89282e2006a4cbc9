"""What a campaign writes in the books besides payments. Keys begin with `crowdfunding:<campaign>:`."""

from __future__ import annotations

from essaim.ledger.chart import Account, cause_account, escrow_account, house_account, member_account
from essaim.ledger.domain import Entry, Posting, credit, debit, transfer
from essaim.mechanisms.crowdfunding.domain.outcomes import Shares
from essaim.mechanisms.crowdfunding.domain.rules import Rules


def key(campaign_id: int, *parts: object) -> str:
    return ":".join(["crowdfunding", str(campaign_id), *map(str, parts)])


def project(campaign_id: int, rules: Rules) -> Account:
    """Whose the settled money is: the house's sales, or what the partner holds for the project."""
    if rules.is_sale:
        return house_account("sales", rules.unit)
    return cause_account(f"partner-{campaign_id}", rules.unit)


def pot_account(pot_id: int, unit: str) -> Account:
    return cause_account(f"pot-{pot_id}", unit)


def _sided(account: Account, amount: int) -> tuple[Posting, ...]:
    """Money leaves the jar for the account; below zero it comes back."""
    if not amount:
        return ()
    return (credit(account, amount),) if amount > 0 else (debit(account, -amount),)


def settled(campaign_id: int, rules: Rules, parts: Shares, *, number: int, memo: str) -> Entry:
    jar = escrow_account(campaign_id, rules.unit)
    postings = (
        *_sided(jar, -parts.total),
        *_sided(house_account("fees", rules.unit), parts.fee),
        *_sided(house_account("vat", rules.unit), parts.vat),
        *_sided(project(campaign_id, rules), parts.rest),
    )
    return Entry(key(campaign_id, "settle", number), memo, postings, "crowdfunding.settle")


def recalled(campaign_id: int, rules: Rules, amount: int, *, mark: object, memo: str) -> Entry:
    """Settled money comes back into the jar, to be paid back to somebody."""
    postings = (
        debit(project(campaign_id, rules), amount),
        credit(escrow_account(campaign_id, rules.unit), amount),
    )
    return Entry(key(campaign_id, "recall", mark), memo, postings, "crowdfunding.recall")


def received_offline(campaign_id: int, unit: str, amount: int, *, mark: object, memo: str, evidence: str) -> Entry:
    postings = (debit(house_account("bank", unit), amount), credit(escrow_account(campaign_id, unit), amount))
    return Entry(key(campaign_id, "offline", mark), memo, postings, "crowdfunding.offline", evidence)


def sent_back(campaign_id: int, unit: str, amount: int, *, mark: object, memo: str, evidence: str) -> Entry:
    postings = (debit(escrow_account(campaign_id, unit), amount), credit(house_account("bank", unit), amount))
    return Entry(key(campaign_id, "back", mark), memo, postings, "crowdfunding.back", evidence)


def credited(campaign_id: int, unit: str, amount: int, *, member_id: int, mark: object, memo: str) -> Entry:
    postings = transfer(escrow_account(campaign_id, unit), member_account(member_id, unit), amount)
    return Entry(key(campaign_id, "credit", mark), memo, postings, "crowdfunding.credit")


def given(campaign_id: int, unit: str, amount: int, *, mark: object, memo: str) -> Entry:
    postings = (debit(escrow_account(campaign_id, unit), amount), credit(house_account("gifts", unit), amount))
    return Entry(key(campaign_id, "gift", mark), memo, postings, "crowdfunding.gift")


def matched(campaign_id: int, pot_id: int, unit: str, amount: int, *, number: int, memo: str) -> Entry:
    """What a pot adds goes into the jar; below zero, what it no longer adds comes back."""
    pot, jar = pot_account(pot_id, unit), escrow_account(campaign_id, unit)
    postings = transfer(pot, jar, amount) if amount > 0 else transfer(jar, pot, -amount)
    return Entry(key(campaign_id, "match", number, pot_id), memo, postings, "crowdfunding.match")


def pot_filled(pot_id: int, unit: str, amount: int, *, mark: str, memo: str, evidence: str) -> Entry:
    postings = (debit(house_account("bank", unit), amount), credit(pot_account(pot_id, unit), amount))
    return Entry(f"crowdfunding-pot:{pot_id}:{mark}", memo, postings, "crowdfunding.pot", evidence)


def pot_emptied(pot_id: int, unit: str, amount: int, *, mark: str, memo: str, evidence: str) -> Entry:
    postings = (debit(pot_account(pot_id, unit), amount), credit(house_account("bank", unit), amount))
    return Entry(f"crowdfunding-pot:{pot_id}:{mark}", memo, postings, "crowdfunding.pot", evidence)

"""The file of transfers a bank takes: `pain.001.001.09` (ISO 20022, customer credit transfer initiation). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from essaim.kit.money import UNITS

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


@dataclass(frozen=True, slots=True)
class Credit:
    """Money to send: `name` comes back on the statement."""

    name: str
    amount: int
    unit: str
    party: str
    iban: str
    memo: str


def written(credits: Iterable[Credit], *, message: str, holder: str, iban: str, bic: str, at: datetime) -> bytes:
    """One message, one payment block per currency."""
    credits = list(credits)
    root = Element("Document", xmlns=NAMESPACE)
    order = SubElement(root, "CstmrCdtTrfInitn")
    header = SubElement(order, "GrpHdr")
    _put(header, MsgId=message, CreDtTm=f"{at:%Y-%m-%dT%H:%M:%S}", NbOfTxs=str(len(credits)))
    _put(SubElement(header, "InitgPty"), Nm=holder[:70])
    for unit in sorted({credit.unit for credit in credits}):
        _block(
            order, [credit for credit in credits if credit.unit == unit], f"{message}-{unit}", holder, iban, bic, at
        )
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _block(order: Element, credits: list[Credit], name: str, holder: str, iban: str, bic: str, at: datetime) -> None:
    block = SubElement(order, "PmtInf")
    _put(block, PmtInfId=name, PmtMtd="TRF", NbOfTxs=str(len(credits)), CtrlSum=_decimal(credits))
    _put(SubElement(block, "ReqdExctnDt"), Dt=f"{at:%Y-%m-%d}")
    _put(SubElement(block, "Dbtr"), Nm=holder[:70])
    _put(SubElement(SubElement(block, "DbtrAcct"), "Id"), IBAN=iban)
    agent = SubElement(SubElement(block, "DbtrAgt"), "FinInstnId")
    if bic:
        _put(agent, BICFI=bic)
    else:
        _put(SubElement(agent, "Othr"), Id="NOTPROVIDED")
    _put(block, ChrgBr="SLEV")
    for credit in credits:
        _credit(SubElement(block, "CdtTrfTxInf"), credit)


def _credit(element: Element, credit: Credit) -> None:
    _put(SubElement(element, "PmtId"), EndToEndId=credit.name)
    SubElement(SubElement(element, "Amt"), "InstdAmt", Ccy=credit.unit).text = _decimal([credit])
    _put(SubElement(element, "Cdtr"), Nm=(credit.party or credit.name)[:70])
    _put(SubElement(SubElement(element, "CdtrAcct"), "Id"), IBAN=credit.iban)
    _put(SubElement(element, "RmtInf"), Ustrd=credit.memo[:140])


def _decimal(credits: list[Credit]) -> str:
    places = UNITS[credits[0].unit].digits
    total = sum(credit.amount for credit in credits)
    return f"{total // 10**places}.{total % 10**places:0{places}d}" if places else str(total)


def _put(parent: Element, **texts: str) -> None:
    for tag, text in texts.items():
        SubElement(parent, tag).text = text

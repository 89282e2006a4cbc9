"""Reading a CAMT.053 statement (ISO 20022, `BkToCstmrStmt`), whichever its version. Pure.

Document types, entities and outside references are refused by the parser (defusedxml).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from essaim.connectors.banktransfer.domain import (
    Fault,
    Faulty,
    Line,
    NoDay,
    NoUnit,
    OtherAccount,
    PartsDiffer,
    Read,
    UnreadableStatement,
    minor,
)
from essaim.kit.money import UNITS


def read(content: bytes) -> Read:
    """Every booked entry, one line per transaction in it. A fault's place is the entry's number in the file."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnreadableStatement(reason=type(error).__name__) from error
    statements = [one for one in root.iter() if _tag(one) == "Stmt"]
    if not statements:
        raise UnreadableStatement(reason="no Stmt")
    accounts = {_text(one, "Acct/Id/IBAN") or _text(one, "Acct/Id/Othr/Id") for one in statements}
    if len(accounts) > 1:
        raise OtherAccount(account=", ".join(sorted(accounts)))
    lines, faults = _entries(entry for one in statements for entry in _children(one, "Ntry"))
    return Read(accounts.pop(), tuple(lines), tuple(faults))


def _entries(entries: Iterator[Element]) -> tuple[list[Line], list[Fault]]:
    lines: list[Line] = []
    faults: list[Fault] = []
    for place, entry in enumerate(entries, start=1):
        if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) not in ("BOOK", ""):
            continue  # announced, not booked: it comes again
        try:
            lines += _lines(entry)
        except Faulty as fault:
            faults.append(Fault(place, str(fault.cause)))
    return lines, faults


def _lines(entry: Element) -> list[Line]:
    day, total, unit = _day(entry), _amount(entry), _unit(entry)
    parts = _all(entry, "NtryDtls/TxDtls")
    if not parts:
        return [Line(day, total, unit, text=_text(entry, "AddtlNtryInf"), own=_text(entry, "AcctSvcrRef"))]
    amounts = [total] if len(parts) == 1 else [_part(part, entry) for part in parts]
    if sum(amounts) != total:
        raise PartsDiffer
    own = _text(entry, "AcctSvcrRef")
    return [
        _line(part, day, amount, unit, own if len(parts) == 1 else f"{own}/{place}" if own else "")
        for place, (part, amount) in enumerate(zip(parts, amounts, strict=True), start=1)
    ]


def _line(part: Element, day: date, amount: int, unit: str, own: str) -> Line:
    other = "Dbtr" if amount > 0 else "Cdtr"
    party = f"RltdPties/{other}"
    return Line(
        day=day,
        amount=amount,
        unit=unit,
        name=_text(part, f"{party}/Nm") or _text(part, f"{party}/Pty/Nm"),
        iban=_text(part, f"{party}Acct/Id/IBAN"),
        text=" ".join(_text(one, "") for one in _all(part, "RmtInf/Ustrd")),
        reference=_text(part, "RmtInf/Strd/CdtrRefInf/Ref"),
        end_to_end=_text(part, "Refs/EndToEndId").replace("NOTPROVIDED", ""),
        own=_text(part, "Refs/AcctSvcrRef") or own,
        returned=bool(_all(part, "RtrInf")),
    )


def _amount(entry: Element) -> int:
    """Signed: a debit is below zero. A reversal is booked on its own side, and only marked as one (`RvslInd`)."""
    return _signed(entry, _text(entry, "Amt"), _unit(entry))


def _part(part: Element, entry: Element) -> int:
    written = _text(part, "Amt") or _text(part, "AmtDtls/TxAmt/Amt")
    return _signed(part if _text(part, "CdtDbtInd") else entry, written, _unit(entry))


def _signed(holder: Element, written: str, unit: str) -> int:
    amount = minor(written, unit)
    return -amount if _text(holder, "CdtDbtInd") == "DBIT" else amount


def _unit(entry: Element) -> str:
    unit = next((one.get("Ccy", "") for one in _children(entry, "Amt")), "")
    if unit not in UNITS:
        raise NoUnit(text=unit)
    return unit


def _day(entry: Element) -> date:
    written = next(
        (found for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm") if (found := _text(entry, path))),
        "",
    )
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        raise NoDay(text=written) from None


def _text(element: Element, path: str) -> str:
    """The text at a path of local names; empty when there is none."""
    found = _all(element, path) if path else [element]
    return (found[0].text or "").strip() if found else ""


def _all(element: Element, path: str) -> list[Element]:
    found = [element]
    for name in path.split("/"):
        found = [child for one in found for child in _children(one, name)]
    return found


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _tag(child) == name)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]

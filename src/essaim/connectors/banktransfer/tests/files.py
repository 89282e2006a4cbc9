"""Statements as banks write them, made for the tests."""

from __future__ import annotations

HOUSE = "FR7630006000011234567890189"
PAYER = "DE89370400440532013000"
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-05-04T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
{entries}</Stmt></BkToCstmrStmt></Document>"""
ENTRY = """<Ntry><Amt Ccy="{unit}">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}<Sts>{status}</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{own}</AcctSvcrRef>
<NtryDtls>{parts}</NtryDtls></Ntry>"""
PART = """<TxDtls><Refs><EndToEndId>{end}</EndToEndId></Refs>{amount}
<RltdPties><{other}><Nm>{name}</Nm></{other}><{other}Acct><Id><IBAN>{iban}</IBAN></Id></{other}Acct></RltdPties>
<RmtInf>{text}{reference}</RmtInf>{more}</TxDtls>"""


def camt(*entries: str, version: str = "02", account: str = HOUSE) -> bytes:
    return DOCUMENT.format(version=version, account=account, entries="".join(entries)).encode()


def entry(
    amount="20.00", own="B1", *parts, side="CRDT", status="BOOK", day="2026-05-03", unit="EUR", more="", **given
) -> str:
    written = "".join(parts or (part(side=side, **given),))
    return ENTRY.format(
        amount=amount, own=own, side=side, status=status, day=day, unit=unit, more=more, parts=written
    )


def part(text="", reference="", *, end="NOTPROVIDED", amount="", side="CRDT", name="Ada", iban=PAYER, more="") -> str:
    return PART.format(
        end=end,
        amount=f'<Amt Ccy="EUR">{amount}</Amt>' if amount else "",
        other="Dbtr" if side == "CRDT" else "Cdtr",
        name=name,
        iban=iban,
        text=f"<Ustrd>{text}</Ustrd>" if text else "",
        reference=f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>" if reference else "",
        more=more,
    )

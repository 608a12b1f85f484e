"""Single findings as plain values (docs/findings.md)."""

from collections.abc import Iterable
from typing import Any

from cases.findings.company.company import Sector
from cases.findings.identity.number_checks import Check
from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.source import Link, Source
from cases.provider.result.scalars import Day

Plain = dict[str, Any]


def source(source: Source) -> Plain:
    """Say where a chapter comes from."""
    return {
        "names": raw(source.names),
        "last_changed": day(source.last_changed),
        "accounting_year": source.accounting_year,
        "links": [item.raw for item in source.links],
    }


def sector(sector: Sector | None) -> Plain | None:
    """Give code and description."""
    return None if sector is None else {"code": sector.code, "description": sector.description}


def address(address: Address | None) -> Plain | None:
    """Give an address by its parts."""
    if address is None:
        return None
    return {
        "street": address.street,
        "postal_code": address.postal_code,
        "city": address.city,
        "country": code(address.country),
        "country_name": address.country_name or text(address.country),
    }


def check(check: Check | None) -> str | None:
    """Name a check's verdict."""
    return check.code if check else None


def day(day: Day | None) -> str | None:
    """Write a date, or what came instead, as text."""
    if day is None:
        return None
    return day.day.isoformat() if day.day else day.raw


def link(link: Link | None) -> str | None:
    """Give an address as it came."""
    return link.raw if link else None


def code(word: Word | None) -> str | None:
    """Give a code word as it came."""
    return word.raw if word else None


def text(word: Word | None) -> str | None:
    """Say a code word in English; None if nobody knows it."""
    return str(word.words) if word and word.words is not None else None


def raw(words: Iterable[Word]) -> list[str]:
    """Give code words as they came."""
    return [word.raw for word in words]

"""Which countries a result touches, and why each of them is involved."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.company.company import Company
from cases.findings.ownership.ownership import Ownership
from cases.findings.screening.chapter import Screening
from cases.findings.vocabulary import countries
from cases.findings.vocabulary.address import Address, Addresses
from cases.findings.vocabulary.code_words import COUNTRIES, Word, word
from cases.findings.vocabulary.wording import Words

OWNER, LISTED = "owner", "listed"
OWN: dict[str, Words] = {
    "organisation": _("the organisation"),
    "visiting": _("visiting address"),
    "postal": _("postal address"),
}
OTHERS = {
    OWNER: ngettext_lazy(
        "address of %(count)d beneficial owner", "addresses of %(count)d beneficial owners", "count"
    ),
    LISTED: ngettext_lazy(
        "address of %(count)d listed party", "addresses of %(count)d listed parties", "count"
    ),
}
NAMED = 3  # names in a reason; with more their number says it
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Involved:
    """A country, and every reason why it is here. `codes`: organisation | visiting | postal | owner | listed."""

    country: Word
    codes: tuple[str, ...]
    reasons: tuple[Words, ...]


def involved(
    company: Company, addresses: Addresses, ownership: Ownership, screening: Screening
) -> tuple[Involved, ...]:
    """Give each country once, by whichever code or name it came: the organisation's, owners', listed parties'."""
    found: dict[str, tuple[Word, dict[str, dict[str, str | None]]]] = {}
    for country, code, place, name in _mentions(company, addresses, ownership, screening):
        key = countries.alpha_2(country.raw) or country.raw.casefold()
        _first, reasons = found.setdefault(key, (country, {}))
        reasons.setdefault(code, {})[place] = name
    return tuple(
        Involved(
            country,
            tuple(reasons),
            tuple(_reason(code, [*names.values()]) for code, names in reasons.items()),
        )
        for country, reasons in found.values()
    )


def _mentions(
    company: Company, addresses: Addresses, ownership: Ownership, screening: Screening
) -> Iterator[tuple[Word, str, str, str | None]]:
    """Yield a country, why it is involved, and the place and name of the party whose address it is in."""
    if company.country and company.country.raw:
        yield company.country, "organisation", "", None
    for code, own in (("visiting", addresses.visiting), ("postal", addresses.postal)):
        for country in _of(own):
            yield country, code, "", None
    for owner in ownership.beneficials:
        for country in _of(owner.address):
            yield country, OWNER, owner.place, owner.name
    for hit in screening.hits:
        for address in hit.addresses:
            for country in _of(address):
                yield country, LISTED, hit.place, hit.name


def _of(address: Address | None) -> Iterator[Word]:
    """The country of an address: its code, else its name."""
    if address is None:
        return
    if address.country and address.country.raw:
        yield address.country
    elif address.country_name:
        code = countries.alpha_2(address.country_name)
        found = word(COUNTRIES, code) if code else Word(address.country_name)
        if found:
            yield found


def _reason(code: str, names: list[str | None]) -> Words:
    if code in OWN:
        return OWN[code]
    text = OTHERS[code] % {"count": len(names)}
    known = [name for name in names if name and len(name) <= LONGEST_NAME]
    if len(names) > NAMED or len(known) < len(names):
        return text
    return _("%(reason)s (%(names)s)") % {"reason": text, "names": ", ".join(known)}

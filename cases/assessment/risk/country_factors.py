"""The factor of the countries of the firm and of its beneficial owners."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import INVOLVED, OUTSIDE, Factor
from cases.assessment.policy.risk_terms import CountryList
from cases.assessment.risk.assessment import Score
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.known import is_sound, known, unknown
from cases.findings.involvement import OWNER
from cases.findings.ownership.holders import Beneficial
from cases.findings.result import Result
from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.countries import alpha_2
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.wording import Words

COMPANY, ADDRESS, BENEFICIALS = "keyInformation.country", "address", "ownership.beneficials"
PLACES = {"organisation": COMPANY, "visiting": ADDRESS, "postal": ADDRESS, OWNER: BENEFICIALS}


def countries_of(result: Result, because: Iterable[str] = INVOLVED) -> dict[str, tuple[str, ...]]:
    """The countries that are involved for one of these reasons, by code, with the places that say so."""
    wanted = [*because]
    found: dict[str, tuple[str, ...]] = {}
    for involved in result.involved:
        country, codes = alpha_2(involved.country.raw), [code for code in involved.codes if code in wanted]
        if country and codes:
            found[country] = tuple(dict.fromkeys(PLACES[code] for code in codes))
    return found


def is_in(listed: CountryList, country: str, *, is_outside: bool) -> bool:
    """Is a country in a list, or outside of it? An empty list says neither."""
    return bool(listed.countries) and (country in listed.countries) is not is_outside


def of_countries(lists: Mapping[str, CountryList], factor: Factor, facts: Facts) -> Score:
    """Score the gravest list that any of the countries is in."""
    found = countries_of(facts.result, factor.words)
    points = max((_points(lists, factor, country) for country in found), default=0)
    lacking = [*_lacking(lists, factor, facts.result)]
    places = tuple(dict.fromkeys(place for places in found.values() for place in places))
    if lacking or not found:
        return unknown(factor, *places, words=_joined(lacking or [_("No country is stated.")]), found=points)
    return known(", ".join(sorted(found)), points, ", ".join(sorted(found)), *places)


def _points(lists: Mapping[str, CountryList], factor: Factor, country: str) -> int:
    return max(
        (
            points
            for name, points in factor.scores.items()
            if is_in(lists[name.removeprefix(OUTSIDE)], country, is_outside=name.startswith(OUTSIDE))
        ),
        default=0,
    )


def _lacking(lists: Mapping[str, CountryList], factor: Factor, result: Result) -> Iterator[Words]:
    """Say what keeps the countries from being known, or from being compared."""
    for name in dict.fromkeys(name.removeprefix(OUTSIDE) for name in factor.scores):
        if not lists[name].countries:
            yield _("Could not be compared with the list %(name)s, which is empty.") % {"name": name}
    yield from not_stated(result, factor.words)


def not_stated(result: Result, because: Iterable[str] = INVOLVED) -> Iterator[Words]:
    """Say which of the countries that are wanted the result does not tell."""
    wanted = [*because]
    if "organisation" in wanted and not _is_told(result):
        yield _("The country of the organisation is not stated.")
    if ADDRESS in {PLACES[code] for code in wanted} and not _are_addresses_told(result):
        yield _("The country of an address is not known.")
    if OWNER in wanted and not _are_owners_told(result):
        yield _("The country of a beneficial owner is not known.")


def _is_told(result: Result) -> bool:
    country = result.company.country
    return country is not None and alpha_2(country.raw) is not None and is_sound(result, COMPANY)


def _are_addresses_told(result: Result) -> bool:
    own = result.address
    stated = [address for address in (own.visiting, own.postal) if address and address.stated]
    is_read = did_come(own.nothing) and all(did_come(nothing) for nothing in own.elements.values())
    return is_read and is_sound(result, ADDRESS) and all(map(_has_country, stated))


def _are_owners_told(result: Result) -> bool:
    owned = result.ownership
    is_read = did_come(owned.beneficials_nothing) and is_sound(result, BENEFICIALS)
    return is_read and all(map(_is_owner_told, owned.beneficials))


def _is_owner_told(owner: Beneficial) -> bool:
    return owner.address is not None and _has_country(owner.address)


def _has_country(address: Address) -> bool:
    stated = address.country.raw if address.country else address.country_name
    return alpha_2(stated) is not None


def _joined(sentences: list[Words]) -> str:
    return " ".join(map(str, sentences))

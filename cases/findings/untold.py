"""What a verdict needs to be in order and a result that came does not state: each is a point to check."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.findings.authority.signing_rules import Authorities
from cases.findings.company.company import Company
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.ownership import Ownership
from cases.findings.screening.chapter import Screening
from cases.findings.screening.pep_lists import not_searched_for_pep, of_any_list
from cases.findings.vocabulary import countries
from cases.findings.vocabulary.address import Addresses
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.presence import Kind, Nothing, did_come
from cases.findings.vocabulary.sections import SCREENING, title_of
from cases.findings.vocabulary.wording import Words
from cases.provider.numbers.known_numbers import known_number
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.scalars import NOT_SINGLE

KEY_INFORMATION, ADDRESS, AUTHORITIES = "keyInformation", "address", "authorities"
LISTS = f"{SCREENING}.metadata.sources"
SHAREHOLDERS, BENEFICIALS = "ownership.shareholders", "ownership.beneficials"


def of_identity(company: Company, address: Addresses) -> Iterator[Caution]:
    """Warn if name, number, form, country, status or address is not stated; an absent chapter says so itself."""
    if did_come(company.nothing):
        yield from _of_company(company)
    if _is(address.nothing, Kind.NOT_REQUESTED):
        yield _not_ordered(_("Address"), ADDRESS)
    elif did_come(address.nothing) and not address.is_known:
        yield Caution("address_not_stated", _("The result states no address that leads anywhere."), ADDRESS)


def _of_company(company: Company) -> Iterator[Caution]:
    is_numbered = known_number(company.number) or known_number(company.duns)
    # One that came, in no form or in several that differ, is told as that.
    if company.name is not NOT_SINGLE and names_nobody(company.name):
        yield Caution("name_not_stated", _("The result does not state the name."), f"{KEY_INFORMATION}.name")
    if not is_numbered:
        place = f"{KEY_INFORMATION}.organizationNumber"
        yield Caution("number_not_stated", _("The result states neither number nor DUNS number."), place)
    if not is_stated(company.form):
        place = f"{KEY_INFORMATION}.organizationType"
        yield Caution("form_not_stated", _("The result does not state the legal form."), place)
    if _is_nowhere(company.country):
        text = _("The result does not state a country that there is.")
        yield Caution("country_not_stated", text, f"{KEY_INFORMATION}.country")
    if not any(map(is_stated, company.statuses)):
        nothing = company.elements.get("statusCodes")
        in_short: Words = _("Status: %(nothing)s") % {"nothing": nothing.words} if nothing else ""
        text = _("The result does not state the status in the register.")
        yield Caution("status_not_stated", text, f"{KEY_INFORMATION}.statusCodes", in_short)


def of_owners(owned: Ownership) -> Iterator[Caution]:
    """Warn if only one of beneficial owners and shareholders was ordered, or if no shareholder is listed."""
    parts = (
        (BENEFICIALS, owned.beneficials_nothing),
        (SHAREHOLDERS, owned.shareholders_nothing),
    )
    left_out = [word for word, nothing in parts if _is(nothing, Kind.NOT_REQUESTED)]
    if len(left_out) < len(parts):
        yield from (_not_ordered(title_of(word), word) for word in left_out)
    if did_come(owned.shareholders_nothing) and not owned.shareholders:
        yield Caution("no_shareholders", _("The result lists no shareholders."), SHAREHOLDERS)


def of_authority(authorities: Authorities) -> Iterator[Caution]:
    """Warn of a chapter `authorities` that came empty; the rules of any other warn of themselves."""
    if authorities.nothing and did_come(authorities.nothing):
        text = _("The result holds nothing on the right to sign.")
        yield Caution("authority_not_stated", text, AUTHORITIES, authorities.nothing.words)


def of_screening(screening: Screening) -> Iterator[Caution]:
    """Warn of a ‘no hits’ that cannot be relied upon, and of what leaves open whether somebody is on a PEP list."""
    if not screening.came:
        return
    if screening.says_no_hit and not screening.is_clear and not screening.hits:
        text = _(
            "The provider says ‘no hits’, and it cannot be relied upon: the screening was not all read, contradicts "
            "itself, or comes with a message that is not understood."
        )
        yield Caution("no_hit_unreliable", text, f"{SCREENING}.status")
    if screening.pep_hits or not not_searched_for_pep(screening):
        for why in of_any_list(screening):
            sentence = _("That nobody is on a PEP list cannot be said. %(why)s.") % {"why": why}
            yield Caution("pep_not_excluded", sentence, LISTS, why)
        whom = _("The provider does not tell whom it searched in lists of politically exposed persons.")
        yield Caution("pep_parties_not_told", whom, LISTS)


def _not_ordered(name: Words, place: str) -> Caution:
    text = _("%(part)s: not ordered with this capture.") % {"part": name}
    return Caution("part_not_ordered", text, place, _("%(part)s not ordered") % {"part": name})


def is_stated(word: Word | None) -> bool:
    """Is it a word, and no placeholder for one?"""
    return word is not None and not is_placeholder(word.raw)


def _is_nowhere(country: Word | None) -> bool:
    """Is no country stated that there is? One in a form that cannot be read is warned of elsewhere."""
    return country is None or (country.raw is not NOT_SINGLE and countries.alpha_2(country.raw) is None)


def _is(nothing: Nothing | None, kind: Kind) -> bool:
    return nothing is not None and nothing.kind is kind

"""The node that a party of the structure is, and the ties it has."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.findings.company.company import Company
from cases.findings.owner_rows import Entry, and_more, hits_by_name, hits_on, kind_words, share_words
from cases.findings.ownership.parties import Kind, Party
from cases.findings.screening.hit import Hit, hit_words
from cases.findings.screening.named_parties import ITSELF
from cases.findings.vocabulary.formats import HUNDREDTH, day_words, organisation_number
from cases.presentation.charts.structure_parts import CUSTOMER, Badge, Line, Node, Shape, Sign, Tie


def of_party(entry: Entry) -> Node:
    """The node of an owner or of a subsidiary."""
    party = entry.party
    name, *_others = entry.names or (_("Name not stated"),)
    return Node(entry.key, SHAPES[party.kind], name, _under(party), tuple(_badges(entry)), entry.facts, entry)


SHAPES = {Kind.PERSON: Shape.PERSON, Kind.ORGANISATION: Shape.COMPANY, Kind.UNKNOWN: Shape.UNKNOWN}


def _under(party: Party) -> str:
    parts = [kind_words(party)]
    if party.number:
        parts.append(organisation_number(party.number))
    if party.born and party.born.raw:
        parts.append(f"{_('born')} {day_words(party.born)}")
    return " · ".join(parts)


def _badges(entry: Entry) -> Iterator[Badge]:
    party = entry.party
    if party.is_beneficial:
        reason = party.reason.text if party.reason else party.reason_phrase
        words = _("Beneficial owner")
        yield Badge(Sign.BENEFICIAL, f"{words}: {reason}" if reason else words)
    if party.is_deceased:
        day = f" {day_words(party.deceased_on)}" if party.deceased_on else ""
        yield Badge(Sign.DECEASED, _("Deceased") + day)
    yield from _hit_badges(entry.hits)
    items = [str(item) for item in party.open_items]
    if items:
        first = items[0][:1].upper() + items[0][1:]
        yield Badge(Sign.OPEN, and_more(first, len(items) - 1))


def _hit_badges(hits: Sequence[Hit]) -> Iterator[Badge]:
    if hits:
        yield Badge(Sign.HIT, and_more(f"{_('Open hit')}: {hit_words(hits[0])}", len(hits) - 1))


def of_customer(company: Company, hits: Sequence[Hit], *, is_another: bool = False) -> Node:
    """The node of the organisation itself; `is_another`: the result is about one that nobody ordered."""
    parts = [_("Another organisation") if is_another else _("Customer")]
    if company.number:
        parts.append(organisation_number(company.number, company.country.raw if company.country else None))
    name = company.name or _("Name not stated")
    by_name = hits_on((name,), hits_by_name(hits))
    found = [hit for hit in hits if hit in by_name or _is_on_the_customer(hit)]
    facts = tuple((_("open hit:"), hit_words(hit)) for hit in found)
    return Node(CUSTOMER, Shape.CUSTOMER, name, " · ".join(parts), tuple(_hit_badges(found)), facts)


def _is_on_the_customer(hit: Hit) -> bool:
    beside = hit.comparison.party if hit.comparison else None
    return beside is not None and ITSELF in beside.what


def of_itself(entry: Entry) -> Node:
    """The node of the organisation as its own owner."""
    party = entry.party
    share = party.share if party.holdings else party.owned_share
    under = share_words(share)
    named = tuple(("", name) for name in entry.names[:1])
    return Node(entry.key, Shape.ITSELF, _("Owns itself"), under, (), (*named, *entry.facts), entry)


# --- Ties ---


def ties(entry: Entry) -> Iterator[Tie]:
    """The ties of a party: what it holds of the customer, and what the customer holds of it."""
    party = entry.party
    if party.is_shareholder:
        yield Tie(entry.key, CUSTOMER, _direct_words(party), Line.DIRECT)
    elif party.is_beneficial:
        yield Tie(entry.key, CUSTOMER, _indirect_words(party), Line.INDIRECT)
    if party.is_subsidiary:
        yield Tie(CUSTOMER, entry.key, share_words(party.owned_share), Line.DIRECT)


def _direct_words(party: Party) -> str:
    """The share held directly; and the share with all that is held through others, if that is another."""
    held, integrated = party.share, party.integrated
    if isinstance(integrated, Decimal) and not (
        isinstance(held, Decimal) and abs(held - integrated) < HUNDREDTH
    ):
        return f"{share_words(party.share)} · {_integrated_words(party)}"
    return share_words(party.share)


def _integrated_words(party: Party) -> str:
    return _("%(share)s integrated") % {"share": share_words(party.integrated)}


def _indirect_words(party: Party) -> str:
    if party.control is not None:
        return _("%(share)s control") % {"share": share_words(party.control)}
    if party.integrated is not None:
        return _integrated_words(party)
    return _("by role or indirect")

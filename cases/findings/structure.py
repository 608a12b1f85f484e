"""The customer, who owns it and what it owns, as nodes and the ties between them: what a chart draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.findings.company import Company
from cases.findings.concerned import ITSELF
from cases.findings.entries import (
    Entry,
    Fact,
    and_more,
    hits_by_name,
    hits_on,
    kind_words,
    share_words,
)
from cases.findings.formats import HUNDREDTH, added, day_words, organisation_number, percent_words
from cases.findings.hit import Hit, hit_words
from cases.findings.ownership import Ownership
from cases.findings.parties import Kind, Party
from cases.findings.presence import Nothing
from cases.findings.result import Result

CUSTOMER, MORE_OWNERS, MORE_SUBSIDIARIES = "customer", "more-owners", "more-subsidiaries"


class Shape(StrEnum):
    """What a node stands for; each has a form of its own, and says it in words too."""

    CUSTOMER = "customer"
    PERSON = "person"
    COMPANY = "company"
    UNKNOWN = "unknown"
    REMAINDER = "remainder"
    FOLDED = "folded"
    NOTHING = "nothing"
    ITSELF = "itself"


class Line(StrEnum):
    """How a tie is drawn: a share held, control by other ways, or what is not known."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    OPEN = "open"


class Sign(StrEnum):
    """What a badge is about."""

    BENEFICIAL = "beneficial"
    DECEASED = "deceased"
    HIT = "hit"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Badge:
    """Something to notice at a node."""

    sign: Sign
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Who owns whom, by the keys of nodes; `words` is the share, or why there is none."""

    owner: str
    owned: str
    words: str
    line: Line


@dataclass(frozen=True, slots=True)
class Node:
    """One box: a party, or what stands for several or for none. `entry` is its row in a table."""

    key: str
    shape: Shape
    name: str
    under: str = ""
    badges: tuple[Badge, ...] = ()
    facts: tuple[Fact, ...] = ()
    entry: Entry | None = None
    count: int = 1
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The nodes by where they stand, and the ties. `itself` is the customer as its own owner."""

    customer: Node
    indirect: tuple[Node, ...]
    direct: tuple[Node, ...]
    below: tuple[Node, ...]
    ties: tuple[Tie, ...]
    itself: Node | None = None

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All of them, from the top."""
        itself = (self.itself,) if self.itself else ()
        return (*self.indirect, *self.direct, self.customer, *itself, *self.below)

    @property
    def is_folded(self) -> bool:
        """Does a node stand for several?"""
        return any(node.shape is Shape.FOLDED for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many nodes to draw: owners, among them those with something to notice, and the largest all the same."""

    owners: int
    noticed: int
    largest: int
    subsidiaries: int


SMALL, LEGIBLE, OPENED = Limits(5, 3, 2, 0), Limits(24, 60, 6, 12), Limits(300, 294, 6, 100)
PAPER = Limits(12, 20, 4, 8)  # what a sheet of A4 holds


def structure(result: Result, limits: Limits = LEGIBLE) -> Structure:
    """Choose what to draw, and put it in its places."""
    ownership, everybody, owned = result.ownership, result.owners, result.subsidiaries
    drawn, tail = _chosen(everybody, limits)
    around = [each for each in drawn if not each.party.is_itself]
    itself = next((each for each in (*everybody, *owned) if each.party.is_itself), None)
    direct = sorted((each for each in around if each.party.is_shareholder), key=_largest_share_first)
    indirect = [each for each in around if not each.party.is_shareholder]
    only_owned = [each for each in owned if not each.party.is_owner and not each.party.is_itself]
    kept, more = _cut(only_owned, limits.subsidiaries)
    above = [*_folded_owners(tail), *_rest(ownership), *_nothing_above(ownership)]
    below = [*_folded_subsidiaries(more), *_nothing_below(ownership)]
    if not limits.subsidiaries:
        kept, below = [], []
    return Structure(
        customer=_customer(result.company, result.screening.hits),
        indirect=tuple(_node(each) for each in indirect),
        direct=(*(_node(each) for each in direct), *(node for node, _tie in above)),
        below=(*(_node(each) for each in kept), *(node for node, _tie in below)),
        ties=(
            *(tie for each in (*around, *kept) for tie in _ties(each)),
            *(tie for _node, tie in (*above, *below)),
        ),
        itself=_itself(itself) if itself else None,
    )


def is_noticed(entry: Entry) -> bool:
    """Is there something about it that no fold may hide?"""
    party = entry.party
    return bool(party.controls or entry.hits or party.is_itself or party.is_open)


def _chosen(owners: Sequence[Entry], limits: Limits) -> tuple[list[Entry], list[Entry]]:
    """Keep whom one must notice, fill up with the largest; give them and the rest."""
    loudest = sorted((each for each in owners if is_noticed(each)), key=_loudest_first)
    noticed = loudest[: limits.noticed]
    taken = {each.key for each in noticed}
    others = sorted((each for each in owners if each.key not in taken), key=_largest_share_first)
    kept, tail = _cut(others, max(limits.largest, limits.owners - len(noticed)))
    return [*noticed, *kept], tail


def _loudest_first(entry: Entry) -> tuple[bool, bool, bool]:
    return not entry.party.is_beneficial, not entry.hits, not entry.party.is_itself


def _cut(entries: list[Entry], most: int) -> tuple[list[Entry], list[Entry]]:
    """Split after `most`; a tail of one is not worth a fold."""
    return (entries, []) if len(entries) <= most + 1 else (entries[:most], entries[most:])


def _largest_share_first(entry: Entry) -> tuple[bool, Decimal]:
    share = entry.party.share if entry.party.is_shareholder else entry.party.size
    return not isinstance(share, Decimal), share.copy_negate() if isinstance(share, Decimal) else Decimal(0)


# --- Nodes ---


def _node(entry: Entry) -> Node:
    party = entry.party
    name, *_others = entry.names or (_("Name not stated"),)
    return Node(entry.key, SHAPES[party.kind], name, _under(party), tuple(_badges(entry)), entry.facts, entry)


SHAPES = {Kind.PERSON: Shape.PERSON, Kind.ORGANISATION: Shape.COMPANY, Kind.UNKNOWN: Shape.UNKNOWN}


def _under(party: Party) -> str:
    said = [kind_words(party)]
    if party.number:
        said.append(organisation_number(party.number))
    if party.born and party.born.raw:
        said.append(f"{_('born')} {day_words(party.born)}")
    return " · ".join(said)


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
        yield Badge(Sign.HIT, and_more(f"{_('Possible hit')}: {hit_words(hits[0])}", len(hits) - 1))


def _customer(company: Company, hits: Sequence[Hit]) -> Node:
    said = [_("Customer")]
    if company.number:
        said.append(organisation_number(company.number, company.country.raw if company.country else None))
    name = company.name or _("Name not stated")
    by_name = hits_on((name,), hits_by_name(hits))
    found = [hit for hit in hits if hit in by_name or _is_on_the_customer(hit)]
    facts = tuple((_("possible hit:"), hit_words(hit)) for hit in found)
    return Node(CUSTOMER, Shape.CUSTOMER, name, " · ".join(said), tuple(_hit_badges(found)), facts)


def _is_on_the_customer(hit: Hit) -> bool:
    beside = hit.comparison.party if hit.comparison else None
    return beside is not None and ITSELF in beside.what


def _itself(entry: Entry) -> Node:
    party = entry.party
    share = party.share if party.holdings else party.owned_share
    under = share_words(share)
    named = tuple(("", name) for name in entry.names[:1])
    return Node(entry.key, Shape.ITSELF, _("Owns itself"), under, (), (*named, *entry.facts), entry)


def _folded_owners(tail: Sequence[Entry]) -> Iterator[tuple[Node, Tie]]:
    if tail:
        count = len(tail)
        name = ngettext("%(n)d further owner", "%(n)d further owners", count) % {"n": count}
        stated = [each.party.share for each in tail if isinstance(each.party.share, Decimal)]
        silent = sum(any(not isinstance(each, Decimal) for each in entry.party.shares) for entry in tail)
        words = _("%(share)s together, %(n)d not stated") if silent else _("%(share)s together")
        values = {"share": percent_words(added(stated)), "n": silent}
        words = words % values if stated else _("shares not stated")
        yield (
            Node(MORE_OWNERS, Shape.FOLDED, name, count=count),
            Tie(MORE_OWNERS, CUSTOMER, words, Line.DIRECT),
        )


def _folded_subsidiaries(tail: Sequence[Entry]) -> Iterator[tuple[Node, Tie]]:
    if tail:
        count = len(tail)
        name = ngettext("%(n)d further subsidiary", "%(n)d further subsidiaries", count) % {"n": count}
        yield (
            Node(MORE_SUBSIDIARIES, Shape.FOLDED, name, count=count),
            Tie(CUSTOMER, MORE_SUBSIDIARIES, "", Line.DIRECT),
        )


def _rest(ownership: Ownership) -> Iterator[tuple[Node, Tie]]:
    if not ownership.shareholders or not ownership.unexplained:
        return
    rest, total = percent_words(ownership.unexplained.copy_abs()), percent_words(ownership.total)
    under = _("The stated shares add up to %(sum)s") % {"sum": total}
    name = _("%(rest)s not explained") if ownership.unexplained > 0 else _("%(rest)s more than there is")
    node = Node("remainder", Shape.REMAINDER, name % {"rest": rest}, under)
    yield node, Tie(node.key, CUSTOMER, "", Line.OPEN)


def _nothing_above(ownership: Ownership) -> Iterator[tuple[Node, Tie]]:
    for key, name, nothing in (
        ("no-shareholders", _("Shareholders"), ownership.shareholders_nothing),
        ("no-beneficials", _("Beneficial owners"), ownership.beneficials_nothing),
    ):
        if nothing:
            yield _none(key, name, nothing), Tie(key, CUSTOMER, "", Line.OPEN)


def _nothing_below(ownership: Ownership) -> Iterator[tuple[Node, Tie]]:
    if ownership.subsidiaries_nothing:
        node = _none("no-subsidiaries", _("Subsidiaries"), ownership.subsidiaries_nothing)
        yield node, Tie(CUSTOMER, node.key, "", Line.OPEN)


def _none(key: str, name: str, nothing: Nothing) -> Node:
    return Node(key, Shape.NOTHING, name, str(nothing.words), nothing=nothing)


# --- Ties ---


def _ties(entry: Entry) -> Iterator[Tie]:
    party = entry.party
    if party.is_shareholder:
        yield Tie(entry.key, CUSTOMER, _direct_words(party), Line.DIRECT)
    elif party.is_beneficial:
        yield Tie(entry.key, CUSTOMER, _indirect_words(party), Line.INDIRECT)
    if party.is_subsidiary:
        yield Tie(CUSTOMER, entry.key, share_words(party.owned_share), Line.DIRECT)


def _direct_words(party: Party) -> str:
    """The share; and what it comes to with all that is held through others, if that is more."""
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

"""The customer, who owns it and what it owns, as nodes and the ties between them: what a chart draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.findings.owner_rows import Entry
from cases.findings.ownership.ownership import Ownership
from cases.findings.result import Result
from cases.findings.vocabulary.formats import added, percent_words
from cases.findings.vocabulary.presence import Nothing
from cases.findings.vocabulary.sections import title_of
from cases.presentation.charts.structure_parties import of_customer, of_itself, of_party, ties
from cases.presentation.charts.structure_parts import (
    CUSTOMER,
    MORE_OWNERS,
    MORE_SUBSIDIARIES,
    Line,
    Node,
    Shape,
    Tie,
)


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
        """All nodes of the chart, from its top to its bottom."""
        itself = (self.itself,) if self.itself else ()
        return (*self.indirect, *self.direct, self.customer, *itself, *self.below)

    @property
    def is_folded(self) -> bool:
        """Does a node stand for several?"""
        return any(node.shape is Shape.FOLDED for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many nodes to draw: `owners`, of them `noticed` one must notice; always the `largest` of the others."""

    owners: int
    noticed: int
    largest: int
    subsidiaries: int


SMALL, LEGIBLE, OPENED = Limits(5, 3, 2, 0), Limits(24, 60, 6, 12), Limits(300, 294, 6, 100)
PAPER = Limits(12, 20, 4, 8)  # what a sheet of A4 holds


def structure(result: Result, limits: Limits = LEGIBLE, *, is_another: bool = False) -> Structure:
    """Choose what to draw, and put it in its places; `is_another`: the result is not about the customer."""
    ownership, everybody, owned = result.ownership, result.owners, result.subsidiaries
    drawn, tail = _chosen(everybody, limits)
    around = [entry for entry in drawn if not entry.party.is_itself]
    itself = next((entry for entry in (*everybody, *owned) if entry.party.is_itself), None)
    direct = sorted((entry for entry in around if entry.party.is_shareholder), key=_largest_share_first)
    indirect = [entry for entry in around if not entry.party.is_shareholder]
    only_owned = [entry for entry in owned if not entry.party.is_owner and not entry.party.is_itself]
    kept, more = _cut(only_owned, limits.subsidiaries)
    above = [*_folded_owners(tail), *_rest(ownership), *_nothing_above(ownership)]
    below = [*_folded_subsidiaries(more), *_nothing_below(ownership)]
    if not limits.subsidiaries:
        kept, below = [], []
    return Structure(
        customer=of_customer(result.company, result.screening.hits, is_another=is_another),
        indirect=tuple(of_party(entry) for entry in indirect),
        direct=(*(of_party(entry) for entry in direct), *(node for node, _tie in above)),
        below=(*(of_party(entry) for entry in kept), *(node for node, _tie in below)),
        ties=(
            *(tie for entry in (*around, *kept) for tie in ties(entry)),
            *(tie for _node, tie in (*above, *below)),
        ),
        itself=of_itself(itself) if itself else None,
    )


def is_noticed(entry: Entry) -> bool:
    """Is there something about the party that no fold may hide: control, a hit, an open item, the customer?"""
    party = entry.party
    return bool(party.controls or entry.hits or party.is_itself or party.is_open)


def _chosen(owners: Sequence[Entry], limits: Limits) -> tuple[list[Entry], list[Entry]]:
    """The owners to draw, those one must notice and then the largest of the others; and the rest, to be folded."""
    loudest = sorted((owner for owner in owners if is_noticed(owner)), key=_loudest_first)
    noticed = loudest[: limits.noticed]
    taken = {entry.key for entry in noticed}
    others = sorted((owner for owner in owners if owner.key not in taken), key=_largest_share_first)
    kept, tail = _cut(others, max(limits.largest, limits.owners - len(noticed)))
    return [*noticed, *kept], tail


def _loudest_first(entry: Entry) -> tuple[bool, bool, bool]:
    return not entry.party.is_beneficial, not entry.hits, not entry.party.is_itself


def _cut(entries: list[Entry], most: int) -> tuple[list[Entry], list[Entry]]:
    """Split entries after `most` of them; a tail of one is not worth a fold."""
    return (entries, []) if len(entries) <= most + 1 else (entries[:most], entries[most:])


def _largest_share_first(entry: Entry) -> tuple[bool, Decimal]:
    share = entry.party.share if entry.party.is_shareholder else entry.party.size
    return not isinstance(share, Decimal), share.copy_negate() if isinstance(share, Decimal) else Decimal(0)


# --- What stands for several, or for none ---


def _folded_owners(tail: Sequence[Entry]) -> Iterator[tuple[Node, Tie]]:
    if tail:
        count = len(tail)
        name = ngettext("%(n)d further owner", "%(n)d further owners", count) % {"n": count}
        stated = [owner.party.share for owner in tail if isinstance(owner.party.share, Decimal)]
        silent = sum(any(not isinstance(share, Decimal) for share in entry.party.shares) for entry in tail)
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
    if not ownership.shareholders or not ownership.unstated:
        return
    rest, total = percent_words(ownership.unstated.copy_abs()), percent_words(ownership.total)
    under = _("The stated shares add up to %(sum)s") % {"sum": total}
    name = _("%(rest)s not explained") if ownership.unstated > 0 else _("%(rest)s more than there is")
    node = Node("remainder", Shape.REMAINDER, name % {"rest": rest}, under)
    yield node, Tie(node.key, CUSTOMER, "", Line.OPEN)


def _nothing_above(ownership: Ownership) -> Iterator[tuple[Node, Tie]]:
    for key, word, nothing in (
        ("no-shareholders", "ownership.shareholders", ownership.shareholders_nothing),
        ("no-beneficials", "ownership.beneficials", ownership.beneficials_nothing),
    ):
        if nothing:
            yield _none(key, word, nothing), Tie(key, CUSTOMER, "", Line.OPEN)


def _nothing_below(ownership: Ownership) -> Iterator[tuple[Node, Tie]]:
    if ownership.subsidiaries_nothing:
        node = _none("no-subsidiaries", "ownership.subsidiaries", ownership.subsidiaries_nothing)
        yield node, Tie(CUSTOMER, node.key, "", Line.OPEN)


def _none(key: str, section: str, nothing: Nothing) -> Node:
    return Node(key, Shape.NOTHING, str(title_of(section)), str(nothing.words), nothing=nothing)

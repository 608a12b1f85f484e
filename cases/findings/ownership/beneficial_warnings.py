"""Where beneficial owners and shareholders do not fit together."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.same_person import People
from cases.findings.names import names
from cases.findings.ownership.parties import Kind, Party
from cases.findings.ownership.warnings import QUARTER
from cases.findings.vocabulary.caution import Caution, about
from cases.findings.vocabulary.formats import WIDE, percent_words

ROUNDING = Decimal(1)
DIRECT = "DIRECT_OWNERSHIP"


def cautions(parties: Sequence[Party], is_explained: bool) -> Iterator[Caution]:
    """Hold the two lists against each other; `is_explained`: all shares are listed, with their owners' names."""
    beneficials = [party for party in parties if party.is_beneficial and party.is_named]
    holders = [party for party in parties if party.is_shareholder and party.is_named]
    if beneficials:
        yield from _of_holders(holders, _people(beneficials))
    listed = _people(holders) if holders and is_explained else None
    for beneficial in beneficials:
        yield from _of_beneficial(beneficial, listed)


def _people(parties: Iterable[Party]) -> People[Party]:
    return People((party, party.names, party.births) for party in parties)


def _of_holders(holders: Sequence[Party], beneficials: People[Party]) -> Iterator[Caution]:
    for holder in holders:
        if holder.is_beneficial or holder.kind is not Kind.PERSON or not isinstance(holder.share, Decimal):
            continue
        if holder.share >= QUARTER and not _is_among(holder, beneficials):
            text = _("owns %(share)s directly, and is not among the beneficial owners.")
            sentence = about(holder.name, text % {"share": percent_words(holder.share)})
            yield Caution("owner_not_beneficial", sentence, holder.places[0])


def _of_beneficial(owner: Party, holders: People[Party] | None) -> Iterator[Caution]:
    place = owner.controls[0].place
    if owner.kind is Kind.ORGANISATION or (owner.kind is Kind.UNKNOWN and names.has_form(owner.name or "")):
        text = _("A beneficial owner is an organisation: find out who controls it.")
        yield Caution("beneficial_is_organisation", about(owner.name, text), place)
    control, share = owner.control, owner.share
    if not isinstance(control, Decimal) or control <= 0:
        return
    if isinstance(share, Decimal) and WIDE.subtract(share, control) > ROUNDING:
        text = _("The control of a beneficial owner is %(control)s, less than the share of %(share)s.")
        values = {"control": percent_words(control), "share": percent_words(share)}
        yield Caution("control_differs", about(owner.name, text % values), place)
    elif holders and owner.reason and owner.reason.code == DIRECT and not _holds(owner, holders):
        text = _("A beneficial owner is named for direct ownership, and is not among the shareholders.")
        yield Caution("control_differs", about(owner.name, text), place)


def _holds(owner: Party, holders: People[Party]) -> bool:
    return owner.is_shareholder or _is_among(owner, holders)


def _is_among(party: Party, others: People[Party]) -> bool:
    """May somebody be the party, whom nothing shows to be?"""
    return next(others.may_be(party.names, party.births), None) is not None

"""What does not add up in the chapter `ownership`."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.identity.dates_of_birth import full_day
from cases.findings.identity.number_checks import registers_of
from cases.findings.identity.same_party import folded
from cases.findings.names.likeness import nearest
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.holders import Beneficial, Shareholder, Subsidiary
from cases.findings.ownership.parties import WHOLE, Party
from cases.findings.ownership.parties import Kind as Kinds
from cases.findings.vocabulary.caution import LONGEST_NAME, Caution, about
from cases.findings.vocabulary.formats import WIDE, percent_words
from cases.findings.vocabulary.presence import Nothing, did_come
from cases.provider.result.wire import HolderType

NOBODY_FOUND = _(
    "Searched, nothing found: the provider names no beneficial owner. Find out who controls otherwise."
)
NOBODY_READ = _("No beneficial owner that came can be read: who controls is not known.")
NOBODY_NAMED = _("No beneficial owner that came has a name: who controls is not known.")
MOST_OF_A_DAY = 20  # parties born on one day that are compared with each other
NEARLY_THE_SAME = 0.9
QUARTER = Decimal(25)  # per cent: enough for a beneficial owner nobody sees


SHAREHOLDERS = "ownership.shareholders"


class Shares(Protocol):
    """What the shares of a structure come to, in per cent."""

    @property
    def shareholders(self) -> Sequence[Shareholder]: ...
    @property
    def total(self) -> Decimal: ...
    @property
    def nameless_total(self) -> Decimal: ...
    @property
    def unexplained(self) -> Decimal: ...
    @property
    def excess(self) -> Decimal: ...


def of_shares(owners: Sequence[Shareholder]) -> Iterator[Caution]:
    """What is wrong with single shares."""
    silent = sum(not isinstance(owner.share, Decimal) for owner in owners)
    if silent:
        text = ngettext_lazy(
            "The share of %(count)d shareholder is not stated, or not as a number.",
            "The shares of %(count)d shareholders are not stated, or not as numbers.",
            "count",
        )
        yield Caution("share_not_stated", text % {"count": silent}, SHAREHOLDERS)
    for owner in owners:
        yield from _of_share(owner)


def of_sum(shares: Shares) -> Iterator[Caution]:
    """What is wrong with the shares together; that of an owner without a name explains nothing."""
    if not shares.shareholders:
        return
    if shares.unexplained > 0:
        named_total = WIDE.subtract(shares.total, shares.nameless_total)
        values = {"sum": percent_words(named_total), "rest": percent_words(shares.unexplained)}
        below = _("The stated shares add up to %(sum)s; %(rest)s is not explained.")
        if shares.nameless_total:
            below = _("The shares of owners with a name add up to %(sum)s; %(rest)s is not explained.")
        in_short = _("%(rest)s not explained") % values
        code = "unexplained_quarter" if shares.unexplained >= QUARTER else "shares_below_whole"
        yield Caution(code, below % values, SHAREHOLDERS, in_short)
    if shares.excess:
        values = {"sum": percent_words(shares.total), "rest": percent_words(shares.excess)}
        above = _("The stated shares add up to %(sum)s, %(rest)s more than there is.")
        yield Caution("shares_above_whole", above % values, SHAREHOLDERS)


def of_nameless(owners: Sequence[Party], total: Decimal) -> Iterator[Caution]:
    """Owners of which no name is given, or a placeholder for one: it is not known who owns that part."""
    if not owners:
        return
    text = ngettext_lazy(
        "%(count)d owner has no name, or a placeholder for one: it is not known who owns that part.",
        "%(count)d owners have no name, or a placeholder for one: it is not known who owns that part.",
        "count",
    ) % {"count": len(owners)}
    in_short = _("Owners without a name: %(share)s") % {"share": percent_words(total)} if total else ""
    yield Caution("owner_without_name", text, owners[0].places[0], in_short)


def _of_share(owner: Shareholder) -> Iterator[Caution]:
    if owner.is_itself:
        yield Caution("owns_itself", _("The organisation is listed as its own shareholder."), owner.place)
    if not isinstance(owner.share, Decimal):
        return
    text = _("A shareholder’s share is %(share)s.") % {"share": percent_words(owner.share)}
    if owner.share > WHOLE:
        yield Caution("share_above_whole", about(owner.name, text), owner.place)
    elif owner.share < 0:
        yield Caution("share_negative", about(owner.name, text), owner.place)


def of_beneficials(owners: Sequence[Beneficial]) -> Iterator[Caution]:
    """What is wrong with beneficial owners."""
    for owner in owners:
        if owner.is_deceased:
            text = _("A beneficial owner is registered as deceased.")
            yield Caution("beneficial_deceased", about(owner.name, text), owner.place)
        if isinstance(owner.control, Decimal) and not 0 <= owner.control <= WHOLE:
            control = _("A beneficial owner’s control is %(share)s.") % {
                "share": percent_words(owner.control)
            }
            yield Caution("control_out_of_range", about(owner.name, control), owner.place)


def of_lives(parties: Sequence[Party]) -> Iterator[Caution]:
    """Deceased owners, except as beneficial owners, and statements on that which are not understood."""
    for party in parties:
        if party.is_deceased and not any(control.is_deceased for control in party.controls):
            text = _("An owner is registered as deceased.")
            yield Caution("owner_deceased", about(party.name, text), party.places[0])
        if party.life_not_read:
            life = _("Whether an owner is deceased came as “%(said)s”, which is not understood.")
            sentence = life % {"said": party.life_not_read[:LONGEST_NAME]}
            yield Caution("elements_not_read", about(party.name, sentence), party.places[0])


def of_nobody_named(parties: Sequence[Party], nothing: Nothing | None) -> Iterator[Caution]:
    """That the provider answered, and named no beneficial owner."""
    beneficials = [party for party in parties if party.is_beneficial]
    if any(beneficial.is_named for beneficial in beneficials):
        return
    if did_come(nothing):
        text = NOBODY_FOUND if nothing else NOBODY_READ
        if beneficials:
            text = NOBODY_NAMED
        yield Caution("no_beneficial_owner", text, "ownership.beneficials")


def of_countries(parties: Sequence[Party]) -> Iterator[Caution]:
    """Owners whose kind is not told, and owners not said to be persons whose country is not told."""
    for party in parties:
        if party.is_itself or not party.is_owner or party.kind is Kinds.PERSON:
            continue
        yield from _of_kind(party)
        stated = any(control.address and control.address.country for control in party.controls)
        if not stated and not any(map(registers_of, party.numbers)):
            text = _(
                "The country of an owner that is not said to be a person is not told, neither by an address nor by its "
                "number."
            )
            yield Caution("owner_without_country", about(party.name, text), party.places[0])


def _of_kind(party: Party) -> Iterator[Caution]:
    if party.kind is Kinds.UNKNOWN and len(party.kinds) != 1 and party.is_named:
        text = _("Whether an owner is a person or an organisation is not told, or told in two ways.")
        yield Caution("owner_kind_not_told", about(party.name, text), party.places[0])


def of_subsidiaries(owned: Sequence[Subsidiary]) -> Iterator[Caution]:
    """What is wrong with the shares in subsidiaries."""
    silent = sum(not isinstance(subsidiary.share, Decimal) for subsidiary in owned)
    if silent:
        text = ngettext_lazy(
            "The share in %(count)d subsidiary is not stated, or not as a number.",
            "The shares in %(count)d subsidiaries are not stated, or not as numbers.",
            "count",
        )
        yield Caution("owned_share_not_stated", text % {"count": silent}, "ownership.subsidiaries")
    for subsidiary in owned:
        if isinstance(subsidiary.share, Decimal) and not 0 <= subsidiary.share <= WHOLE:
            share = _("The share in a subsidiary is %(share)s.") % {"share": percent_words(subsidiary.share)}
            yield Caution("owned_share_out_of_range", about(subsidiary.name, share), subsidiary.place)


def of_parties(parties: Sequence[Party]) -> Iterator[Caution]:
    """What shows only when entries are gathered into parties: repetitions, mutual ownership and namesakes."""
    for party in parties:
        yield from _of_party(party)
    yield from _of_one_day(parties)
    # Entries that may or may not be the same: one name, and nothing else to tell by.
    called = Counter(folded(name) for party in parties for name in {*party.names} if name)
    untold = [
        party
        for party in parties
        if not party.is_told_apart and not names_nobody(party.name) and called[_folded(party)] > 1
    ]
    if untold:
        text = ngettext_lazy(
            "%(count)d entry has the same name as another, and neither a number nor a whole date of birth: whether "
            "they are the same cannot be told.",
            "%(count)d entries have the same name as another, and neither a number nor a whole date of birth: "
            "whether they are the same cannot be told.",
            "count",
        )
        yield Caution("same_name", text % {"count": len(untold)}, untold[0].places[0])


def _of_one_day(parties: Sequence[Party]) -> Iterator[Caution]:
    """Entries of different names that are near, born on one day: they may be one, spelled in two ways."""
    of_day: defaultdict[datetime.date, list[Party]] = defaultdict(list)
    for party in parties:
        for day in {day for born in party.births if (day := full_day(born))}:
            of_day[day].append(party)
    for born_then in of_day.values():
        for one, other in combinations(born_then[:MOST_OF_A_DAY], 2):
            if nearest(one.names[:1], other.names[:1], HolderType.PERSON) >= NEARLY_THE_SAME:
                text = _(
                    "has the same date of birth as %(other)s, and nearly the same name: they may be one."
                )
                sentence = text % {"other": (other.name or "")[:LONGEST_NAME]}
                yield Caution("same_name", about(one.name, sentence), other.places[0])


def _folded(party: Party) -> str:
    return folded(party.name or "")


def _of_party(party: Party) -> Iterator[Caution]:
    for entries, text in (
        (party.holdings, _("The same shareholder is listed %(n)d times; the shares are shown together.")),
        (party.controls, _("The same beneficial owner is listed %(n)d times.")),
        (party.owned, _("The same subsidiary is listed %(n)d times.")),
    ):
        if len(entries) > 1:
            sentence = about(party.name, text % {"n": len(entries)})
            yield Caution("listed_twice", sentence, entries[1].place)
    if party.is_itself:
        if party.owned:
            text = _("The organisation is listed as its own subsidiary.")
            yield Caution("owns_itself", text, party.owned[0].place)
    elif party.is_owner and party.is_subsidiary:
        text = _("An owner is a subsidiary too: the two own each other.")
        yield Caution("owns_each_other", about(party.name, text), party.owned[0].place)

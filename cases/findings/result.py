"""What a captured result means, chapter by chapter: pure, without database or network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cases.findings import involvement, owner_rows, untold
from cases.findings.authority import roles, signer_warnings, signing_rules
from cases.findings.captures import origin_cautions
from cases.findings.captures.joining import Joined, Origin
from cases.findings.company import company, links
from cases.findings.coverage import contradictions, cut, misshapen, near_names, not_delivered, remainder
from cases.findings.financials import financials
from cases.findings.ownership import ownership
from cases.findings.screening import hit_cautions, screening
from cases.findings.screening.chapter import Disposition
from cases.findings.screening.named_parties import Parties
from cases.findings.unread import unread_names, unread_parts
from cases.findings.vocabulary import address
from cases.findings.vocabulary.caution import Caution, gravest_first, told
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.presence import Kind, Nothing, OrderedParts, Presence
from cases.findings.vocabulary.sections import SCREENING, SECTIONS, part_of, title_of
from cases.findings.vocabulary.wording import Words
from cases.provider.result.coverage import Coverage
from cases.provider.result.wire import Organization


@dataclass(frozen=True, slots=True)
class Result:
    """The chapters of one result; page, report and export all read this."""

    ordered: OrderedParts
    company: company.Company
    address: address.Addresses
    ownership: ownership.Ownership
    roles: roles.Roles
    authorities: signing_rules.Authorities
    screening: screening.Screening
    financials: financials.Financials
    links: links.Links
    remainder: tuple[remainder.Leaf, ...]
    # Every owner once, beneficial owners and the largest first; every subsidiary once, in the order they came.
    owners: tuple[owner_rows.Entry, ...]
    subsidiaries: tuple[owner_rows.Entry, ...]
    # Everything a reader must not overlook, the gravest first.
    warnings: tuple[Caution, ...]
    # Which kind of nothing holds, by section; one with something is not in it.
    nothing: Mapping[str, Nothing] = field(default_factory=dict)
    # Chapters that are not whole, for the result holds more than is taken up, with how many entries or values were
    # left out; EVERYTHING_AFTER if more chapters may be missing.
    cut: Mapping[str, int] = field(default_factory=dict)
    # Places that came more than once where one belongs, each time otherwise.
    contradictions: tuple[str, ...] = ()
    # Places, by chapter, that were not read for their names are none, and may be what a name means.
    not_read: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Places, by chapter, that came in another form than they are read in.
    misshapen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Places, by chapter, of parts that are not read and may say more (unread_parts.py).
    parts_not_read: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Whether a result came that could be read.
    came: bool = False
    # What is from an earlier capture, for the one that is read did not order it: by expand word.
    origins: tuple[tuple[str, Origin], ...] = ()

    @property
    def origin(self) -> dict[str, Origin]:
        """The earlier capture that an element is from, by its expand word; what the newest ordered is not in it."""
        return dict(self.origins)

    @property
    def from_earlier(self) -> list[tuple[Origin, list[Words]]]:
        """Each earlier capture that something is from, and what, as a reader calls it; the newest first."""
        return self.from_earlier_of("")

    def from_earlier_of(self, begins: str) -> list[tuple[Origin, list[Words]]]:
        """Each earlier capture and what is from it, of elements whose expand word begins so; the newest first."""
        found: dict[Origin, list[Words]] = {}
        for word, origin in self.origins:
            if word.startswith(begins):
                found.setdefault(origin, []).append(title_of(word))
        return [*found.items()]

    @property
    def unreliable(self) -> dict[str, tuple[Caution, ...]]:
        """What is said of chapters that contradict themselves or are not whole, by the part where they are read."""
        found = told(self.of_all_chapters())
        parts = dict.fromkeys(part_of(caution.rests_on) for caution in found)
        return {
            part: tuple(caution for caution in found if part_of(caution.rests_on) == part) for part in parts
        }

    def of_all_chapters(self) -> Iterator[Caution]:
        """What any chapter may be warned of: not whole, told twice, not all read."""
        yield from cut.cautions(self.cut)
        yield from contradictions.cautions(self.contradictions)
        yield from near_names.cautions(self.not_read)
        failed = {place for place, reason in self.nothing.items() if reason.kind is Kind.FAILED}
        yield from misshapen.cautions(self.misshapen, failed)
        yield from unread_parts.cautions(self.parts_not_read)

    @property
    def involved(self) -> tuple[involvement.Involved, ...]:
        """The countries of the organisation, its owners' addresses and the listed parties, each once, with why."""
        return involvement.involved(self.company, self.address, self.ownership, self.screening)

    @property
    def countries(self) -> tuple[Word, ...]:
        """The countries that are involved, each once."""
        return tuple(party.country for party in self.involved)


def read(document: dict[str, Any] | None, ordered: OrderedParts) -> Result:
    """Read a result; it never raises, whatever JSON came. `document` is None if none was captured."""
    held = document if isinstance(document, dict) else None
    wire = Organization.read(held or {})
    presence = Presence(ordered, held, wire)
    coverage = Coverage(held or {}, wire)
    contradicted = coverage.contradictions
    who = company.read(wire.key_information, presence)
    where = address.read(wire.address, presence)
    owned = ownership.read(wire.ownership, presence, who.told_number)
    signing = signing_rules.read(wire.authorities, presence)
    holders = roles.read(wire.roles, presence, who, owned, signing)
    figures = financials.read(wire.financials, presence)
    near = near_names.found(held or {}, wire, coverage)
    odd = misshapen.found(coverage)
    parts = unread_parts.found(coverage)
    not_read = (*contradicted, *presence.cut, *unread_names.places(near), *unread_names.places(odd))
    is_all_read = not (unread_names.may_be_among(not_read) or unread_names.may_be_in(parts))
    rest = remainder.read(document, coverage)
    everybody = Parties(who, where, owned, holders, figures, signing, is_all_read, rest)
    screened = screening.read(
        wire.sanction,
        presence,
        ordered,
        everybody,
        contradictions=contradictions.of_screening(contradicted),
        not_read=(*near.get(SCREENING, ()), *odd.get(SCREENING, ())),
    )
    found = Result(
        ordered=ordered,
        company=who,
        address=where,
        ownership=owned,
        roles=holders,
        authorities=signing,
        screening=screened,
        financials=figures,
        links=links.read(wire.links, presence),
        remainder=rest,
        owners=owner_rows.owners(owned, screened.hits),
        subsidiaries=owner_rows.subsidiaries(owned, screened.hits),
        warnings=(),
        contradictions=contradicted,
        not_read=near,
        misshapen=odd,
        parts_not_read=unread_parts.by_chapter(parts, near),
        nothing=_nothing(presence, screened),
        cut=presence.cut,
        came=held is not None,
    )
    return replace(found, warnings=_warnings(found))


def _nothing(presence: Presence, screened: screening.Screening) -> dict[str, Nothing]:
    """Give the kind of nothing that holds, by section; that of the screening is decided by its chapter."""
    found = {section.word: presence.nothing_at(section.place) for section in SECTIONS.values()}
    found[SCREENING] = screened.nothing
    return {word: nothing for word, nothing in found.items() if nothing}


def read_joined(joined: Joined) -> Result:
    """Read the results of several captures as one, and keep which is from where."""
    found = replace(read(joined.document, joined.ordered), origins=joined.origins)
    told_of_origins = tuple(origin_cautions.cautions(joined))
    screening_cautions = (origin for origin in told_of_origins if origin.rests_on == SCREENING)
    screened = replace(
        found.screening,
        not_renewed=SCREENING in dict(joined.not_renewed),
        origin=dict(joined.origins).get(SCREENING),
        cautions=(*screening_cautions, *found.screening.cautions),
    )
    warnings = gravest_first((*found.warnings, *told_of_origins))
    return replace(found, screening=screened, warnings=warnings)


def with_dispositions(result: Result, dispositions: Mapping[str, Disposition]) -> Result:
    """Give the result with what became of its hits, by fingerprint, in place of what it said of them before."""
    screened = replace(result.screening, dispositions=dispositions)
    of_hits = tuple(hit_cautions.cautions(screened))
    others, warnings = (
        [caution for caution in cautions if caution.code not in hit_cautions.CODES]
        for cautions in (screened.cautions, result.warnings)
    )
    screened = replace(screened, cautions=(*of_hits, *others))
    return replace(result, screening=screened, warnings=gravest_first((*warnings, *of_hits)))


def _warnings(found: Result) -> tuple[Caution, ...]:
    all_of_them = told(
        (
            *found.of_all_chapters(),
            *found.company.cautions,
            *found.screening.cautions,
            *(not_delivered.cautions(found.nothing) if found.came else ()),
            *found.ownership.cautions,
            *found.roles.cautions,
            *(found.authorities.cautions if found.came else ()),
            *signer_warnings.cautions(found.authorities, found.roles, found.ownership),
            *(_lacking(found) if found.came else ()),
            *found.financials.cautions,
        )
    )
    return gravest_first(all_of_them)


def _lacking(found: Result) -> Iterator[Caution]:
    yield from untold.of_identity(found.company, found.address)
    yield from untold.of_owners(found.ownership)
    yield from untold.of_authority(found.authorities)
    yield from untold.of_screening(found.screening)

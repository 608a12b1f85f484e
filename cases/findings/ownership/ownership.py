"""Chapter `ownership`: who owns, who controls, what is owned, and what does not add up."""

from dataclasses import dataclass, replace
from decimal import Decimal

from cases.findings.identity.life import signs
from cases.findings.identity.same_party import Identity, by_number, is_same_number
from cases.findings.ownership import beneficial_warnings, counts, shared_numbers, warnings
from cases.findings.ownership.holders import Beneficial, Indicator, Shareholder, Subsidiary
from cases.findings.ownership.parties import WHOLE, Party, parties
from cases.findings.vocabulary.address import address
from cases.findings.vocabulary.caution import Caution, told
from cases.findings.vocabulary.code_words import HOLDER_TYPES, INDICATORS, REASONS, ROLES, named, word, words
from cases.findings.vocabulary.formats import WIDE, added
from cases.findings.vocabulary.presence import Nothing, Presence
from cases.findings.vocabulary.source import NO_SOURCE, Source, source
from cases.provider.result import wire

ROUNDING_OF_A_SHARE = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Ownership:
    """The four parts of the chapter, each with its own kind of nothing."""

    shareholders_nothing: Nothing | None
    beneficials_nothing: Nothing | None
    subsidiaries_nothing: Nothing | None
    indicators_nothing: Nothing | None
    shareholders: tuple[Shareholder, ...] = ()
    beneficials: tuple[Beneficial, ...] = ()
    subsidiaries: tuple[Subsidiary, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    source: Source = NO_SOURCE
    parties: tuple[Party, ...] = ()
    # What does not add up.
    cautions: tuple[Caution, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the stated shares add up to, in per cent."""
        return added(
            shareholder.share for shareholder in self.shareholders if isinstance(shareholder.share, Decimal)
        )

    @property
    def beneficial_owners(self) -> tuple[Party, ...]:
        """The beneficial owners that have a name, each once, however often it is listed."""
        return tuple(party for party in self.parties if party.is_beneficial and party.is_named)

    @property
    def nameless(self) -> tuple[Party, ...]:
        """Owners of which the result gives no name, or a placeholder for one."""
        return tuple(party for party in self.parties if party.is_owner and not party.is_named)

    @property
    def nameless_total(self) -> Decimal:
        """What the shares of owners without a name add up to, in per cent."""
        shares = (share for party in self.nameless for share in party.shares)
        return added(stated for stated in shares if isinstance(stated, Decimal))

    @property
    def unstated(self) -> Decimal:
        """What the stated shares lack to 100 %, negative if there is too much, 0 if rounding explains it."""
        return self._beyond_rounding(WIDE.subtract(WHOLE, self.total))

    @property
    def unexplained(self) -> Decimal:
        """What shares of named owners lack to 100 %, negative if there is too much, 0 if rounding explains it."""
        named_total = WIDE.subtract(self.total, self.nameless_total)
        return self._beyond_rounding(WIDE.subtract(WHOLE, named_total))

    @property
    def excess(self) -> Decimal:
        """By how much the stated shares exceed 100 %, in per cent; 0 if they do not."""
        return max(self.unstated.copy_negate(), Decimal(0))

    def _beyond_rounding(self, missing: Decimal) -> Decimal:
        return missing if missing.copy_abs() > ROUNDING_OF_A_SHARE * len(self.shareholders) else Decimal(0)


def read(read: wire.Ownership | None, presence: Presence, itself: str | None) -> Ownership:
    """Read the chapter `ownership` of the organisation with the number `itself`."""
    nothing = Ownership(
        shareholders_nothing=presence.nothing_at("ownership.shareholders"),
        beneficials_nothing=presence.nothing_at("ownership.beneficials"),
        subsidiaries_nothing=presence.nothing_at("ownership.subsidiaries"),
        indicators_nothing=presence.nothing_at("ownership.indicators"),
    )
    if read is None:
        return nothing
    found = replace(
        nothing,
        shareholders=tuple(
            _shareholder(shareholder, place, by_number(itself))
            for place, shareholder in enumerate(read.shareholders or ())
            if shareholder
        ),
        beneficials=tuple(
            _beneficial(beneficial, place)
            for place, beneficial in enumerate(read.beneficials or ())
            if beneficial
        ),
        subsidiaries=tuple(
            Subsidiary(
                f"ownership.subsidiaries[{place}]",
                subsidiary.name,
                subsidiary.organization_number,
                subsidiary.percentage,
            )
            for place, subsidiary in enumerate(read.subsidiaries or ())
            if subsidiary
        ),
        indicators=tuple(
            Indicator(named(INDICATORS, name), value)
            for name, value in (read.indicators.extras if read.indicators else {}).items()
        ),
        source=source(read.metadata),
    )
    gathered = parties(found.shareholders, found.beneficials, found.subsidiaries, itself)
    return _with_cautions(replace(found, parties=gathered))


def _with_cautions(found: Ownership) -> Ownership:
    cautions = (
        *warnings.of_shares(found.shareholders),
        *warnings.of_sum(found),
        *warnings.of_nameless(found.nameless, found.nameless_total),
        *warnings.of_nobody_named(found.parties, found.beneficials_nothing),
        *warnings.of_beneficials(found.beneficials),
        *warnings.of_lives(found.parties),
        *beneficial_warnings.cautions(found.parties, bool(found.shareholders) and found.unexplained == 0),
        *warnings.of_countries(found.parties),
        *warnings.of_subsidiaries(found.subsidiaries),
        *warnings.of_parties(found.parties),
        *shared_numbers.cautions(found.parties),
        *counts.of_indicators(found),
    )
    return replace(found, cautions=told(cautions))


def _shareholder(read: wire.Shareholder, place: int, itself: Identity | None) -> Shareholder:
    return Shareholder(
        place=f"ownership.shareholders[{place}]",
        name=read.name,
        first_name=read.first_name,
        last_name=read.last_name,
        number=read.organization_number,
        born=read.date_of_birth,
        kind=word(HOLDER_TYPES, read.type),
        share=read.percentage,
        is_itself=is_same_number(itself, by_number(read.organization_number)),
        lives=signs(read),
    )


def _beneficial(read: wire.Beneficial, place: int) -> Beneficial:
    return Beneficial(
        place=f"ownership.beneficials[{place}]",
        name=read.name,
        first_name=read.first_name,
        last_name=read.last_name,
        number=read.organization_number,
        born=read.date_of_birth,
        control=read.percentage_control,
        integrated=read.integrated_ownership,
        reason=word(REASONS, read.reason),
        reason_phrase=read.reason_phrase,
        roles=words(ROLES, read.roles),
        address=address(read.address),
        lives=signs(read),
    )

"""The entry point: from a result to candidates, family questions, and whether nobody is found."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.assessment.owners import family, gaps, positions
from cases.assessment.owners.answers import Known, Position, by_rule_set
from cases.assessment.owners.candidates import Because, Candidate, Reckoning
from cases.assessment.owners.doubts import Doubts, doubts
from cases.assessment.owners.people import Somebody, people
from cases.assessment.owners.rule_sets import RULE_SETS
from cases.assessment.owners.stated import amounts, direct, is_unstated, numbers
from cases.findings.owner_rows import by_size
from cases.findings.ownership.parties import Party
from cases.findings.result import Result
from cases.findings.vocabulary.formats import added

NO_PARTY = Party()


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for all people of a result."""

    doubts: Doubts
    is_foundation: bool
    is_all_known: bool


def reckon(result: Result, today: datetime.date) -> Reckoning:
    """Work out who may be a beneficial owner; it never raises, whatever came."""
    found, doubted = people(result), doubts(result)
    setting = _Setting(doubted, positions.is_foundation(result), gaps.is_all_known(result, doubted))
    questions = family.questions(_members(found, doubted))
    because = {somebody.key: (*_because(somebody, setting),) for somebody in found}
    for key in {key: None for question in questions for key in question.members}:
        because[key] = (*because[key], Because.FAMILY_QUESTION)
    listed = sorted((somebody for somebody in found if because[somebody.key]), key=_order)
    return Reckoning(
        today=today,
        rule_sets=RULE_SETS,
        candidates=tuple(_candidate(somebody, because[somebody.key], setting) for somebody in listed),
        family_questions=questions,
        nobody_found=_is_nobody_found(result, found, because, setting),
        senior_managers=tuple(_senior_managers(found, setting)),
        is_foundation=setting.is_foundation,
        not_known_because=gaps.not_known_because(result),
        incomplete_because=tuple(gaps.incomplete_because(result, doubted, found, setting.is_foundation)),
    )


def _order(somebody: Somebody) -> tuple[object, ...]:
    """Sort named beneficial owners first, then the largest, then what is not stated."""
    return by_size(somebody.party or NO_PARTY)


def _members(found: tuple[Somebody, ...], doubted: Doubts) -> Iterator[family.Member]:
    for somebody in found:
        share = direct(somebody.party, doubted).number if somebody.party else None
        if share is not None:
            yield family.Member(somebody, share)


def _because(somebody: Somebody, setting: _Setting) -> Iterator[Because]:
    """Give the reasons that somebody has alone."""
    if _is_named(somebody):
        yield Because.NAMED_BY_PROVIDER
    if somebody.party and somebody.party.is_shareholder:
        yield from _of_share(somebody.party, setting.doubts)
    if setting.is_foundation and positions.position(somebody.roles):
        yield Because.LEGAL_FORM


def _is_named(somebody: Somebody) -> bool:
    """Does the provider name a beneficial owner here, or state at least something of one?"""
    party = somebody.party
    if party is None or not party.is_beneficial:
        return False
    return party.is_named or bool(somebody.births or somebody.numbers) or party.size is not None


def _of_share(party: Party, doubted: Doubts) -> Iterator[Because]:
    together = added(numbers(party.shares))
    if any(together > rule_set.limit for rule_set in RULE_SETS):
        yield Because.OVER_LIMIT
    elif any(rule_set.is_met(together) for rule_set in RULE_SETS):
        yield Because.AT_LIMIT
    elif direct(party, doubted).number is None and not all(map(is_unstated, party.shares)):
        yield Because.SHARE_UNCLEAR


def _candidate(somebody: Somebody, because: tuple[Because, ...], setting: _Setting) -> Candidate:
    known = Known(
        amounts=amounts(somebody.party, setting.doubts),
        is_owner=bool(somebody.party and somebody.party.is_owner),
        is_named=_is_named(somebody),
        is_all_known=setting.is_all_known,
        position=positions.position(somebody.roles) if setting.is_foundation else Position(),
    )
    return Candidate(
        key=somebody.key,
        names=somebody.names,
        births=somebody.births,
        numbers=somebody.numbers,
        because=because,
        by_rule_set=by_rule_set(known),
        party=somebody.party,
        roles=somebody.roles,
        is_unique=somebody.is_unique,
        places=somebody.places,
    )


def _senior_managers(found: tuple[Somebody, ...], setting: _Setting) -> Iterator[Candidate]:
    for somebody in found:
        held = positions.position(somebody.roles)
        if held.is_board or held.is_chief:
            yield _candidate(somebody, (Because.BOARD_OR_CHIEF,), setting)


def _is_nobody_found(
    result: Result,
    found: tuple[Somebody, ...],
    because: Mapping[str, tuple[Because, ...]],
    setting: _Setting,
) -> bool:
    """Did the search come whole, and lead to nobody? A family question is no finding."""
    if setting.is_foundation or not gaps.came_whole(result, setting.doubts) or gaps.unstated(found):
        return False
    return all(set(reasons) <= {Because.FAMILY_QUESTION} for reasons in because.values())

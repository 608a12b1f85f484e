"""Who was searched elsewhere, party by party: R16 (sanctions lists) and R19 (politically exposed)."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.requirement_terms import Check, RequirementSet
from cases.assessment.requirements import named_people
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.requirements.found import Found, State, first_of, joined, unknowable
from cases.assessment.risk.known import is_sound
from cases.assessment.risk.ownership_factors import BENEFICIALS, ROLES, SHAREHOLDERS
from cases.assessment.searches.coverage import PartyCoverage, RecordedSearch, cover
from cases.assessment.searches.terms import SearchTopic
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.wording import Words

TOPIC_OF: dict[Check, SearchTopic] = {
    Check.PARTIES_SEARCHED: SearchTopic.SANCTIONS,
    Check.EXPOSED: SearchTopic.PEP,
}
NOT_TOLD: dict[Check, Words] = {
    Check.PARTIES_SEARCHED: _(
        "The provider does not say whether owners, officers and former names were searched."
    ),
    Check.EXPOSED: _("The provider does not say whether owners and those who act are politically exposed."),
}


def of_parties_searched(policy: RequirementSet, facts: CaseFacts) -> Found:
    """R16: the provider does not say whether anybody but the organisation was searched; people may."""
    return _of(Check.PARTIES_SEARCHED, policy, facts)


def of_exposed(policy: RequirementSet, facts: CaseFacts) -> Found:
    """R19: the provider does not say whether owners and those who act are politically exposed; people may."""
    return _of(Check.EXPOSED, policy, facts)


def coverage(check: Check, policy: RequirementSet, facts: CaseFacts) -> tuple[PartyCoverage, ...]:
    """How each party stands for the topic of a requirement, for as long as the set lets a search count."""
    return cover(
        TOPIC_OF[check],
        facts.parties,
        facts.searches,
        months=months_of(check, policy),
        today=facts.today,
        capture=facts.capture_key,
    )


def months_of(check: Check, policy: RequirementSet) -> int | None:
    """For how many months the set lets a search of a topic count; None if it does not age, or is not asked for."""
    required = policy.with_check(check)
    return required.fresh_months if required else None


def _of(check: Check, policy: RequirementSet, facts: CaseFacts) -> Found:
    covered = coverage(check, policy, facts)
    searches = {one.search.number: one.search for one in covered if one.search and one.is_searched}
    about = named_people.everybody(facts)
    is_found = any(one.is_found for one in covered)
    if not searches and not is_found:
        return unknowable(NOT_TOLD[check], *about)
    evidence = tuple(ref for _number, search in sorted(searches.items()) for ref in _refs(search))
    if gaps := [*_gaps(facts, covered)]:
        found = unknowable(joined([*gaps, *_found_of(covered)]), *about)
        return replace(found, evidence=evidence, search_found=is_found or None)
    return Found(
        State.MET_BY_PERSON,
        joined([*_found_of(covered), *_sources(searches.values())]),
        evidence,
        by=", ".join(dict.fromkeys(search.by for search in searches.values())),
        stale_on=min((one.stale_on for one in covered if one.stale_on), default=None),
        search_found=is_found,
    )


def _gaps(facts: CaseFacts, covered: Sequence[PartyCoverage]) -> Iterator[Words]:
    """Why it is not known of everybody."""
    left = [str(one.party.name) for one in covered if not one.is_searched]
    if left:
        words = _("%(done)d of %(all)d are known; not %(names)s")
        yield words % {"done": len(covered) - len(left), "all": len(covered), "names": first_of(left)}
    owned = facts.result.ownership
    lists = (owned.shareholders_nothing, owned.beneficials_nothing, facts.result.roles.nothing)
    if not all(map(did_come, lists)) or not is_sound(facts.result, SHAREHOLDERS, BENEFICIALS, ROLES):
        yield _("Owners and roles did not come whole, so there may be others")


def _found_of(covered: Iterable[PartyCoverage]) -> Iterator[Words]:
    """Of whom something was found."""
    if names := [str(one.party.name) for one in covered if one.is_found]:
        yield _("Something was found of %(names)s") % {"names": first_of(names)}


def _sources(searches: Iterable[RecordedSearch]) -> Iterator[Words]:
    """Where it was searched, each place with its newest day, once."""
    days: dict[str, datetime.date] = {}
    for search in searches:
        if search.day:
            place = f"{search.source} ({search.lists})" if search.lists else search.source
            days[place] = max(search.day, days.get(place, search.day))
    for place, day in days.items():
        yield f"{place}, {date_words(day)}"


def _refs(search: RecordedSearch) -> Iterator[EvidenceRef]:
    yield EvidenceRef("search", str(search.number))
    for number, sha256, name in search.files:
        yield EvidenceRef("attachment", str(number), sha256, name)

"""Screening by the provider, and what follows from hits and from searches elsewhere: R15, R17, R18, R20."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.assessment.months import months_from
from cases.assessment.policy.requirement_terms import Check, RequirementSet
from cases.assessment.requirements.case_facts import CaseFacts
from cases.assessment.requirements.found import (
    Found,
    State,
    joined,
    lacking,
    met,
    not_applicable,
)
from cases.assessment.risk.known import is_sound
from cases.assessment.risk.ownership_factors import BENEFICIALS, SHAREHOLDERS
from cases.findings.owner_rows import Entry
from cases.findings.screening.hit import Hit
from cases.findings.screening.hit_cautions import CODES as OF_HITS
from cases.findings.vocabulary.code_words import OFAC, SOURCES
from cases.findings.vocabulary.formats import added, date_words, percent_words
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words

HALF = Decimal(50)  # per cent
NOT_SCREENED = _("It is not known what came of a search in any list.")
# What is said of the screening, and bears on another requirement or is said by the lists themselves.
OF_OTHERS = frozenset(
    {
        *OF_HITS,
        *("hit_not_read", "searched_parties_not_told", "screening_before_parties"),
        *("ofac_not_searched", "ofac_not_stated", "lists_not_named"),
    }
)


def of_lists(policy: RequirementSet, facts: CaseFacts) -> Found:
    """R15: was the customer searched, not long ago, in every list of the policy?"""
    screening = facts.result.screening
    gaps = [*_gaps(policy, facts)]
    if facts.screened_on is None or facts.screening is None:
        return lacking(joined(gaps or [NOT_SCREENED]))
    required = policy.with_check(Check.LISTS)
    months = required.fresh_months if required else None
    stale_on = months_from(facts.screened_on, months) if months else None
    day = date_words(facts.screened_on)
    if stale_on is not None and facts.today >= stale_on:
        gaps.append(_("Searched on %(day)s: that is too long ago") % {"day": day})
    if gaps:
        return lacking(joined(gaps), *map(str, gaps), evidence=(facts.screening,))
    lists = ", ".join(str(name.text) for name in screening.lists)
    words = _("Searched on %(day)s: %(lists)s.") % {"day": day, "lists": lists}
    return met(words, (facts.screening,), stale_on)


def _gaps(policy: RequirementSet, facts: CaseFacts) -> Iterator[Words]:
    screening = facts.result.screening
    if not screening.is_told:
        yield NOT_SCREENED
    named = {name.code for name in screening.lists}
    for code in policy.lists:
        is_searched = screening.ofac_searched if code == OFAC else code in named
        if not is_searched:
            words = _("%(list)s: not searched, or not told")
            if code == OFAC and screening.ofac_searched is False:
                words = _("%(list)s: not searched")
            yield words % {"list": SOURCES.get(code, code)}
    for caution in facts.cautions:
        if caution.topic is Topic.SANCTIONS and caution.code not in OF_OTHERS:
            yield caution.words


def of_hits(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R17: is every hit judged, and confirmed where a second person must?"""
    if not facts.result.screening.is_told or facts.assessment is None:
        return lacking(_("It is not known which hits there are."))
    if not facts.result.screening.is_whole:
        return lacking(_("The screening was not all read, or contradicts itself: there may be other hits."))
    if count := facts.assessment.open_hits:
        return lacking(ngettext_lazy("%(n)d hit is open.", "%(n)d hits are open.", "n") % {"n": count})
    if facts.judged:
        people = ", ".join(dict.fromkeys(judged.by for judged in facts.judged))
        words = _("%(n)d judged.") % {"n": len(facts.judged)}
        evidence = tuple(judged.ref for judged in facts.judged)
        return Found(State.MET_BY_PERSON, words, evidence, by=people)
    if not facts.result.screening.is_clear:
        return lacking(_("No hit is listed, but what the provider says of that cannot be relied upon."))
    return met(_("The provider says that there is no hit."), (facts.screening,) if facts.screening else ())


def of_listed_holders(policy: RequirementSet, facts: CaseFacts, found_elsewhere: bool | None) -> Found:
    """R18: what listed parties hold together, by confirmed hits of sanctions lists, and by a search elsewhere.

    `found_elsewhere`: what the search of R16 found, None while nobody's word on it counts.
    """
    hits = of_hits(policy, facts)
    if hits.state.is_open:
        words = _("Follows from the hits: %(hits)s")
        return lacking(words % {"hits": hits.words}, str(hits.words))
    if why := _why_not_told(facts, found_elsewhere):
        return lacking(why, str(why))
    listed = [*_listed_holders(facts)]
    others = [str(hit.name) for hit in _confirmed(facts) if not any(hit in entry.hits for entry in listed)]
    if others:
        words = _("Confirmed hits, and it is not known whether they hold anything: %(names)s.")
        return lacking(words % {"names": ", ".join(others)}, *others)
    if not listed:
        return Found(hits.state, _("No hit on a holder is confirmed."), hits.evidence, by=hits.by)
    return _held_by_listed(listed)


def _why_not_told(facts: CaseFacts, found_elsewhere: bool | None) -> Words:
    """Why it cannot be told what listed parties hold; '' if it can."""
    owned = facts.result.ownership
    came = did_come(owned.shareholders_nothing) and did_come(owned.beneficials_nothing)
    if not (came and is_sound(facts.result, SHAREHOLDERS, BENEFICIALS)):
        return _("It is not known who holds it: the owners did not come whole.")
    if found_elsewhere is None:
        return _("It is not known yet whether holders were searched.")
    return _("A search elsewhere found something.") if found_elsewhere else ""


def _held_by_listed(listed: list[Entry]) -> Found:
    sizes = [entry.party.size for entry in listed]
    held = added(size for size in sizes if size is not None)
    names = ", ".join(entry.party.name or "?" for entry in listed)
    words = _("Confirmed hits on holders: %(names)s, together %(share)s.")
    if held > HALF:
        words = _("Confirmed hits on holders: %(names)s, together %(share)s: more than half.")
    elif None in sizes:
        words = _("Confirmed hits on holders: %(names)s. A share is not stated; the others are %(share)s.")
    return lacking(words % {"names": names, "share": percent_words(held)}, names, percent_words(held))


def _confirmed(facts: CaseFacts) -> list[Hit]:
    return [hit for hit in facts.result.screening.confirmed if not hit.is_of_pep_list]


def _listed_holders(facts: CaseFacts) -> Iterator[Entry]:
    confirmed = {hit.fingerprint for hit in _confirmed(facts)}
    for entry in facts.result.owners:
        if any(hit.fingerprint in confirmed for hit in entry.hits):
            yield entry


def of_exposed_measures(facts: CaseFacts, is_found: bool | None) -> Found:
    """R20: measures where somebody is exposed. `is_found`: what the search of R19 found, None if it is open."""
    judgements = facts.result.screening.confirmed
    if any(hit.is_of_pep_list for hit in judgements):
        names = [str(hit.name) for hit in judgements if hit.is_of_pep_list]
        return lacking(_("Confirmed: %(names)s.") % {"names": ", ".join(names)}, *names)
    if is_found:
        words = _("Somebody is politically exposed, as was found.")
        return lacking(words, str(words))
    if is_found is None:
        return lacking(_("It is not known yet whether anybody is politically exposed."))
    if any(hit.is_of_pep_list for hit in facts.result.screening.open_hits):
        return lacking(_("A hit on a list of politically exposed persons is open."))
    return not_applicable(_("Nobody was found to be politically exposed."))

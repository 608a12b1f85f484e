"""Owners and control: R06 to R13."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.concluded import OwnersConcluded
from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.policy.risk_gates import COMPLEX, LISTED
from cases.assessment.requirements import named_people
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.requirements.found import (
    NO_RESULT,
    Found,
    State,
    first_of,
    joined,
    lacking,
    met,
    not_applicable,
)
from cases.assessment.risk.forced import LEVELS_OF_A_COMPLEX_STRUCTURE, NO, YES
from cases.assessment.risk.known import form_of, is_sound
from cases.assessment.risk.ownership_factors import BENEFICIALS, INDICATORS, LEVELS, SHAREHOLDERS, indicator
from cases.findings.ownership.parties import Kind, Party
from cases.findings.vocabulary.countries import alpha_2
from cases.findings.vocabulary.formats import exact_words, percent_words
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words

FOUNDATION = "FOUNDATION"
OWNERS_NOT_KNOWN = _("It is not known whom the provider names: the beneficial owners did not come whole.")
EEA = "EEA"


def of_structure(policy: RequirementSet, facts: CaseFacts) -> Found:
    """R06: is it plain who owns? All shares explained, fewer than three levels, nothing that contradicts itself."""
    if facts.capture is None:
        return lacking(NO_RESULT)
    not_plain = [*_not_plain(policy, facts)]
    if not_plain:
        return lacking(joined(not_plain), *map(str, not_plain))
    words = _("The shares are explained, and nothing contradicts them.")
    return met(words, facts.capture_of(SHAREHOLDERS, INDICATORS))


def _not_plain(policy: RequirementSet, facts: CaseFacts) -> Iterator[Words]:
    result, owned = facts.result, facts.result.ownership
    if not did_come(owned.shareholders_nothing):
        yield _("Shareholders did not come")
    elif not owned.shareholders:
        yield _("No shareholder is listed")
    elif owned.unexplained.copy_abs() > policy.unexplained_at_most:
        words = _("%(share)s of the shares is not explained")
        if owned.unexplained < 0:
            words = _("The shares of named owners are %(share)s more than there is")
        yield words % {"share": percent_words(owned.unexplained.copy_abs())}
    if not is_sound(result, SHAREHOLDERS):
        yield _("What came of shareholders is not whole, or contradicts itself")
    levels = indicator(result, LEVELS)
    if levels is None:
        yield _("How many levels of owners there are is not told")
    elif levels >= LEVELS_OF_A_COMPLEX_STRUCTURE:
        yield _("%(n)s levels of owners") % {"n": exact_words(levels)}
    for party in owned.parties:
        if party.is_shareholder and party.kind is not Kind.PERSON and not party.is_itself:
            yield _("%(name)s: who owns it is not in the result") % {"name": party.name or "?"}
    shares = {"shares_below_whole", "unexplained_quarter"}  # judged above, by the limit of the policy
    yield from (
        caution.words
        for caution in facts.cautions
        if caution.topic is Topic.OWNERS and caution.code not in shares
    )


def of_complex(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R07: does a person say whether the structure is complex, where something makes it look so?"""
    signs = [*_signs_of_complexity(facts)]
    if facts.capture is not None and facts.answers.get(COMPLEX) in {YES, NO}:
        words = _("Complex: %(answer)s. %(signs)s")
        return Found(
            State.MET_BY_PERSON,
            words % {"answer": facts.answers[COMPLEX], "signs": joined(signs) if signs else ""},
            (EvidenceRef("answers", COMPLEX),),
            by=facts.answered_by,
        )
    if not signs:
        return not_applicable(_("Fewer than three levels, no foundation, every owner’s country in the EEA."))
    return lacking(joined(signs), *map(str, signs))


def _signs_of_complexity(facts: CaseFacts) -> Iterator[Words]:
    result, levels = facts.result, indicator(facts.result, LEVELS)
    if levels is None:
        yield _("How many levels of owners there are is not told")
    elif levels >= LEVELS_OF_A_COMPLEX_STRUCTURE:
        yield _("%(n)s levels of owners") % {"n": exact_words(levels)}
    form = form_of(result)
    if form is None:
        yield _("The legal form is not known")
    elif form == FOUNDATION:
        yield _("A foundation")
    owned = result.ownership
    if not (did_come(owned.shareholders_nothing) and did_come(owned.beneficials_nothing)):
        yield _("The owners did not all come")
    elif not is_sound(result, SHAREHOLDERS, BENEFICIALS):
        yield _("What came of owners is not whole, or contradicts itself")
    elif not any(party.is_owner and not party.is_itself for party in owned.parties):
        yield _("No owner is listed")
    eea = facts.country_lists[EEA].countries if EEA in facts.country_lists else ()
    if not eea:
        yield _("No list of the countries of the EEA is in the risk model")
    for party in result.ownership.parties if eea else ():
        if party.is_owner and not party.is_itself:
            yield from _outside(party, eea)


def _outside(party: Party, eea: tuple[str, ...] | frozenset[str]) -> Iterator[Words]:
    found = {
        alpha_2(owner.address.country.raw)
        for owner in party.controls
        if owner.address and owner.address.country
    }
    if not found - {None}:
        yield _("%(name)s: country not told") % {"name": party.name or "?"}
    elif any(country not in eea for country in found if country):
        yield _("%(name)s: outside the EEA") % {"name": party.name or "?"}


def _known_owners(facts: CaseFacts) -> OwnersConcluded | None:
    """How far owners are concluded on; None where it is not known whom the provider names."""
    came = facts.capture is not None and did_come(facts.result.ownership.beneficials_nothing)
    return facts.owners if came and is_sound(facts.result, BENEFICIALS) else None


def of_owners(facts: CaseFacts, *, is_exempt: bool) -> Found:
    """R08: did people conclude on every candidate, and on somebody to be an owner, or a senior manager instead?"""
    if is_exempt:
        return not_applicable(_("The customer is exempt."))
    owners = _known_owners(facts)
    if owners is None:
        return lacking(OWNERS_NOT_KNOWN)
    total = len(owners.reckoning.candidates)
    if owners.open_names:
        words = _("%(n)d of %(total)d candidates are not concluded on: %(names)s.")
        names = first_of(owners.open_names)
        return lacking(words % {"n": len(owners.open_names), "total": total, "names": names})
    if not (owners.owners or owners.managers):
        return lacking(_("Nobody is concluded to be a beneficial owner, or a senior manager in their place."))
    parts = [
        *([_("Beneficial owners: %(names)s") % {"names": first_of(owners.owners)}] if owners.owners else []),
        *(
            [_("Senior managers: %(names)s") % {"names": first_of(owners.managers)}]
            if owners.managers
            else []
        ),
    ]
    evidence = tuple(EvidenceRef("conclusion", str(number)) for number in owners.refs)
    concluded = joined((*parts, *owners.reckoning.incomplete_because))
    return Found(State.MET_BY_PERSON, concluded, evidence, by=", ".join(owners.by))


def of_owners_data(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R09: name, birth and address of every beneficial owner; nationality and place of birth never are in a result."""
    owned = facts.result.ownership
    if _known_owners(facts) is None:
        return lacking(OWNERS_NOT_KNOWN)
    if not owned.beneficial_owners:
        return not_applicable(_("The provider names no beneficial owner: see who was looked for."))
    gaps = [gap for party in owned.beneficial_owners for gap in _gaps_of(party)]
    people = [str(party.name) for party in owned.beneficial_owners]
    rest: Words = _("Nationality and place of birth are not in the result.")
    if gaps:
        return lacking(f"{joined(gaps)} {rest}", *people, *map(str, gaps))
    return Found(State.CANNOT_BE_KNOWN, rest, about=tuple(sorted(people)), arises=False)


def _gaps_of(party: Party) -> Iterator[Words]:
    if not party.is_told_apart:
        yield _("%(name)s: no whole date of birth or number") % {"name": party.name}
    if not any(owner.address and owner.address.is_known for owner in party.controls):
        yield _("%(name)s: no address") % {"name": party.name}


def of_owners_source(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R10: where what is said of owners comes from; a person looks them up in the register."""
    owned = facts.result.ownership
    if facts.capture is None or not did_come(owned.beneficials_nothing):
        return lacking(_("It is not known whom the provider names as beneficial owners."))
    sources = ", ".join(str(name.text) for name in owned.source.names)
    words: Words = _("The source is not told; nobody looked them up in the register.")
    if sources:
        words = _("Source: %(sources)s. Nobody looked them up in the register.") % {"sources": sources}
    return lacking(words, sources, *named_people.of_owners(facts), arises=_is_doubted(facts))


def of_owners_register(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R11: does the register of beneficial owners say the same? A person compares it."""
    words = _("Nobody compared it with the register of beneficial owners.")
    return lacking(words, *named_people.of_owners(facts), arises=_is_doubted(facts))


def _is_doubted(facts: CaseFacts) -> bool:
    """Is there a point to check about the owners, or nothing known of them?"""
    if not did_come(facts.result.ownership.beneficials_nothing):
        return True
    return any(caution.topic is Topic.OWNERS for caution in facts.cautions)


def of_nobody_found(facts: CaseFacts, *, is_exempt: bool) -> Found:
    """R12: where nobody is found to be a beneficial owner, a person describes the search."""
    if is_exempt:
        return not_applicable(_("The customer is exempt."))
    owners = _known_owners(facts)
    if owners is None:
        return lacking(OWNERS_NOT_KNOWN)
    if owners.owners:
        words = _("Concluded to be beneficial owners: %(names)s.")
        return not_applicable(words % {"names": first_of(owners.owners)})
    named = tuple(str(party.name) for party in facts.result.ownership.beneficial_owners)
    if owners.open_names and named:
        words = _("The provider names %(names)s, and not everybody is concluded on yet.")
        return not_applicable(words % {"names": first_of(named)})
    people = named_people.everybody(facts)
    if owners.open_names:
        words = _("The provider names no beneficial owner. Not concluded on: %(names)s.")
        return lacking(words % {"names": first_of(owners.open_names)}, *people)
    return lacking(
        _("Nobody is found to be a beneficial owner."), *people, evidence=facts.capture_of(BENEFICIALS)
    )


def of_exemption(policy: RequirementSet, facts: CaseFacts) -> Found:
    """R13: where the form is exempt, or the customer is listed, a person shows it."""
    form, listed = form_of(facts.result), facts.answers.get(LISTED)
    if form in policy.exempt_forms:
        assert facts.result.company.form is not None  # noqa: S101 - its code is known
        return lacking(_("Form: %(form)s.") % {"form": facts.result.company.form.text}, str(form))
    if listed and listed != NO:
        return lacking(_("Listed: %(answer)s.") % {"answer": listed}, listed)
    return not_applicable(_("No exemption is used."))

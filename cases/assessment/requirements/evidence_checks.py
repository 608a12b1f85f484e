"""Identity and evidence: R01 to R04, and R25."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.owners import positions
from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.requirements.case_facts import CaseFacts
from cases.assessment.requirements.found import NO_RESULT, Found, joined, lacking, met
from cases.assessment.risk.known import is_sound
from cases.findings.captures.documents import (
    MONTHS_OF_A_CERTIFICATE,
    Document,
    DocumentKind,
    Signed,
    certificate_day,
)
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words

GAPS = frozenset(
    {
        *("name_not_stated", "number_not_stated", "form_not_stated", "unknown_form"),
        *("country_not_stated", "address_not_stated", "number_check"),
        *("role_without_name", "role_not_stated", "role_holder_deceased"),
    }
)
COMPANY, ADDRESS, ROLES = "keyInformation", "address", "roles"
STATUS = "keyInformation.statusCodes"
# Who manages an organisation, or stands in for those who do, by form.
WHO_MANAGES = positions.BOARD | positions.CHIEF | {"PROPRIETOR", "TRUSTEE", "CONTACTPERSON", "CONTACT_PERSON"}
MANAGING = frozenset({"CEO", "CHAIRMAN", "BOARDMEMBERS", "PROPRIETOR"})  # elements of `roles` (contract §7)
NOT_ACTING = frozenset(
    {
        *("bankrupt", "bankrupt_estate", "liquidation", "deleted"),
        *("status_not_stated", "unknown_status", "signs_of_distress", "estate"),
    }
)
NOT_COUNTED = frozenset({"certificate_old"})  # how old the certificate is, R03 says


def of_subject(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R01: is the result about the organisation that was ordered?"""
    if facts.evidence.is_about_another and facts.evidence.earlier:
        words = _("The result was ordered for an earlier number, %(number)s.")
        return lacking(words % {"number": facts.evidence.earlier})
    if facts.evidence.is_about_another:
        return lacking(_("The result is about another organisation than the one ordered."))
    if facts.capture is None:
        return lacking(NO_RESULT)
    if not facts.evidence.about_us:
        return lacking(_("The result does not say which organisation it is about."))
    return met(_("Number as ordered."), facts.of_capture)


def of_identity(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R02: name, form, number, address, and who manages it."""
    if facts.capture is None:
        return lacking(NO_RESULT)
    gaps = [*_gaps(facts)]
    if gaps:
        return lacking(joined(gaps), *map(str, gaps))
    words = _("Name, form, number, address and %(n)d holders of roles.")
    evidence = facts.capture_of(COMPANY, ADDRESS, ROLES)
    return met(words % {"n": len(facts.result.roles.holders)}, evidence)


def _gaps(facts: CaseFacts) -> Iterator[Words]:
    result = facts.result
    for words, nothing in (
        (_("Company facts did not come"), result.company.nothing),
        (_("Addresses did not come"), result.address.nothing),
        (_("Roles did not come"), result.roles.nothing),
    ):
        if not did_come(nothing):
            yield words
    if not is_sound(result, COMPANY, ADDRESS, ROLES):
        yield _("What came of company, addresses or roles is not whole, or contradicts itself")
    yield from (caution.words for caution in facts.cautions if caution.code in GAPS)
    held = {role.code for holder in result.roles.holders for role in holder.roles if holder.is_named}
    if did_come(result.roles.nothing) and not held & WHO_MANAGES:
        yield _("Nobody is named who manages it")
    for role in (vacant for vacant in result.roles.vacant if vacant.code in MANAGING):
        yield _("%(role)s: nobody is named") % {"role": role.text}


def of_register_evidence(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R03: a certificate of registration of the last three months whose signature is verified."""
    documents = facts.evidence.documents or ()
    of_register = [one for one in documents if one.kind is DocumentKind.CERTIFICATE and one.is_captured]
    captured_on = certificate_day(of_register)
    if captured_on is None:
        if DocumentKind.CERTIFICATE in facts.files:
            return lacking(_("The newest order brought no certificate of registration."))
        return lacking(_("No certificate of registration was captured."))
    day = date_words(captured_on)
    stale_on = months_from(captured_on, MONTHS_OF_A_CERTIFICATE)
    if facts.today >= stale_on:
        words = _("The certificate of registration was captured on %(day)s: it is three months old.")
        return lacking(words % {"day": day}, str(words % {"day": day}))
    against = [why for one in of_register if (why := _against(one))]
    if against:
        return lacking(against[0] % {"day": day}, str(against[0] % {"day": day}))
    file = facts.files.get(DocumentKind.CERTIFICATE)
    words = _("Certificate of registration, captured on %(day)s, signature verified.")
    return met(words % {"day": day}, (file,) if file else (), stale_on)


def _against(certificate: Document) -> Words | None:
    """Why the certificate of a day shows nothing, with a place for the day; None if it does."""
    if certificate.came_with_another or certificate.about_us is False:
        return _("The certificate of registration of %(day)s may be about another organisation.")
    if certificate.signed is not Signed.VERIFIED:
        return _("The signature of the certificate of registration of %(day)s is not verified.")
    if certificate.about_us is None:
        return _("Whom the certificate of registration of %(day)s is about, its text does not show.")
    return None


def of_status(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R04: does the register say that the firm is there, and nothing that it is not?"""
    if facts.capture is None or not did_come(facts.result.company.nothing):
        return lacking(_("The status of the organisation did not come."))
    against = [caution.words for caution in facts.cautions if caution.code in NOT_ACTING]
    if not is_sound(facts.result, STATUS):
        against.append(_("What came of the status is not whole, or contradicts itself"))
    statuses = ", ".join(str(status.text) for status in facts.result.company.statuses)
    if against or not statuses:
        found = against or [_("The status is not stated")]
        return lacking(joined(found), *map(str, found))
    return met(_("Status: %(statuses)s.") % {"statuses": statuses}, facts.capture_of(COMPANY))


def of_evidence(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R25: did everything come that was ordered, is it intact, are its signatures verified?"""
    documents = facts.evidence.documents
    if not documents or not facts.files:
        return lacking(_("Nothing was captured."))
    gaps = [
        caution.words
        for caution in facts.cautions
        if caution.topic is Topic.DOCUMENTS and caution.code not in NOT_COUNTED
    ]
    gaps += [
        _("%(document)s: not captured") % {"document": one.name} for one in documents if not one.is_captured
    ]
    if not any(one.is_pdf for one in documents):
        gaps.append(_("No signed document was ordered"))
    if facts.evidence.spoiled:
        gaps.append(facts.evidence.spoiled)
    if gaps:
        once = dict.fromkeys(map(str, gaps))
        return lacking(joined(once), *once, evidence=facts.files.values())
    words = _("%(n)d of %(n)d captured, intact; every signature verified.")
    return met(words % {"n": len(documents)}, facts.files.values())

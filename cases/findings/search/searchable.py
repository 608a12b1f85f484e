"""Everybody and every number that a result names, with what each is in it: what a search finds a case by, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.same_party import full_name, names_apart
from cases.findings.result import Result
from cases.findings.vocabulary.code_words import ROLES, named
from cases.findings.vocabulary.wording import Wording, Words

REFERENCE, CUSTOMER_REFERENCE, NUMBER = "reference", "customer_reference", "number"
FORMER_NAME, FORMER_NUMBER = "former_name", "former_number"
NAME, DUNS, LEI = "name", "duns", "lei"
BENEFICIAL, SHAREHOLDER, SUBSIDIARY = "beneficial_owner", "shareholder", "subsidiary"
SIGNATORY, AUDITOR, ACCOUNTANT, HIT = "signatory", "auditor", "accountant", "hit"
ROLE_HOLDER = "role_holder"  # of a role without a name
ELSEWHERE = "elsewhere"
ROLE = "role:"  # and the role's word as it came

WHAT: dict[str, Words] = {
    REFERENCE: _("reference"),
    CUSTOMER_REFERENCE: _("customer reference"),
    NUMBER: _("organisation number"),
    DUNS: _("DUNS number"),
    LEI: _("LEI"),
    NAME: _("name of the organisation"),
    FORMER_NAME: _("name in an earlier capture"),
    FORMER_NUMBER: _("number in an earlier capture"),
    BENEFICIAL: _("beneficial owner"),
    SHAREHOLDER: _("shareholder"),
    SUBSIDIARY: _("subsidiary"),
    ROLE_HOLDER: _("role holder"),
    SIGNATORY: _("signatory"),
    AUDITOR: _("auditor"),
    ACCOUNTANT: _("accountant"),
    HIT: _("hit on a sanctions list"),
    ELSEWHERE: _("elsewhere in the result"),
}

# A text and what it is, the gravest first.
Entry = tuple[str, list[str]]


def entries(result: Result, all_texts: Iterable[str] = ()) -> list[Entry]:
    """Give each name and number once; of `all_texts` what no chapter of the findings tells comes last."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for what, text in _told(result):
        if text and (shown := " ".join(text.split())):
            found[shown][what] = None
    for text in all_texts:
        if shown := " ".join(text.split()):
            found[shown] = found[shown] or {ELSEWHERE: None}
    return [(text, list(what)) for text, what in found.items()]


def what_words(what: str) -> Words:
    """Say in words what an entry is."""
    if what.startswith(ROLE):
        raw = what.removeprefix(ROLE)
        return named(ROLES, raw).text
    return Wording(WHAT).of(what)


def _told(result: Result) -> Iterator[tuple[str, str | None]]:
    company, ownership = result.company, result.ownership
    yield from (
        (NAME, company.name),
        (NUMBER, company.number),
        (DUNS, company.duns),
        (LEI, company.lei),
    )
    for owner in ownership.beneficials:
        name = full_name(owner.name, owner.first_name, owner.last_name)
        yield from _of(BENEFICIAL, name, " ".join(owner.names_apart) if owner.name else None, owner.number)
    for holder in ownership.shareholders:
        name = full_name(holder.name, holder.first_name, holder.last_name)
        yield from _of(
            SHAREHOLDER, name, " ".join(holder.names_apart) if holder.name else None, holder.number
        )
    for held in result.roles.holders:
        called = (held.name, *held.other_names)
        apart = [" ".join(names_apart(called, parts)) for parts in held.names_in_parts]
        for what in [ROLE + role.raw for role in held.roles] or [ROLE_HOLDER]:
            yield from _of(what, held.name, *apart, *held.other_names, *held.numbers)
    for rule in (result.authorities.signature, result.authorities.procuration):
        for option in (rule.options or ()) if rule else ():
            yield from ((SIGNATORY, signer.name) for signer in option)
    for owned in ownership.subsidiaries:
        yield from _of(SUBSIDIARY, owned.name, owned.number)
    for what, firm in ((AUDITOR, result.financials.auditor), (ACCOUNTANT, result.financials.accountant)):
        yield from _of(what, firm.name, firm.number)
    for hit in result.screening.hits:
        yield from _of(HIT, hit.name, *hit.aliases)


def _of(what: str, *texts: str | None) -> Iterator[tuple[str, str | None]]:
    return ((what, text) for text in texts)

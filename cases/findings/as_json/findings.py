"""Findings as plain values for JSON, documented in docs/findings.md key by key.

Words of the wire stay as they came; beside them stands what people say. Numbers stay numbers (Decimal), dates are
`YYYY-MM-DD` or, if they are none, as they came. Every key is always there; None is 'not stated'.
"""

from collections.abc import Iterable
from decimal import Decimal

from cases.findings.as_json import plain_figures
from cases.findings.as_json import plain_values as values
from cases.findings.as_json.plain_values import Plain
from cases.findings.authority.roles import RoleHolder
from cases.findings.authority.signing_rules import Rule
from cases.findings.captures.evidence import Evidence
from cases.findings.company.company import Company
from cases.findings.identity.verdict import Verdict
from cases.findings.ownership.parties import Party
from cases.findings.result import Result
from cases.findings.screening.chapter import Screening
from cases.findings.screening.comparison import LABELS, Comparison
from cases.findings.screening.hit import Hit
from cases.findings.verdicts.summary import Summary, summary
from cases.findings.vocabulary.code_words import once
from cases.findings.vocabulary.source import Source


def plain(result: Result, found: Summary | None = None) -> Plain:
    """Give all findings of a result. Without `found`, its summary with the documents, the JSON alone is judged."""
    if found is None:
        found = summary(result, Evidence())
    financials = result.financials
    return {
        "verdicts": {
            str(verdict.topic): {
                "state": str(verdict.state),
                "words": str(verdict.words),
                "because": [str(words) for words in verdict.because],
            }
            for verdict in found.verdicts
        },
        "company": _company(result),
        "owners": [_owner(party) for party in result.ownership.parties if party.is_owner],
        "shares": _shares(result),
        "subsidiaries": [
            {"name": subsidiary.name, "number": subsidiary.number, "share": subsidiary.share}
            for subsidiary in result.ownership.subsidiaries
        ],
        "indicators": [
            {"name": indicator.name.raw, "value": indicator.value}
            for indicator in result.ownership.indicators
        ],
        "roles": [_role(holder) for holder in result.roles.holders],
        "vacant_roles": values.raw(result.roles.vacant),
        "authority": {
            "signature": _rule(result.authorities.signature),
            "procuration": _rule(result.authorities.procuration),
        },
        "screening": _screening(result.screening),
        "hits": [_hit(hit) for hit in result.screening.hits],
        "figures": plain_figures.figures(financials.accounting),
        "key_figures": plain_figures.key_figures(financials.key_figures),
        "auditor": plain_figures.firm(financials.auditor),
        "accountant": plain_figures.firm(financials.accountant),
        "links": [
            {
                "relation": values.code(report.relation),
                "type": report.content_type,
                "address": values.link(report.target),
            }
            for report in (*result.links.reports, *result.links.external)
        ],
        "countries": [
            {
                "country": involved.country.raw,
                "name": values.text(involved.country),
                "because": list(involved.codes),
            }
            for involved in result.involved
        ],
        "sources": {place: values.source(involved) for place, involved in _sources(result)},
        "nothing": {place: str(nothing.kind) for place, nothing in result.nothing.items()},
        "warnings": [
            {
                "code": caution.code,
                "text": str(caution.text),
                "level": str(caution.level),
                "rests_on": caution.rests_on,
            }
            for caution in found.cautions
        ],
        "as_it_came": [{"path": leaf.path, "value": leaf.text} for leaf in result.remainder],
    }


def _company(result: Result) -> Plain:
    company: Company = result.company
    employees = company.employees
    return {
        "name": company.name,
        "number": company.number,
        "country": values.code(company.country),
        "country_name": values.text(company.country),
        "type": values.code(company.form),
        "type_name": values.text(company.form),
        "status": values.raw(company.statuses),
        "status_names": [str(status.text) for status in company.statuses],
        "duns": company.duns,
        "lei": company.lei,
        "checks": {
            "number": values.check(company.number_check),
            "duns": values.check(company.duns_check),
            "lei": values.check(company.lei_verdict),
        },
        "registered": values.day(company.registered),
        "established": values.day(company.established),
        "phone": company.phone,
        "webpage": values.link(company.webpage),
        "purpose": company.purpose,
        "employees": {"from": employees.least, "to": employees.most} if employees else None,
        "registries": values.raw(company.registries),
        "institutional_sector": values.sector(company.institutional_sector),
        "industry_sector": values.sector(company.industry_sector),
        "visiting_address": values.address(result.address.visiting),
        "postal_address": values.address(result.address.postal),
    }


def _owner(owner: Party) -> Plain:
    control = owner.controls[0] if owner.controls else None
    return {
        "name": owner.name or " ".join(owner.names_apart) or None,
        "other_names": [*owner.names[1:], *(owner.names_apart if owner.name else ())],
        "kind": values.code(next(iter(owner.kind_words), None)),
        "number": owner.number,
        "date_of_birth": values.day(owner.born),
        "share": owner.share,
        "beneficial": control is not None,
        "reason": values.code(control.reason) if control else None,
        "reason_phrase": control.reason_phrase if control else None,
        "control": control.control if control else None,
        "integrated_ownership": control.integrated if control else None,
        "roles": values.raw(control.roles) if control else [],
        "address": values.address(control.address) if control else None,
        "deceased": owner.deceased,
        "itself": owner.is_itself,
        "rests_on": list(owner.places),
    }


def _shares(result: Result) -> Plain:
    ownership = result.ownership
    stated = any(isinstance(shareholder.share, Decimal) for shareholder in ownership.shareholders)
    return {
        "total": ownership.total if stated else None,
        "unexplained": ownership.unexplained if stated else None,
    }


def _role(holder: RoleHolder) -> Plain:
    return {
        "name": holder.name or None,
        "other_names": [*holder.other_names, *holder.names_apart],
        "roles": values.raw(holder.roles),
        "role_names": [str(word.text) for word in once(holder.roles)],
        "date_of_birth": values.day(holder.born),
        "number": holder.number,
        "owner": holder.is_owner,
        "share": holder.share,
        "beneficial": holder.is_beneficial,
        "rests_on": list(holder.places),
    }


def _rule(rule: Rule | None) -> Plain | None:
    if rule is None:
        return None
    options = None
    if rule.options is not None:
        options = [
            [
                {
                    "name": signer.name,
                    "date_of_birth": values.day(signer.born),
                    "role": values.code(signer.role),
                }
                for signer in signers
            ]
            for signers in rule.options
        ]
    return {
        "status": values.code(rule.status),
        "conclusive": rule.is_conclusive,
        "description": rule.description,
        "options": options,
        "remarks": [
            {"category": values.code(remark.category), "comment": remark.comment} for remark in rule.remarks
        ],
    }


def _screening(screening: Screening) -> Plain:
    return {
        "status": values.code(screening.status),
        "message": screening.message,
        "clear": screening.is_clear,
        "lists": values.raw(screening.lists),
        "ofac_searched": screening.ofac_searched,
    }


def _hit(hit: Hit) -> Plain:
    return {
        "name": hit.name,
        "list": values.code(hit.list_name),
        "match": hit.match,
        "external_id": hit.external_id,
        "fingerprint": hit.fingerprint,
        "match_words": hit.match_words,
        "name_match": hit.name_match,
        "title": hit.title,
        "function": hit.function,
        "comment": hit.comment,
        "aliases": list(hit.aliases),
        "addresses": [values.address(address) for address in hit.addresses],
        "date_of_birth": values.day(hit.birth_date),
        "birth_info": list(hit.birth_info),
        "first_update": values.day(hit.first_update),
        "last_update": values.day(hit.last_update),
        "provider": hit.provider,
        "links": [link.raw for link in hit.links],
        "compared": _compared(hit.comparison),
        "rests_on": hit.place,
    }


def _compared(beside: Comparison | None) -> Plain:
    """Give the named party that a hit is nearest to, None for nobody, and the verdict on each attribute."""
    party = beside.party if beside else None
    nearest = [str(name) for name in beside.name.ours] if beside else []
    called = (*nearest, *party.names, *party.numbers, *party.places) if party else ()
    return {
        "party": next(iter(called), None),
        "what": [str(text) for text in party.what] if party else [],
        "rests_on": list(party.places) if party else [],
        "namesakes": beside.namesakes if beside else 0,
        "same_day": beside.same_day if beside else 0,
        "lines": {
            name: str(verdict)
            for name, verdict in (
                beside.verdicts if beside else dict.fromkeys(LABELS, Verdict.UNKNOWN)
            ).items()
        },
    }


def _sources(result: Result) -> Iterable[tuple[str, Source]]:
    financials = result.financials
    every = (
        ("keyInformation", result.company.source),
        ("address", result.address.source),
        ("ownership", result.ownership.source),
        ("roles", result.roles.source),
        ("authorities", result.authorities.source),
        ("sanction", result.screening.source),
        ("financials.keyFigures", financials.key_figures.source),
        ("financials.auditor", financials.auditor.source),
        ("financials.accountant", financials.accountant.source),
        ("financials.accounting", financials.accounting.source),
    )
    return ((place, item) for place, item in every if item.is_stated)

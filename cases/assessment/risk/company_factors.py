"""Factors of the organisation itself: form, industry, age, size and accounts."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.assessment.policy.risk_factors import Factor
from cases.assessment.risk.assessment import Score
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.known import (
    FORM,
    NOT_FOR_THE_FORM,
    REGISTERED,
    form_of,
    is_older,
    is_sound,
    known,
    not_applicable,
    registered_on,
    unknown,
    years_since,
)
from cases.findings.financials.ratios import REVENUE, amount
from cases.findings.result import Result
from cases.findings.vocabulary.formats import number_words
from cases.findings.vocabulary.presence import came_empty
from cases.provider.result.placeholders import is_placeholder

INDUSTRY, EMPLOYEES = "keyInformation.industrySector.code", "keyInformation.employees"
KEY_FIGURES, ACCOUNTS, AUDITOR = "financials.keyFigures", "financials.accounting", "financials.auditor"
AUDITOR_ROLE = "AUDITOR"
NEW = 2  # years in which no accounts need be there yet


def of_form(factor: Factor, facts: Facts) -> Score:
    """Score the form of organisation."""
    form, code = facts.result.company.form, form_of(facts.result)
    if form is None or code is None:
        return unknown(factor, FORM)
    return known(code, factor.scores.get(code, factor.other), form.text, FORM)


def of_industry(factor: Factor, facts: Facts) -> Score:
    """Score the industry by the longest beginning of its code that the table has."""
    sector = facts.result.company.industry_sector
    stated = sector.code if sector else None
    digits = "".join(letter for letter in stated or "" if letter in "0123456789")
    if sector is None or is_placeholder(stated) or not digits or not is_sound(facts.result, INDUSTRY):
        return unknown(factor, INDUSTRY)
    begins = max((begin for begin in factor.scores if digits.startswith(begin)), key=len, default=None)
    points = factor.other if begins is None else factor.scores[begins]
    return known(digits, points, sector.description or digits, INDUSTRY)


def of_age(factor: Factor, facts: Facts) -> Score:
    """Score the years since the registration; an anniversary belongs to the younger band."""
    day = registered_on(facts.result)
    if day is None:
        return unknown(factor, REGISTERED)
    years = years_since(day, facts.today)
    step = next(step for step in factor.steps if step.to is None or not is_older(day, step.to, facts.today))
    words = ngettext_lazy(
        "%(years)d year since it was registered", "%(years)d years since it was registered", "years"
    )
    return known(str(years), step.points, words % {"years": years}, REGISTERED)


def of_idle(factor: Factor, facts: Facts) -> Score:
    """Score that nobody works there, though there is turnover."""
    employees = facts.result.company.employees
    most = employees.most if employees else None
    if not isinstance(most, Decimal) or not is_sound(facts.result, EMPLOYEES):
        return unknown(factor, EMPLOYEES)
    if most > 0:
        return known("no", 0, _("It has employees."), EMPLOYEES)
    turnover = turnover_of(facts.result)
    if turnover is None:
        return unknown(factor, EMPLOYEES, KEY_FIGURES, ACCOUNTS)
    if turnover > factor.limit:
        words = _("No employees, and a turnover of %(turnover)s.") % {"turnover": number_words(turnover)}
        return known("yes", factor.points, words, EMPLOYEES, KEY_FIGURES, ACCOUNTS)
    return known("no", 0, _("No employees, and little turnover."), EMPLOYEES, KEY_FIGURES, ACCOUNTS)


def of_auditor(factor: Factor, facts: Facts) -> Score:
    """Score that a firm so large has no auditor."""
    form = form_of(facts.result)
    if has_auditor(facts.result):
        return known("no", 0, _("It has an auditor."), AUDITOR)
    if form is None:
        return unknown(factor, FORM)
    if form not in factor.forms:
        return not_applicable(NOT_FOR_THE_FORM, FORM)
    return _of_size(factor, facts.result)


def _of_size(factor: Factor, result: Result) -> Score:
    """Score a firm of which no auditor is named."""
    turnover = turnover_of(result)
    if turnover is None:
        return unknown(factor, KEY_FIGURES, ACCOUNTS)
    if turnover < factor.limit:
        return not_applicable(_("Its turnover is below the limit."), KEY_FIGURES, ACCOUNTS)
    if not came_empty(result.financials.auditor.nothing) or not is_sound(result, AUDITOR):
        return unknown(factor, AUDITOR)
    words = _("No auditor, and a turnover of %(turnover)s.") % {"turnover": number_words(turnover)}
    return known("yes", factor.points, words, AUDITOR, KEY_FIGURES, ACCOUNTS)


def has_auditor(result: Result) -> bool:
    """Is an auditor named, in its own place or among the roles?"""
    if not is_placeholder(result.financials.auditor.name) and is_sound(result, AUDITOR):
        return True
    auditors = (
        holder for holder in result.roles.holders if any(role.code == AUDITOR_ROLE for role in holder.roles)
    )
    return any(holder.is_named for holder in auditors)


def of_no_accounts(factor: Factor, facts: Facts) -> Score:
    """Score that there are no accounts, though the firm is old enough for them."""
    accounts, day = facts.result.financials.accounting, registered_on(facts.result)
    if (accounts.years or facts.result.financials.key_figures.lines) and is_sound(facts.result, ACCOUNTS):
        return known("no", 0, _("There are accounts or key figures."), ACCOUNTS, KEY_FIGURES)
    if day is None:
        return unknown(factor, REGISTERED)
    if not is_older(day, NEW, facts.today):
        return not_applicable(_("It is not older than two years."), REGISTERED)
    is_empty = came_empty(accounts.nothing) or came_empty(accounts.nothing_of_years)
    if not is_empty or accounts.unread or not is_sound(facts.result, ACCOUNTS):
        return unknown(factor, ACCOUNTS)
    return known(
        "yes", factor.points, _("No accounts, though it is older than two years."), ACCOUNTS, REGISTERED
    )


def turnover_of(result: Result) -> Decimal | None:
    """The turnover: of the newest accounts that state it, else of the key figures; None if it is not known."""
    if not is_sound(result, KEY_FIGURES, ACCOUNTS):
        return None
    years = (amount(figures, REVENUE) for figures in result.financials.accounting.figures)
    stated = next((turnover for turnover in years if turnover is not None), None)
    return amount(result.financials.key_figures.figures, REVENUE) if stated is None else stated

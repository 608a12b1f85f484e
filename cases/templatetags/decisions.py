"""What a decision keeps as plain values, in words."""

import datetime

from django import template

from cases.assessment.decision.basis import Part, from_json
from cases.assessment.policy.risk_terms import RiskClass
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.wording import Words
from cases.models import Decision

register = template.Library()


@register.filter
def class_words(word: str) -> Words:
    """A risk class in words."""
    return RiskClass(word).words


@register.filter
def basis_parts(decision: Decision) -> tuple[Part, ...]:
    """The parts of what a decision rests on, as they were when it was proposed."""
    return from_json(decision.basis).parts


@register.filter
def iso_day(text: str) -> str:
    """A day that is kept as YYYY-MM-DD, as a reader writes it."""
    return date_words(datetime.date.fromisoformat(text))

"""Judgements of hits in words, for the page and for the report."""

from django import template

from cases.models import Judgement
from cases.presentation import judgement_words

register = template.Library()


@register.filter
def reasons_given(judgement: Judgement | None) -> list[str]:
    """The reasons of a judgement, in words; none where there is no judgement."""
    return judgement_words.reasons_of(judgement) if judgement else []


@register.filter
def second_because(judgement: Judgement) -> str:
    """Why a second person confirms it, as the end of a sentence."""
    return "; ".join(map(str, judgement_words.second_because(judgement)))


@register.filter
def frozen_lines(judgement: Judgement) -> list[judgement_words.FrozenLine]:
    """The compared lines as they were when the hit was judged."""
    return judgement_words.frozen_lines(judgement)


@register.filter
def compared_party(judgement: Judgement) -> str:
    """With whom the entry was compared, in words."""
    return judgement_words.compared_party(judgement)

"""Judgements of hits in words, for the page and for the report."""

from django import template
from django.utils.functional import Promise

from cases.findings.screening.hit import Hit
from cases.models import Judgement
from cases.presentation import judgement_words
from cases.presentation.hit_status import status_of
from cases.presentation.judged_hits import HitJudgements, JudgedHit

register = template.Library()


@register.filter
def reasons_given(judgement: Judgement) -> list[str]:
    """The reasons of a judgement, in words."""
    return judgement_words.reasons_of(judgement)


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


@register.filter
def held_of(judged: HitJudgements | str | None, hit: Hit) -> JudgedHit | None:
    """The judgement of a hit, held against it; None where nobody judged it, or nothing is known of judgements."""
    return judged.of(hit.fingerprint) if isinstance(judged, HitJudgements) else None


@register.filter
def status_with(hit: Hit, held: JudgedHit) -> str | Promise:
    """How a hit stands, in words."""
    return status_of(hit, held).label

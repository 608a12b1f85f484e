"""Requirements as a report has them."""

from django import template

from cases.assessment.requirements.work_out import RequirementStatus
from cases.presentation.paper import evidence
from cases.presentation.paper.printed_hits import PrintedHits

register = template.Library()


@register.filter
def printed(status: RequirementStatus, hits: PrintedHits) -> evidence.PrintedRequirement:
    """A requirement with as much of its evidence as stands in the body."""
    return evidence.printed(status, hits)

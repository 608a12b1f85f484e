"""Earlier cases on a firm, as the pages name them beside a number: each with how its newest order stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from cases.models import Case
from cases.models.capture import capture_groups as stands
from cases.presentation.capture_status_words import CaptureTag, capture_tag


@dataclass(frozen=True)
class Before:
    """A case, and how its newest order stands."""

    case: Case
    capture_tag: CaptureTag


def before(cases: Iterable[Case]) -> list[Before]:
    """Each of the cases with how its newest order stands, in the order in which they are given."""
    keys = [case.pk for case in cases]
    rows = Case.objects.filter(pk__in=keys).select_related("organisation", "opened_by")
    found = {case.pk: case for case in rows}
    newest = stands.newest_sessions(found.values())
    now = timezone.now()
    return [Before(found[key], capture_tag(found[key], newest.get(key), now)) for key in keys if key in found]

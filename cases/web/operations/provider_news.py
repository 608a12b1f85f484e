"""What the provider sends that the portal does not know, and where the provider says what is new."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.utils.translation import gettext

from cases.models import Unplaced, UnplacedKind
from cases.workflows import provider

MOST_LISTED = 50


@dataclass(frozen=True)
class WithoutPlace:
    """A path of results that the portal has no place for: in how many results, the first and the last of them."""

    path: str
    kind: str
    times: int
    since: datetime.datetime
    latest: datetime.datetime

    @property
    def kind_words(self) -> str:
        return str(UnplacedKind(self.kind).label)


def without_place() -> tuple[list[WithoutPlace], int]:
    """Fields and words of results that the portal does not know, the newest first; and how many there are."""
    by_path = Unplaced.objects.order_by().values("kind", "path")
    counted = by_path.annotate(
        times=Count("pk"), since=Min("artefact__captured_at"), latest=Max("artefact__captured_at")
    )
    rows = counted.order_by("-since", "path", "kind")[:MOST_LISTED]
    return [WithoutPlace(**row) for row in rows], by_path.distinct().count()


def pages() -> list[tuple[str, str]]:
    """What the provider publishes for people: what it is, and where."""
    contract = provider.contract()
    return [
        (gettext("Implementation guide"), contract.guide_page),
        (gettext("Reference of the API"), contract.reference_page),
        (gettext("Documentation, with the changelog"), contract.changelog_page),
    ]

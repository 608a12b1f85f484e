"""The cases with judged hits that wait for a person as the second one, on My work."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cases.models import Case, Judgement, SecondState, User
from cases.models.people.permissions import Perm
from cases.web.case_page.screening.judging_area import SHOWN, Shown
from cases.web.case_page.tab_names import Tab

MOST_SHOWN = 20


@dataclass(frozen=True)
class ToConfirm:
    """One case with hits that another person judged, and where they are confirmed."""

    case: Case

    @property
    def address(self) -> str:
        tab = reverse("case_tab", args=[self.case.reference, Tab.SCREENING])
        return f"{tab}?{SHOWN}={Shown.SECOND.value}"


def to_confirm(user: User) -> list[ToConfirm]:
    """The cases in which this person may be the second one, the gravest first; at most MOST_SHOWN and one more."""
    if not user.has_perm(Perm.CONFIRM_HIT):
        return []
    of_others = Judgement.objects.filter(hit__case=OuterRef("pk"), second_state=SecondState.AWAITED).exclude(
        by=user
    )
    found = Case.objects.with_unconfirmed_hits().filter(Exists(of_others)).select_related("organisation")
    return [ToConfirm(case) for case in found.order_by("lasting_urgency", "due", "pk")[: MOST_SHOWN + 1]]

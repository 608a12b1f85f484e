"""By which version of the requirement set a case is held."""

from django.db.models import Case as FirstOf
from django.db.models import Q, Subquery, When

from cases.models import Case, PolicyKind, PolicyVersion, RequirementSetChoice
from cases.workflows.policy import versions


def of_case(case: Case) -> PolicyVersion:
    """The version that a case was moved to last, else the one in force when it was opened, else the first there was.

    Raises versions.NothingInForce.
    """
    moved_to = RequirementSetChoice.objects.filter(case=case).order_by("-number").values("version")[:1]
    of_kind = PolicyVersion.objects.filter(kind=PolicyKind.REQUIREMENT_SET, activated_at__isnull=False)
    candidates = of_kind.filter(Q(activated_at__lte=case.opened_at) | Q(pk=Subquery(moved_to)))
    chosen_first = FirstOf(When(pk=Subquery(moved_to), then=0), default=1)
    then = candidates.order_by(chosen_first, "-activated_at", "-number").first()
    found = then or of_kind.order_by("activated_at", "number").first()
    if found is None:
        raise versions.NothingInForce(PolicyKind.REQUIREMENT_SET)
    return found


def newest_choice(case: Case) -> RequirementSetChoice | None:
    """The last move of a case to another version; None if it keeps the one that it was opened under."""
    choices = RequirementSetChoice.objects.filter(case=case).select_related("version")
    return choices.order_by("-number").first()

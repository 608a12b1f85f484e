"""By which version of the requirement set a case is held."""

from cases.models import Case, PolicyKind, PolicyVersion, RequirementSetChoice
from cases.workflows.policy import versions


def of_case(case: Case) -> PolicyVersion:
    """The version that a case was moved to last, else the one in force when it was opened, else the first there was.

    Raises versions.NothingInForce.
    """
    moved = newest_choice(case)
    if moved is not None:
        return moved.version
    of_kind = PolicyVersion.objects.filter(kind=PolicyKind.REQUIREMENT_SET, activated_at__isnull=False)
    then = of_kind.filter(activated_at__lte=case.opened_at).order_by("-activated_at", "-number").first()
    found = then or of_kind.order_by("activated_at", "number").first()
    if found is None:
        raise versions.NothingInForce(PolicyKind.REQUIREMENT_SET)
    return found


def newest_choice(case: Case) -> RequirementSetChoice | None:
    """The last move of a case to another version; None if it keeps the one that it was opened under."""
    choices = RequirementSetChoice.objects.filter(case=case).select_related("version")
    return choices.order_by("-number").first()

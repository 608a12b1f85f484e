"""What people answered of the questions of the risk model."""

from cases.models import Case, RiskAnswers


def newest(case: Case) -> RiskAnswers | None:
    """The answers of a case that count, with who gave them; None if nobody answered anything."""
    return RiskAnswers.objects.filter(case=case).select_related("by", "policy").order_by("-number").first()

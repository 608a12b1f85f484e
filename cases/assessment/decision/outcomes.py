"""What can be decided of a case, and for which reason it is not approved."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words


class Outcome(StrEnum):
    """What is decided; stored with each decision."""

    APPROVE = "APPROVE"
    CONDITIONS = "CONDITIONS"
    REFUSE = "REFUSE"
    CLOSE = "CLOSE"

    @property
    def words(self) -> Words:
        """The outcome as a reader sees it."""
        return OUTCOMES[self]

    @property
    def is_approval(self) -> bool:
        """May the relation begin, or go on?"""
        return self in APPROVALS


OUTCOMES: dict[Outcome, Words] = {
    Outcome.APPROVE: _("Approve"),
    Outcome.CONDITIONS: _("Approve with conditions"),
    Outcome.REFUSE: _("Refuse"),
    Outcome.CLOSE: _("Close without decision"),
}
APPROVALS = (Outcome.APPROVE, Outcome.CONDITIONS)


class Reason(StrEnum):
    """Why a case is refused or closed; stored with each decision, NONE of an approval."""

    NONE = ""
    OUTSIDE_APPETITE = "OUTSIDE_APPETITE"
    CANNOT_BE_COMPLETED = "CANNOT_BE_COMPLETED"
    SANCTIONS = "SANCTIONS"
    CUSTOMER_WITHDREW = "CUSTOMER_WITHDREW"
    DUPLICATE = "DUPLICATE"
    OPENED_IN_ERROR = "OPENED_IN_ERROR"

    @property
    def words(self) -> Words:
        """The reason as a reader sees it."""
        return REASON_WORDS[self]


REASON_WORDS: dict[Reason, Words] = {
    Reason.NONE: _("None"),
    Reason.OUTSIDE_APPETITE: _("Outside our appetite"),
    Reason.CANNOT_BE_COMPLETED: _("Cannot be completed"),
    Reason.SANCTIONS: _("Sanctions"),
    Reason.CUSTOMER_WITHDREW: _("The customer withdrew"),
    Reason.DUPLICATE: _("Duplicate"),
    Reason.OPENED_IN_ERROR: _("Opened in error"),
}
# Which reasons an outcome can have.
REASONS: dict[Outcome, tuple[Reason, ...]] = {
    Outcome.APPROVE: (),
    Outcome.CONDITIONS: (),
    Outcome.REFUSE: (Reason.OUTSIDE_APPETITE, Reason.CANNOT_BE_COMPLETED, Reason.SANCTIONS),
    Outcome.CLOSE: (Reason.CUSTOMER_WITHDREW, Reason.DUPLICATE, Reason.OPENED_IN_ERROR),
}

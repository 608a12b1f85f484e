"""The words that a case keeps of its work and of what its captures came to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    NEW = "NEW", _("New")
    IN_REVIEW = "IN_REVIEW", _("In review")
    WAITING = "WAITING", _("Waiting for information")
    PROPOSED = "PROPOSED", _("Waiting for countersignature")
    SENT_BACK = "SENT_BACK", _("Sent back")
    REOPENED = "REOPENED", _("Reopened")
    APPROVED = "APPROVED", _("Approved")
    CONDITIONS = "CONDITIONS", _("Approved with conditions")
    REFUSED = "REFUSED", _("Refused")
    CLOSED = "CLOSED", _("Closed without decision")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


_s = CaseState
# What two people decided. Such a case can be reopened.
DECIDED = (_s.APPROVED, _s.CONDITIONS, _s.REFUSED, _s.CLOSED)
# Nothing is done to it any more: it is read.
CLOSED = (*DECIDED, _s.WITHDRAWN)
MOVES: dict[str, set[str]] = {
    _s.NEW: {_s.IN_REVIEW, _s.WITHDRAWN},
    _s.IN_REVIEW: {_s.WAITING, _s.PROPOSED, _s.WITHDRAWN},
    _s.WAITING: {_s.IN_REVIEW, _s.PROPOSED, _s.WITHDRAWN},
    _s.PROPOSED: {_s.IN_REVIEW, _s.SENT_BACK, *DECIDED},
    _s.SENT_BACK: {_s.WAITING, _s.PROPOSED, _s.WITHDRAWN},
    _s.REOPENED: {_s.WAITING, _s.PROPOSED, _s.WITHDRAWN},
    **{decided: {_s.REOPENED} for decided in DECIDED},
    _s.WITHDRAWN: set(),
}


class NewestCapture(models.TextChoices):
    """How the newest session of a case stands, as far as lists tell cases apart by it."""

    NOTHING_ORDERED = "", _("Nothing ordered")
    UNDER_WAY = "UNDER_WAY", _("Under way")
    STUCK = "STUCK", _("Order not confirmed, or stopped")
    COMPLETE = "COMPLETE", _("Complete")
    PARTIAL = "PARTIAL", _("Partly captured")
    FAILED = "FAILED", _("Failed")


# Nothing goes on by itself: a person orders again, resumes, closes or tries anew.
OF_A_PERSON = (NewestCapture.STUCK, NewestCapture.FAILED)


class Screening(models.TextChoices):
    NOT_RUN = "NOT_RUN", _("not screened")
    NONE = "NONE", _("no hits")
    HITS = "HITS", _("open hits")
    JUDGED = "JUDGED", _("all hits judged")
    UNCERTAIN = "UNCERTAIN", _("screening failed")
    UNUSABLE = "UNUSABLE", _("not usable")


class EvidenceState(models.TextChoices):
    """Whether what was captured may be used."""

    USABLE = "USABLE", _("usable")
    ABOUT_ANOTHER = "ABOUT_ANOTHER", _("about another organisation")
    UNREADABLE = "UNREADABLE", _("not readable")
    ALTERED = "ALTERED", _("altered document")

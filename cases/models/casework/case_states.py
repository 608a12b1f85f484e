"""The words that a case keeps of its work and of what its captures came to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    NEW = "NEW", _("New")
    IN_REVIEW = "IN_REVIEW", _("In review")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


# Nothing is done to it any more: it is read.
CLOSED = (CaseState.WITHDRAWN,)


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

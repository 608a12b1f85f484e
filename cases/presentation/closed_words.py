"""What is said of a case that is only read: it was withdrawn, or two people decided on it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.findings.vocabulary.wording import Words
from cases.models import Case

DECIDED = gettext_lazy("The case is decided; it can be read, and reopened.")


def closed(case: Case) -> Words:
    """Why there is nothing to do."""
    return _("The case was withdrawn; there is nothing to do.") if case.is_withdrawn else DECIDED


def nothing_done(case: Case) -> str:
    """Why what somebody wanted was not done."""
    if case.is_withdrawn:
        return _("The case was withdrawn. It can be read; nothing was done.")
    return _("%(why)s Nothing was done.") % {"why": DECIDED}


def nothing_written(case: Case) -> str:
    """Why no comment is kept."""
    if case.is_withdrawn:
        return _("The case was withdrawn: nothing more is written in it.")
    return _("%(why)s Nothing was written in it.") % {"why": DECIDED}

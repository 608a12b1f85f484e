"""What helps where a capture did not bring what was ordered, the same on every page. What costs money says so."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, Case
from cases.models import SessionState as State
from cases.models.capture.outcome import is_unknown_number
from cases.web.case_page.tab_names import Tab
from cases.web.ordering.reorder_form import MISSING, SCREENING

SEE = _("See it")
RESOLVE = _("Resolve")
POLL_AGAIN = _("Look again, at no cost")


@dataclass(frozen=True)
class Offer:
    """An order that a button promises, in words; `what` names it to the form, which chooses it beforehand."""

    label: Words
    what: str = ""


ORDER = Offer(_("Order new capture (a new search is charged)"))
ORDER_SCREENING = Offer(_("Order screening (a new search is charged)"), SCREENING)
ORDER_MISSING = Offer(_("Order the missing parts (a new search is charged)"), MISSING)


@dataclass(frozen=True)
class Remedy:
    """A button's label, and where it leads."""

    label: Words
    address: str


def remedy(case: Case, session: AmlSession | None) -> Remedy | None:
    """What helps the newest capture; None if it is complete, or goes on by itself.

    To poll again costs nothing and comes before an order, once: where that was in vain, an order helps.
    """
    if session is None:
        return ordering(case)
    if session.is_stuck:
        return Remedy(RESOLVE, reverse("resolve_capture", args=[case.reference]))
    return _of_ended(case, session) if session.state in {State.PARTIAL, State.FAILED} else None


def _of_ended(case: Case, session: AmlSession) -> Remedy:
    if session.can_be_reopened and session.reopened_at is None:
        return Remedy(POLL_AGAIN, f"{reverse('case_tab', args=[case.reference, Tab.OVERVIEW])}#capture")
    if session.state == State.PARTIAL:
        return ordering(case, ORDER_MISSING)
    if is_unknown_number(session):
        return Remedy(SEE, reverse("case", args=[case.reference]))
    return ordering(case)


def ordering(case: Case, offer: Offer = ORDER) -> Remedy:
    """Lead to the page on which a further order is confirmed, with what was promised chosen there."""
    query = f"?what={offer.what}" if offer.what else ""
    return Remedy(offer.label, reverse("order_again", args=[case.reference]) + query)

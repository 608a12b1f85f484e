"""What must happen with a case, in words, and the button that goes straight to the place."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.findings import spans
from cases.models import AmlSession, Artefact, ArtefactKind, ArtefactState, Case, EvidenceState, Screening
from cases.models import SessionState as State
from cases.models.case import is_unread
from cases.models.reasons import sentence
from cases.models.urgency import Urgency, urgency_of
from cases.provider.errors import Code
from cases.web.capture_words import standing
from cases.web.tabs import Tab

SEE = gettext_lazy("See it")
READ = gettext_lazy("Read it")
RESOLVE = gettext_lazy("Resolve")
ORDER = gettext_lazy("Order new capture")


@dataclass(frozen=True)
class Task:
    """The words, what is `left` until `expires_at` behind them, and a button's label and address."""

    words: str
    label: str | Promise
    address: str
    is_grave: bool = False
    expires_at: datetime.datetime | None = None
    left: str = field(default="", repr=False)


@dataclass(frozen=True)
class Stand:
    """What a task follows from."""

    case: Case
    session: AmlSession | None
    now: datetime.datetime
    may_order: bool

    @property
    def artefacts(self) -> list[Artefact]:
        return list(self.session.artefacts.all()) if self.session else []

    def to(self, name: str) -> str:
        """The address of a page of the case."""
        return reverse(name, args=[self.case.reference])

    def tab(self, tab: Tab) -> str:
        return reverse("case_tab", args=[self.case.reference, tab])

    def order(self, words: str, label: str | Promise = ORDER, *, is_grave: bool = False) -> Task:
        """Lead to ordering; who may not order is led to the case."""
        if self.may_order:
            return Task(words, label, self.to("ask_again"), is_grave)
        return Task(words, SEE, self.to("case"), is_grave)


def task(stand: Stand) -> Task:
    """The one thing that the case stands in its group for."""
    find = FINDERS.get(urgency_of(stand.case), _rest)
    return find(stand)


def _likely(stand: Stand) -> Task:
    count = stand.case.likely_hit_count
    words = ngettext("Judge %(n)d likely hit", "Judge %(n)d likely hits", count) % {"n": count}
    label = ngettext("See the hit", "See the hits", count)
    return Task(words, label, stand.tab(Tab.SCREENING))


def _person(stand: Stand) -> Task:
    session = stand.session
    why = sentence(session.reason) if session else ""
    if session is None or session.state == State.FAILED:
        if session and not session.provider_id and session.reason == Code.NOT_FOUND:
            return Task(_("Nothing is known under this number: correct it"), SEE, stand.to("case"))
        return stand.order(_("The capture failed: %(why)s") % {"why": why})
    if session.state == State.UNKNOWN:
        words = _("Order not confirmed: send the order again, or close it")
    else:
        words = _("The order was stopped: %(why)s") % {"why": why}
    if stand.may_order:
        return Task(words, RESOLVE, stand.to("settle_capture"))
    return Task(words, SEE, stand.to("case"))


UNUSABLE: dict[str, tuple[str | Promise, Tab]] = {
    EvidenceState.ABOUT_ANOTHER: (
        gettext_lazy("Result is about another organisation: order a new capture or correct the number"),
        Tab.OVERVIEW,
    ),
    EvidenceState.ALTERED: (gettext_lazy("A document was altered after it was signed"), Tab.DOCUMENTS),
    EvidenceState.UNREADABLE: (gettext_lazy("What was captured cannot be read"), Tab.DOCUMENTS),
}


def _evidence(stand: Stand) -> Task:
    case = stand.case
    if case.evidence in UNUSABLE:
        words, place = UNUSABLE[case.evidence]
        address = stand.to("case") if place == Tab.OVERVIEW else stand.tab(place)
        return Task(str(words), SEE, address, is_grave=True)
    lost = [each for each in stand.artefacts if each.state == ArtefactState.EXPIRED]
    if lost:
        names = ", ".join(str(each.get_kind_display()) for each in lost)
        words = _("%(results)s: lost before capture, order it again") % {"results": names}
        return stand.order(words, is_grave=True)
    if stand.session is None:
        return stand.order(_("Order a capture: nothing was ordered yet"))
    if case.screening == Screening.NOT_RUN:
        return stand.order(_("Order the screening: nobody was screened"), _("Order screening"))
    results = [each for each in stand.artefacts if each.kind == ArtefactKind.JSON]
    if results and not results[0].is_captured:
        return stand.order(_("The result did not come, so nobody is known to be screened"))
    words = _("The screening failed: it says nothing about anybody")
    if case.screening_is_unclear:
        words = _("The outcome of the screening is not clear: ‘no hit’ cannot be relied upon")
    return Task(words, SEE, stand.tab(Tab.SCREENING))


def _expiring(stand: Stand) -> Task:
    at = getattr(stand.case, "risk_at", None)
    found = [each for each in stand.artefacts if at and each.expires_at == at]
    name = found[0].get_kind_display() if found else _("A result")
    if at is None or at <= stand.now:
        return Task(_("%(result)s should have expired") % {"result": name}, SEE, stand.to("case"), True)
    left = spans.left((at - stand.now).total_seconds())
    return Task(_("%(result)s expires in") % {"result": name}, SEE, stand.to("case"), True, at, left)


def _hits(stand: Stand) -> Task:
    count = stand.case.hit_count
    words = ngettext("Judge %(n)d open hit", "Judge %(n)d open hits", count) % {"n": count}
    return Task(words, ngettext("See the hit", "See the hits", count), stand.tab(Tab.SCREENING))


def _rest(stand: Stand) -> Task:
    """What comes next where nothing stands in the way."""
    case = stand.case
    if case.screening == Screening.HITS:
        return _hits(stand)
    if is_unread(case):
        return Task(_("Read the new result"), READ, stand.to("case"))
    if stand.session is not None and stand.session.is_active:
        found = standing(case, stand.session, stand.now)
        words = f"{found.words}. {found.note}" if found.note else found.words
        return Task(words, SEE, stand.to("case"))
    return Task(_("Go on with the review"), _("Open"), stand.to("case"))


FINDERS: dict[Urgency, Callable[[Stand], Task]] = {
    Urgency.LIKELY_HIT: _likely,
    Urgency.NEEDS_PERSON: _person,
    Urgency.NOT_USABLE: _evidence,
    Urgency.EXPIRING: _expiring,
}

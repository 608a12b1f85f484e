"""What must happen with a case, in words, and the button that goes straight to the place."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.findings.verdicts.signs import is_not_renewed, reason
from cases.findings.verdicts.verdicts import TOPICS as TITLES
from cases.findings.verdicts.verdicts import State as VerdictState
from cases.findings.vocabulary import durations
from cases.findings.vocabulary.sections import Topic
from cases.models import AmlSession, Artefact, ArtefactKind, ArtefactState, Case, EvidenceState, Screening
from cases.models import SessionState as State
from cases.models.capture.capture_groups import risk_at
from cases.models.capture.outcome import is_unknown_number
from cases.models.casework.case_states import OF_A_PERSON, CaseState
from cases.models.casework.pressing import Urgency
from cases.models.urgency import is_missing_again
from cases.presentation.capture_status_words import capture_tag, kinds_of
from cases.web.case_page.tab_names import TOPICS, Tab
from cases.web.my_work.reminders import Reminder
from cases.web.ordering.remedy import ORDER, ORDER_SCREENING, SEE, Offer, ordering, remedy
from cases.workflows.casework.waiting import Wait

READ = gettext_lazy("Read it")


# What is to be done with a case at a step of its decision.
AT_A_STEP: dict[str, str | Promise] = {
    CaseState.PROPOSED: gettext_lazy("A proposed decision waits for a second person"),
    CaseState.SENT_BACK: gettext_lazy("The proposed decision was sent back"),
    CaseState.REOPENED: gettext_lazy("The case was reopened: decide anew"),
}


@dataclass(frozen=True)
class Task:
    """What must happen with a case: words, what is `left` until `expires_at`, and a button's label and address."""

    words: str
    label: str | Promise
    address: str
    is_grave: bool = False
    expires_at: datetime.datetime | None = None
    left: str = field(default="", repr=False)


@dataclass(frozen=True)
class CaseSituation:
    """What a task follows from: a case, its newest session, the time, and whether the user may order.

    `follow_ups`: whom to ask about hits today; `reminder`: what somebody said that is to be dealt with.
    """

    case: Case
    session: AmlSession | None
    now: datetime.datetime
    may_order: bool
    follow_ups: tuple[str, ...] = ()
    reminder: Reminder | None = None

    @property
    def artefacts(self) -> list[Artefact]:
        return list(self.session.artefacts.all()) if self.session else []

    def to(self, name: str) -> str:
        """The address of a page of the case."""
        return reverse(name, args=[self.case.reference])

    def tab(self, tab: Tab) -> str:
        return reverse("case_tab", args=[self.case.reference, tab])

    def order(self, words: str, offer: Offer = ORDER) -> Task:
        """Lead to ordering; who may not order, or not yet, is led to the case."""
        if self.may_order and (self.session is None or self.session.is_ended):
            found = ordering(self.case, offer)
            return Task(words, found.label, found.address)
        return Task(words, SEE, self.to("case"))

    def help(self, words: str, *, is_grave: bool = False) -> Task:
        """Lead to what helps the capture; who may not order, or where nothing does, to the case."""
        found = remedy(self.case, self.session) if self.may_order else None
        if found is None:
            return Task(words, SEE, self.to("case"), is_grave)
        return Task(words, found.label, found.address, is_grave)


def task(situation: CaseSituation, urgency: Urgency) -> Task:
    """The one thing that must happen with a case, by the work group in which it stands."""
    find = FINDERS.get(urgency, _rest)
    return find(situation)


def _alarm(situation: CaseSituation) -> Task:
    case = situation.case
    if case.likely_hit_count and case.are_all_judged:
        return _wait_for_second(situation)
    if case.likely_hit_count:
        words = _follow_up(situation, _("Judge %(hits)s") % {"hits": case.open_hits.likely_words})
        return Task(words, _see_hits(case.likely_hit_count), situation.tab(Tab.SCREENING))
    if case.evidence in FALSE_EVIDENCE:
        return _unusable(situation)
    alarms = [topic for topic in TITLES if case.verdicts.get(topic) == VerdictState.ALARM]
    first = alarms[0] if alarms else Topic.SANCTIONS
    if first == Topic.SANCTIONS:
        return _without_outcome(situation)
    if first == Topic.DOCUMENTS and case.evidence in UNUSABLE:
        return _unusable(situation)
    return _verdict(situation, first)


def _without_outcome(situation: CaseSituation) -> Task:
    """The task where a screening has no outcome to rely on: what may still bring one comes first."""
    if situation.session is not None and situation.case.newest_capture in OF_A_PERSON:
        return _person(situation)
    if situation.case.screening == Screening.UNCERTAIN:
        return _evidence(situation)
    return _verdict(situation, Topic.SANCTIONS)


def _see_hits(count: int) -> str:
    return ngettext("See the hit", "See the hits", count)


def _verdict(situation: CaseSituation, topic: Topic) -> Task:
    """Lead to a verdict that reads 'Alarm', and say why, if the case keeps that."""
    why = reason(situation.case.verdicts, topic) or _("look into the alarm")
    words = f"{TITLES[topic]}: {why}"
    return Task(words, SEE, situation.tab(TOPICS[topic]), is_grave=True)


def _person(situation: CaseSituation) -> Task:
    session = situation.session
    why = session.why if session else ""
    if session is None or session.state == State.FAILED:
        if session and is_unknown_number(session):
            return situation.help(_("Nothing is known under this number: correct it"))
        return situation.help(_("The capture failed: %(why)s") % {"why": why})
    if session.state == State.UNKNOWN:
        return situation.help(_("Order not confirmed: send the order again, or close it"))
    return situation.help(_("The order was stopped: %(why)s") % {"why": why})


# Evidence that is about another organisation, or was altered.
FALSE_EVIDENCE = (EvidenceState.ABOUT_ANOTHER, EvidenceState.ALTERED)
UNUSABLE: dict[str, tuple[str | Promise, Tab]] = {
    EvidenceState.ABOUT_ANOTHER: (
        gettext_lazy("Result is about another organisation: order a new capture or correct the number"),
        Tab.OVERVIEW,
    ),
    EvidenceState.ALTERED: (gettext_lazy("Altered document"), Tab.DOCUMENTS),
    EvidenceState.UNREADABLE: (gettext_lazy("What was captured cannot be read"), Tab.DOCUMENTS),
}


def _unusable(situation: CaseSituation) -> Task:
    words, place = UNUSABLE[situation.case.evidence]
    address = situation.to("case") if place == Tab.OVERVIEW else situation.tab(place)
    return Task(str(words), SEE, address, is_grave=True)


def _evidence(situation: CaseSituation) -> Task:
    """The task where evidence is not usable: what must not be used, then what is missing, then the screening."""
    if situation.case.evidence in UNUSABLE:
        return _unusable(situation)
    lost = [artefact for artefact in situation.artefacts if artefact.state == ArtefactState.EXPIRED]
    if lost:
        words = _("%(results)s: lost before capture") % {"results": kinds_of(lost)}
        return situation.help(words, is_grave=True)
    failed = [artefact for artefact in situation.artefacts if artefact.is_failed]
    if failed and situation.session is not None and situation.session.is_ended:
        return _did_not_come(situation, failed)
    return _screening(situation)


def _did_not_come(situation: CaseSituation, failed: list[Artefact]) -> Task:
    """The task where results did not come: what helps, if the provider did not fail twice to make them."""
    results = {"results": kinds_of(failed)}
    if not all(artefact.is_not_made for artefact in failed):
        return situation.help(_("%(results)s: did not come") % results)
    if not is_missing_again(situation.case):
        return situation.help(_("%(results)s: the provider did not make it") % results)
    words = _("%(results)s: ordered twice, and the provider made it neither time") % results
    return Task(words, SEE, situation.tab(Tab.DOCUMENTS))


def _screening(situation: CaseSituation) -> Task:
    if situation.session is None:
        return situation.order(_("Order a capture: nothing was ordered yet"))
    screening = situation.case.screening
    if screening == Screening.NOT_RUN:
        return situation.order(_("Order the screening: nobody was screened"), ORDER_SCREENING)
    if is_not_renewed(situation.case.verdicts):
        return situation.order(_("Order the screening: ordered anew, it brought no outcome"), ORDER_SCREENING)
    results = [artefact for artefact in situation.artefacts if artefact.kind == ArtefactKind.JSON]
    if screening == Screening.UNCERTAIN and results and not results[0].is_captured:
        return situation.order(_("The result did not come, so nobody is known to be screened"))
    if screening == Screening.UNCERTAIN:
        words = _("The outcome of the screening is not known: nobody is known to be screened")
        if situation.case.screening_has_failed:
            words = _("The screening failed: it says nothing about anybody")
        if situation.case.screening_is_unclear:
            words = _("The outcome of the screening is not clear: ‘no hits’ cannot be relied upon")
        return Task(words, SEE, situation.tab(Tab.SCREENING))
    return Task(_("See what the screening says"), SEE, situation.tab(Tab.SCREENING))


def _expiring(situation: CaseSituation) -> Task:
    at = risk_at(situation.case, situation.now)
    found = [artefact for artefact in situation.artefacts if at and artefact.expires_at == at]
    name = found[0].get_kind_display() if found else _("A result")
    if at is None or at <= situation.now:
        return Task(_("%(result)s should have expired") % {"result": name}, SEE, situation.to("case"), True)
    left = durations.span((at - situation.now).total_seconds())
    return Task(_("%(result)s expires in") % {"result": name}, SEE, situation.to("case"), True, at, left)


def _wait_for_second(situation: CaseSituation) -> Task:
    """The task where every open hit was judged, and waits for somebody else."""
    count = situation.case.unconfirmed_hit_count
    words = ngettext(
        "%(n)d judged hit waits for a second person", "%(n)d judged hits wait for a second person", count
    )
    return Task(words % {"n": count}, _see_hits(count), situation.tab(Tab.SCREENING))


def _hits(situation: CaseSituation) -> Task:
    if situation.case.are_all_judged:
        return _wait_for_second(situation)
    hits = situation.case.open_hits
    words = _follow_up(situation, _("Judge %(hits)s") % {"hits": hits.each})
    return Task(words, _see_hits(hits.total), situation.tab(Tab.SCREENING))


def _follow_up(situation: CaseSituation, words: str) -> str:
    """The words of a task with hits, and who is to be asked again today, which comes first."""
    if not situation.follow_ups:
        return words
    again = _("Follow up: %(who)s") % {"who": ", ".join(situation.follow_ups)}
    return f"{again}. {words}"


def _reminded(situation: CaseSituation) -> Task:
    """The task that somebody's words make: what was sent back, or a condition."""
    found = situation.reminder
    if found is None:
        return _rest(situation)
    return Task(found.words, found.label, situation.tab(found.tab))


def _rest(situation: CaseSituation) -> Task:
    """The task where nothing stands in the way: hits, a new result, a wait, a capture under way, or the review."""
    case = situation.case
    if case.screening == Screening.HITS and not case.is_waiting:
        return _hits(situation)
    if case.is_unread:
        return Task(_("Read the new result"), READ, situation.to("case"))
    if wait := Wait.of(case):
        return Task(_follow_up(situation, wait.words), _("Open"), situation.to("case"))
    if situation.session is not None and situation.session.is_active:
        found = capture_tag(case, situation.session, situation.now)
        words = f"{found.words}. {found.note}" if found.note else found.words
        return Task(words, SEE, situation.to("case"))
    if step := AT_A_STEP.get(case.state):
        return Task(str(step), SEE, situation.tab(Tab.DECISION))
    return Task(_("Go on with the review"), _("Open"), situation.to("case"))


FINDERS: dict[Urgency, Callable[[CaseSituation], Task]] = {
    Urgency.ALARM: _alarm,
    Urgency.NEEDS_PERSON: _person,
    Urgency.NOT_USABLE: _evidence,
    Urgency.EXPIRING: _expiring,
    Urgency.SENT_BACK: _reminded,
    Urgency.CONDITIONS: _reminded,
}

"""What to do next with a case, in one sentence with one link, and how old what one reads is."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.findings.screening.hit import TOP_OF_SCALE
from cases.findings.vocabulary.formats import date_words
from cases.models import CaseState, JudgementVerdict, SessionState
from cases.models.capture.outcome import is_missing_again
from cases.presentation import closed_words
from cases.presentation.decision_basis import BY_DECISION
from cases.web.case_page.page import CasePage
from cases.web.case_page.page import address as tab_address
from cases.web.case_page.requirements.requirement_list import can_be_met, place_of_work
from cases.web.case_page.tab_names import Tab, tab_of
from cases.web.ordering.remedy import ORDER, ORDER_SCREENING, Offer, ordering, remedy
from cases.workflows.casework.waiting import Wait


@dataclass(frozen=True)
class NextStep:
    """A sentence and where it leads; `takes` if it is a button that takes the case. `address` '': nowhere."""

    text: str
    label: str = ""
    address: str = ""
    takes: bool = False


@dataclass(frozen=True)
class Age:
    """When what one reads was captured, and whether that is long ago."""

    at: datetime.datetime
    days: int
    is_old: bool


def age(page: CasePage) -> Age | None:
    """How old the capture that is read is; None while nothing is captured."""
    if not page.reading.is_captured or page.read_at is None:
        return None
    since = page.now - page.read_at
    return Age(
        page.read_at, max(0, since.days), since > datetime.timedelta(days=settings.RECENT_CAPTURE_DAYS)
    )


def next_step(page: CasePage) -> NextStep:
    """The first thing to do: what stands in the way comes first, then whose case it is, then what the result says."""
    return next(step for find in STEPS if (step := find(page)))


def _closed(page: CasePage) -> NextStep | None:
    if not page.case.is_closed:
        return None
    text = str(closed_words.closed(page.case))
    if page.case.is_decided:
        return NextStep(text, _("See the decision"), tab_address(page.case, Tab.DECISION))
    return NextStep(text)


def _proposal(page: CasePage) -> NextStep | None:
    """Lead to a proposal that waits for a second person, or was sent back."""
    tab = tab_address(page.case, Tab.DECISION)
    if page.proposal is not None:
        text = _("%(name)s proposed a decision; it waits for a second person.")
        label = _("Countersign it") if page.may_countersign else _("See it")
        return NextStep(text % {"name": page.proposal.by.name}, label, tab)
    if page.case.state == CaseState.SENT_BACK:
        return NextStep(_("The proposed decision was sent back."), _("See why"), tab)
    return None


def _recused(page: CasePage) -> NextStep | None:
    if not page.permits.is_recused:
        return None
    return NextStep(_("You are recused from this case: others go on with it."))


def _correct(page: CasePage) -> NextStep | None:
    if not page.is_unknown_number:
        return None
    text = _("Nothing is known under this number.")
    if page.permits.may_correct:
        return NextStep(text, _("Correct the number"), reverse("correct_number", args=[page.case.reference]))
    return NextStep(_("%(what)s Somebody who may order captures must correct it.") % {"what": text})


def _not_to_be_used(page: CasePage) -> NextStep | None:
    if page.reading.spoiled:
        text = _("The captured result cannot be shown; whoever runs the portal must look at it.")
        return NextStep(text, _("What was captured"), tab_address(page.case, Tab.DOCUMENTS) + page.query)
    session = page.read_session
    if page.reading.is_about_another and session is not None and session.earlier_number:
        text = _("This capture was ordered for an earlier number and counts for nothing.")
        return NextStep(text, _("Show the newest"), page.newest_address)
    if page.reading.is_about_another:
        return _after_another(page, _("The result is about another organisation and must not be used."))
    return None


def _after_another(page: CasePage, text: str) -> NextStep:
    if not page.permits.may_correct:
        return _order(page, text)
    return NextStep(text, _("Correct the number"), reverse("correct_number", args=[page.case.reference]))


def _decide(page: CasePage) -> NextStep | None:
    if page.newest is None or not page.newest.is_stuck:
        return None
    is_lost = page.newest.state == SessionState.UNKNOWN
    text = (
        _("The portal does not know whether its order was taken.")
        if is_lost
        else _("The portal had to stop.")
    )
    if page.permits.may_resolve:
        return NextStep(text, _("Resolve the order"), reverse("resolve_capture", args=[page.case.reference]))
    return NextStep(_("%(what)s Somebody who may order captures must resolve it.") % {"what": text})


def _wait_or_order(page: CasePage) -> NextStep | None:
    if page.newest is None:
        return _order(page, _("Nothing was ordered yet."))
    if page.awaited:
        text = f"{page.awaited.title}. {page.awaited.to_do}"
        return NextStep(text, _("How far it is"), "#capture")
    if page.reads_an_earlier_capture and page.chosen is not None:
        text = _("An earlier capture is shown; what was found since is in the newest.")
        return NextStep(text, _("Show the newest"), page.newest_address)
    if not page.reading.is_captured:
        return _mend(page, _("Capture %(number)d brought no result.") % {"number": page.newest.number})
    return None


def _waits(page: CasePage) -> NextStep | None:
    """Say what the case waits for, unless what was found is an alarm: that waits for nobody."""
    wait = Wait.of(page.case)
    if wait is None or page.summary.alarms:
        return None
    return NextStep(_("%(what)s. Go on as soon as it is there.") % {"what": wait.words})


def _take(page: CasePage) -> NextStep | None:
    if not page.permits.may_take:
        return None
    return NextStep(_("Nobody has this case yet."), _("Take it"), takes=True)


def _complete(page: CasePage) -> NextStep | None:
    if page.newest is None or page.newest.state not in {SessionState.PARTIAL, SessionState.FAILED}:
        return None
    if is_missing_again(page.newest, page.sessions):
        return None
    missing = sum(step.state != "captured" for step in page.progress.steps) if page.progress else 0
    text = ngettext(
        "%(count)d of the results ordered did not come.",
        "%(count)d of the results ordered did not come.",
        missing,
    )
    return _mend(page, text % {"count": missing})


def _grave(page: CasePage) -> NextStep | None:
    if not page.summary.alarms:
        return None
    first = page.summary.alarms[0]
    if first.code == "screening_not_requested":
        return _order(page, str(first.text), ORDER_SCREENING)
    if tab_of(first.rests_on) == Tab.SCREENING and (again := _follow_up(page)):
        return again
    return NextStep(
        _("Look into this first: %(warning)s") % {"warning": first.text},
        _("See it"),
        tab_address(page.case, tab_of(first.rests_on)) + page.query,
    )


def _follow_up(page: CasePage) -> NextStep | None:
    """Lead to a hit that was judged ‘cannot tell yet’ until a day that has come."""
    waiting = [
        judged.judgement
        for judged in page.reading.judged.by_fingerprint.values()
        if judged.stands and judged.judgement.verdict == JudgementVerdict.CANNOT_TELL
    ]
    today = timezone.localdate(page.now)
    due = [row for row in waiting if row.wake_up is not None and row.wake_up <= today]
    if not due:
        return None
    first = min(due, key=lambda row: (row.wake_up, row.pk))
    text = _("Follow up: %(who)s. The hit on %(name)s was left open until %(day)s.")
    day = date_words(first.wake_up) if first.wake_up else ""
    values = {"who": first.contacted or first.by.name, "name": first.hit.name, "day": day}
    return NextStep(text % values, _("Look at the hit"), tab_address(page.case, Tab.SCREENING) + page.query)


def _judge(page: CasePage) -> NextStep | None:
    if again := _follow_up(page):
        return again
    hits = page.reading.result.screening.open_hits
    if not hits:
        return None
    waits = ngettext("%(hits)s waits to be judged", "%(hits)s wait to be judged", len(hits))
    text = waits % {"hits": page.open_hits.each}
    if hits[0].on_scale is not None:
        likeliest = {"match": hits[0].on_scale, "top": TOP_OF_SCALE}
        text = (
            f"{text}{_(', the likeliest at %(match)d of %(top)d') % likeliest}"
            if len(hits) > 1
            else (f"{text}{_(', at %(match)d of %(top)d') % likeliest}")
        )
    return NextStep(f"{text}.", _("Look at the hits"), tab_address(page.case, Tab.SCREENING) + page.query)


def _renew(page: CasePage) -> NextStep | None:
    found = age(page)
    if found is None or not found.is_old:
        return None
    return _order(page, _("What is read here is %(days)d days old.") % {"days": found.days})


def _requirement(page: CasePage) -> NextStep | None:
    """Lead to the first open requirement that somebody can do something about."""
    if page.requirements is None:
        return None
    count = len(page.requirements.open)
    first = next((status for status in page.requirements.open if can_be_met(status)), None)
    if first is None:
        return None
    if first.required.check in BY_DECISION:
        return _decision(page, place_of_work(page.case, first))
    text = ngettext(
        "%(count)d requirement is open. Go on with: %(title)s.",
        "%(count)d requirements are open. Go on with: %(title)s.",
        count,
    )
    values = {"count": count, "title": first.required.title}
    label = _("Do it") if page.permits.may_meet else _("See it")
    return NextStep(text % values, label, place_of_work(page.case, first))


def _decision(page: CasePage, where: str) -> NextStep:
    """Lead to the decision, which alone is open; say so where one was proposed that is void."""
    newest = page.case.decisions.order_by("-number").first()
    text = _("Nothing is open but the decision.")
    if newest is not None and newest.is_void:
        text = _("The proposed decision is void: what it rests on changed. Nothing else is open.")
    return NextStep(text, _("Propose it") if page.permits.may_propose else _("See it"), where)


def _read_points(page: CasePage) -> NextStep:
    count = len(page.summary.cautions)
    text = ngettext("There is %(count)d point to check.", "There are %(count)d points to check.", count)
    return NextStep(text % {"count": count}, _("Read them"), "#points-to-check")


def _mend(page: CasePage, text: str) -> NextStep:
    """Lead to what helps the newest capture: to poll again, or to order what did not come."""
    found = remedy(page.case, page.newest) if page.permits.may_order else None
    return NextStep(text, str(found.label), found.address) if found else _order(page, text)


def _order(page: CasePage, text: str, offer: Offer = ORDER) -> NextStep:
    """Lead to ordering; if the person may not order, say that a capture is under way, or who must order one."""
    if page.permits.may_order:
        found = ordering(page.case, offer)
        return NextStep(text, str(found.label), found.address)
    if page.newest is not None and page.newest.is_active:
        return NextStep(text, _("A new capture is under way"), "#capture")
    return NextStep(_("%(what)s Somebody who may order captures must order one.") % {"what": text})


STEPS: tuple[Callable[[CasePage], NextStep | None], ...] = (
    _closed,
    _recused,
    _proposal,
    _not_to_be_used,
    _decide,
    _correct,
    _waits,
    _take,
    _wait_or_order,
    _grave,
    _complete,
    _judge,
    _renew,
    _requirement,
    _read_points,
)

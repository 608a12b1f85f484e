"""Six verdicts on a capture. 'In order' is earned by named facts; what is unread, unasked, failed or awaited is not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.authority.signing_rules import Doubt
from cases.findings.captures.documents import Arrival, Signed, named
from cases.findings.captures.evidence import Evidence
from cases.findings.result import Result
from cases.findings.screening.chapter import Disposition, Screening
from cases.findings.screening.hit import Hit
from cases.findings.screening.pep_lists import not_searched_for_pep, of_any_list
from cases.findings.untold import is_stated
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.presence import WORDS, Kind, Nothing, did_come
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words


class State(StrEnum):
    """What a verdict comes to."""

    IN_ORDER = "in_order"
    POINTS_TO_CHECK = "points_to_check"
    ALARM = "alarm"
    NOT_DONE = "not_done"
    CANNOT_BE_KNOWN = "cannot_be_known"

    @property
    def words(self) -> Words:
        """The verdict as a reader sees it."""
        return STATES[self]


STATES: dict[State, Words] = {
    State.IN_ORDER: _("In order"),
    State.POINTS_TO_CHECK: _("Points to check"),
    State.ALARM: _("Alarm"),
    State.NOT_DONE: _("Not done"),
    State.CANNOT_BE_KNOWN: _("Cannot be known from this provider"),
}
TOPICS: dict[Topic, Words] = {
    Topic.IDENTITY: _("Identity"),
    Topic.OWNERS: _("Owners"),
    Topic.AUTHORITY: _("Authority"),
    Topic.SANCTIONS: _("Sanctions"),
    Topic.PEP: _("PEP"),
    Topic.DOCUMENTS: _("Documents"),
}
# Alarms that say that nothing was done, and no more.
OF_ABSENCE = {"screening_not_requested", "screening_not_possible"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the six verdicts; `because` says by which facts, the gravest first.

    `has_alarm`: an alarm bears on it, also where its state says that nothing was done; `alarm_code`: the gravest.
    """

    topic: Topic
    state: State
    because: tuple[Words, ...]
    has_alarm: bool = False
    alarm_code: str = ""

    @property
    def title(self) -> Words:
        """What it is about."""
        return TOPICS[self.topic]

    @property
    def words(self) -> Words:
        """The state as a reader sees it."""
        return self.state.words


@dataclass(frozen=True, slots=True)
class _Found:
    """What a topic rests on. `facts` speak for it; what speaks against it, or is lacking, is warned of (untold.py).

    `not_done` and `unknowable` say why there is nothing to judge.
    """

    facts: tuple[Words, ...] = ()
    not_done: tuple[Words, ...] = ()
    unknowable: tuple[Words, ...] = ()


def verdicts(result: Result, evidence: Evidence, cautions: Iterable[Caution]) -> tuple[Verdict, ...]:
    """Give the six verdicts, in the order of the chips. `cautions` are those of the result and of its documents."""
    by_topic: dict[Topic, list[Caution]] = {}
    for caution in cautions:
        by_topic.setdefault(caution.topic, []).append(caution)
    return tuple(
        _verdict(topic, check(result, evidence), by_topic.get(topic, [])) for topic, check in CHECKS.items()
    )


def _verdict(topic: Topic, found: _Found, cautions: list[Caution]) -> Verdict:
    verdict = _judged(topic, found, cautions)
    alarms = [caution.code for caution in cautions if caution.is_alarm]
    return replace(verdict, has_alarm=bool(alarms), alarm_code=alarms[0] if alarms else "")


def _judged(topic: Topic, found: _Found, cautions: list[Caution]) -> Verdict:
    alarms = [caution for caution in cautions if caution.is_alarm]
    warned = [caution.words for caution in cautions]
    if any(alarm.code not in OF_ABSENCE for alarm in alarms):
        return _because(topic, State.ALARM, warned, found.not_done, found.facts)
    if found.not_done:
        absent = [alarm.words for alarm in alarms]
        return _because(topic, State.NOT_DONE, absent, found.not_done, found.facts, warned)
    if found.unknowable:
        return _because(topic, State.CANNOT_BE_KNOWN, found.unknowable, found.facts)
    if warned or not found.facts:
        return _because(topic, State.POINTS_TO_CHECK, warned, found.facts)
    return _because(topic, State.IN_ORDER, found.facts)


def _because(topic: Topic, state: State, *why: Iterable[Words]) -> Verdict:
    each_once = {str(words): words for part in why for words in part}
    return Verdict(topic, state, tuple(each_once.values()))


def _absent(result: Result, *parts: Nothing | None) -> _Found | None:
    """What follows when none of these parts of a result is there; None if one came, be it empty.

    One that failed in a result that came is warned of; where no result came, nothing was done.
    """
    if any(map(did_come, parts)):
        return None
    if result.came and any(part and part.kind is Kind.FAILED for part in parts):
        return _Found()
    return _Found(not_done=tuple(_absent_words(part) for part in parts if part))


def _absent_words(nothing: Nothing) -> Words:
    return ABSENT.get(nothing.kind, nothing.words)


ABSENT: dict[Kind, Words] = {
    Kind.NOT_REQUESTED: _("Not ordered with this capture"),
    Kind.WAITING: _("The result is awaited"),
    Kind.NOT_SENT: _("Order not sent yet"),
    Kind.NOT_CONFIRMED: _("Order not confirmed"),
    Kind.STOPPED: _("Order stopped"),
    Kind.EXPIRED: _("Expired before capture"),
    Kind.NUMBER_UNKNOWN: WORDS[Kind.NUMBER_UNKNOWN],
    Kind.ORDER_REFUSED: WORDS[Kind.ORDER_REFUSED],
}


NO_SESSION: dict[Arrival, Words] = {
    Arrival.NOT_SENT: ABSENT[Kind.NOT_SENT],
    Arrival.NOT_CONFIRMED: ABSENT[Kind.NOT_CONFIRMED],
    Arrival.STOPPED: ABSENT[Kind.STOPPED],
}


# --- One topic at a time ---


def _identity(result: Result, evidence: Evidence) -> _Found:
    company = result.company
    if absent := _absent(result, company.nothing):
        return absent
    facts: list[Words] = [status.text for status in company.statuses if is_stated(status)][:2]
    if not evidence.ordered:
        facts.append(_("Not held against an order"))
    elif evidence.about_us:
        facts.append(_("Number as ordered"))
    return _Found(facts=(*facts, *_registered(result)))


def _registered(result: Result) -> tuple[Words, ...]:
    source = result.company.source.names
    return (_("Source: %(register)s") % {"register": source[0].text},) if source else ()


def _owners(result: Result, _evidence: Evidence) -> _Found:
    owned = result.ownership
    if absent := _absent(result, owned.beneficials_nothing, owned.shareholders_nothing):
        return absent
    facts: list[Words] = []
    if count := len(owned.beneficial_owners):
        named_owners = ngettext_lazy("%(n)d beneficial owner", "%(n)d beneficial owners", "n")
        facts.append(named_owners % {"n": count})
    if owned.shareholders and owned.unexplained == 0 and not owned.nameless:
        facts.append(_("All shares explained"))
    return _Found(tuple(facts))


def _authority(result: Result, _evidence: Evidence) -> _Found:
    authorities = result.authorities
    if absent := _absent(result, authorities.nothing):
        return absent
    rule, procuration = authorities.signature, authorities.procuration
    none_set = (_("No procuration set"),) if procuration and procuration.doubt is Doubt.NO_PROCURATION else ()
    if rule is None or not rule.is_conclusive:
        return _Found(none_set)
    ways = ngettext_lazy("%(n)d way to sign", "%(n)d ways to sign", "n") % {"n": len(rule.options or ())}
    return _Found(facts=(_("Right to sign is conclusive"), ways, *none_set))


def _no_hits(evidence: Evidence) -> Words:
    """Say ‘No hits’, with the day of the screening if it is of an earlier capture."""
    if evidence.screened_on is None:
        return _("No hits")
    return _("No hits (%(day)s)") % {"day": date_words(evidence.screened_on)}


def _judged_hits(screening: Screening, hits: tuple[Hit, ...]) -> tuple[Words, ...]:
    """Say how many of these hits were judged, and not to be the same, if all of them were."""
    cleared = [hit for hit in hits if screening.disposition(hit) is Disposition.CLEARED]
    if not cleared or len(cleared) < len(hits):
        return ()
    words = ngettext_lazy("%(n)d hit, judged and cleared", "%(n)d hits, all judged and cleared", "n")
    return (words % {"n": len(cleared)},)


def _sanctions(result: Result, evidence: Evidence) -> _Found:
    screening = result.screening
    if absent := _absent(result, screening.nothing):
        return absent
    facts: list[Words] = []
    if screening.is_clear:
        facts.append(_no_hits(evidence))
    elif screening.pep_hits and not screening.sanctions_hits:
        facts.append(_("No hit of a sanctions list is listed"))
    facts += _judged_hits(screening, screening.sanctions_hits)
    if screening.lists:
        facts.append(", ".join(str(name.text) for name in screening.lists))
    return _Found(tuple(facts))


def _pep(result: Result, evidence: Evidence) -> _Found:
    screening = result.screening
    if screening.nothing and not screening.came:
        return _Found(not_done=(_absent_words(screening.nothing),))
    lists = (
        (", ".join(str(pep_list.text) for pep_list in screening.pep_lists),) if screening.pep_lists else ()
    )
    if screening.pep_hits:
        return _Found((*_judged_hits(screening, screening.pep_hits), *lists))
    if reason := not_searched_for_pep(screening):
        return _Found(unknowable=(reason, _("Ask, or search elsewhere")))
    if of_any_list(screening):
        return _Found(lists)
    none: Words = _no_hits(evidence) if screening.is_clear else _("No hit of these lists is listed")
    return _Found((none, *lists))


def _documents(_result: Result, evidence: Evidence) -> _Found:
    if evidence.documents is None:
        return _Found(not_done=(_("Only the JSON result was given"),))
    pdfs = [document for document in evidence.documents if document.is_pdf]
    if not pdfs:
        return _Found(not_done=(_("No documents were ordered"),))
    captured = [document for document in evidence.documents if document.is_captured]
    count = {"captured": len(captured), "all": len(evidence.documents)}
    facts: list[Words] = [_("%(captured)d of %(all)d captured") % count]
    of_order = next(
        (NO_SESSION[document.arrival] for document in evidence.documents if document.arrival in NO_SESSION),
        None,
    )
    awaited = [document for document in evidence.documents if document.arrival is Arrival.AWAITED]
    if all(pdf.signed is Signed.VERIFIED for pdf in pdfs):
        facts.append(_("Signatures verified"))
    return _Found(
        facts=tuple(facts),
        not_done=(
            *((of_order,) if of_order else ()),
            *((_("%(documents)s awaited") % {"documents": named(awaited)},) if awaited else ()),
        ),
    )


CHECKS: Mapping[Topic, Callable[[Result, Evidence], _Found]] = {
    Topic.IDENTITY: _identity,
    Topic.OWNERS: _owners,
    Topic.AUTHORITY: _authority,
    Topic.SANCTIONS: _sanctions,
    Topic.PEP: _pep,
    Topic.DOCUMENTS: _documents,
}

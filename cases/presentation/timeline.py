"""The audit trail as sentences: who did what, to what, from what to what, and why."""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.findings.vocabulary import durations
from cases.findings.vocabulary.moments import moment_words
from cases.findings.vocabulary.wording import Words
from cases.models import (
    ArtefactKind,
    ArtefactState,
    AuditEvent,
    CaseState,
    DecisionOutcome,
    DecisionReason,
    JudgementVerdict,
    OwnerConclusionWord,
    OwnerGround,
    PartyOutcomeWord,
    PolicyKind,
    ReportState,
    SearchTopicWord,
    SessionState,
    StatementKind,
    Verb,
    Verdict,
)
from cases.models.audit.event import PORTAL
from cases.models.audit.subject import EventSubject, SubjectKind
from cases.models.capture import languages
from cases.models.people import roles
from cases.models.reasons import sentence
from cases.presentation.event_kinds import ICONS, EventKind, row_of

# What turned out so badly that it is said as loudly as what went wrong.
LOUD_VERDICTS = {Verdict.ALTERED, Verdict.NOT_A_PDF}
# What an event is about, and which states its kind of thing can be in. The case itself needs no word.
SUBJECT_WORDS: dict[SubjectKind, Words] = {
    SubjectKind.CASE: "",
    SubjectKind.CASES: "",
    SubjectKind.SESSION: gettext_lazy("capture %(number)s"),
    SubjectKind.REPORT: gettext_lazy("report %(number)s"),
    SubjectKind.PERSON: gettext_lazy("person %(number)s"),
    SubjectKind.EVENT: gettext_lazy("event %(number)s"),
    # Their facts say which.
    SubjectKind.HIT: "",
    SubjectKind.ATTACHMENT: gettext_lazy("attachment %(number)s"),
    SubjectKind.POLICY: "",
    # Of another stream than any timeline shows.
    SubjectKind.SUSPICION: "",
}
STATES: dict[SubjectKind, type[TextChoices]] = {
    SubjectKind.CASE: CaseState,
    SubjectKind.SESSION: SessionState,
    SubjectKind.REPORT: ReportState,
}


@dataclass(frozen=True)
class TimelineEntry:
    """One event. `actor` is None when the law erased it; `facts` are said after the sentence; `text` is a comment's."""

    event: AuditEvent
    kind: EventKind
    actor: str | None
    verb: Words
    subject: str
    was: str
    now: str
    facts: tuple[str, ...]
    text: str = ""
    is_loud: bool = False

    @property
    def icon(self) -> str:
        return "triangle-alert" if self.is_loud else ICONS[self.kind]

    @property
    def has_long_facts(self) -> bool:
        """Are its facts whole sentences, each to be read on a line of its own?"""
        return self.event.verb == Verb.SIGNERS_CHECKED

    @property
    def short_facts(self) -> tuple[str, ...]:
        """The facts that stand beside each other on one line."""
        return () if self.has_long_facts else self.facts

    @property
    def erased_words(self) -> Words:
        """The sentence that the law had the details of the event erased; '' if they were not."""
        if not self.is_erased:
            return ""
        if self.kind is EventKind.COMMENTS:
            return _("The comment was erased under the law.")
        return _("The details were erased under the law.")

    @property
    def has_particulars(self) -> bool:
        """Is there a line to be read under its sentence?"""
        return bool(self.short_facts or self.event.rests_on or self.is_erased)

    @property
    def is_by_portal(self) -> bool:
        return self.event.actor_id is None

    @property
    def is_erased(self) -> bool:
        return self.event.detail.erased_at is not None


def entry_of(event: AuditEvent) -> TimelineEntry:
    """Describe an event whose detail was fetched with it."""
    row = row_of(event.verb)
    detail = _detail(event)
    actor = detail.pop("actor", None)
    if actor is None and event.actor_id is None:
        actor = PORTAL
    text = str(detail.pop("text", "")) if event.verb == Verb.COMMENTED else ""
    was, now = (_state(event.subject, detail.pop(word, "")) for word in ("was", "now"))
    return TimelineEntry(
        event=event,
        kind=row.kind,
        actor=actor,
        verb=verb_words(event.verb),
        subject=_subject(event, str(detail.pop("person", ""))),
        was=was if was != now else "",
        now=now if was and was != now else "",
        facts=tuple(_facts(detail)),
        text=text,
        is_loud=row.is_loud or _turned_out_badly(detail),
    )


def verb_words(verb: str) -> Words:
    """A verb in words, the middle of the sentence; the verb itself if a newer version recorded it."""
    return Verb(verb).label if verb in Verb.values else verb


def _subject(event: AuditEvent, person: str) -> str:
    """What an event is about; '' for who did something to themselves. `person` is the name that the detail gives."""
    is_own = event.actor_id is not None and event.subject == str(EventSubject.person(event.actor_id))
    return "" if is_own else person or subject(event.subject)


def _turned_out_badly(detail: dict[str, Any]) -> bool:
    """Is what was captured or checked not to be used?"""
    return bool(detail.get("verdict") in LOUD_VERDICTS or detail.get("unreadable") or detail.get("about"))


def subject(text: str) -> str:
    """What changed, in words: 'AML report of capture 2', 'report 3', 'event 4'; '' for the case itself, or for all."""
    found = EventSubject.parse(text)
    if found is None:
        return text
    if found.part:
        return _("%(kind)s of capture %(number)s") % {"kind": kind_words(found.part), "number": found.number}
    return str(SUBJECT_WORDS[found.kind]) % {"number": found.number}


def kind_words(kind: str) -> str:
    return str(ArtefactKind(kind).label) if kind in ArtefactKind.values else kind


def _detail(event: AuditEvent) -> dict[str, Any]:
    if event.detail.erased_at is not None:
        return {}
    found: dict[str, Any] = json.loads(event.detail.body)
    return found


def _state(subject: str, word: str) -> str:
    """The label of a state that was kept as its word; a word of no state is said as it is."""
    found = EventSubject.parse(subject)
    kind = found.kind if found else SubjectKind.CASE
    states = ArtefactState if found and found.part else STATES.get(kind, CaseState)
    return str(states(word).label) if word in states.values else word


def _verdict(word: str) -> str:
    return str(Verdict(word).label) if word in Verdict.values else word


def _pages(number: int) -> str:
    return ngettext("%(n)d page", "%(n)d pages", number) % {"n": number}


def _cases(number: int) -> str:
    return ngettext("%(n)d case", "%(n)d cases", number) % {"n": number}


def _role_words(words: str) -> str:
    names = {**roles.NAMES, **roles.FURTHER}
    return ", ".join(str(names.get(word, word)) for word in words.split(", ")) if words else ""


def _named(title: Words) -> Callable[[Any], str]:
    """Make a function that says a fact after its title; of a list, every value."""

    def said(value: Any) -> str:
        return f"{title}: {'; '.join(map(str, value)) if isinstance(value, list) else value}"

    return said


def _changed(title: Words, words: Callable[[str], str] = str) -> Callable[[Any], str]:
    """Make a function that says from what to what a value was changed, or what it is if there was none before."""

    def said(pair: Any) -> str:
        if isinstance(pair, str):
            return _named(title)(words(pair))
        was, now = (words(word) or _("none") for word in pair)
        return _("%(title)s: %(was)s → %(now)s") % {"title": title, "was": was, "now": now}

    return said


def _day(word: str) -> str:
    return date_format(datetime.date.fromisoformat(word), "j M Y") if word else ""


def _since(moment: str) -> str:
    at = moment_words(datetime.datetime.fromisoformat(moment), "j M Y, H:i")
    return _("changed %(at)s") % {"at": at}


# How each fact of an event's detail is said, in the order in which facts are said.
FACTS: dict[str, Callable[[Any], str]] = {
    "words": lambda words: _("“%(text)s”") % {"text": words},
    "shown": _cases,
    "more": lambda _more: _("and more than are listed"),
    "username": _changed(gettext_lazy("Signs in as")),
    "name": _changed(gettext_lazy("Name")),
    "email": _changed(gettext_lazy("E-mail")),
    "roles": _changed(gettext_lazy("Roles"), _role_words),
    "since": _since,
    "assignee": lambda name: _("assigned to %(name)s") % {"name": name},
    "assignee_was": lambda name: _("before: %(name)s") % {"name": name},
    "number": _changed(gettext_lazy("Number")),
    "due": _changed(gettext_lazy("Due"), _day),
    "customer_reference": _changed(gettext_lazy("Customer reference")),
    "purpose": _changed(gettext_lazy("Purpose")),
    "waits_for": _named(gettext_lazy("Waits for")),
    "until": lambda day: _("until %(day)s") % {"day": _day(day)},
    "withdrawn_reason": _named(gettext_lazy("Reason")),
    "recused_reason": _named(gettext_lazy("Reason")),
    "erased_reason": _named(gettext_lazy("Reason")),
    "again_reason": _named(gettext_lazy("Why another order")),
    "also_of": _named(gettext_lazy("Also of")),
    "attempt": lambda number: _("attempt %(number)s") % {"number": number},
    "organisation": str,
    "results": lambda kinds: ", ".join(kind_words(kind) for kind in kinds),
    "language": lambda word: _("in %(language)s") % {"language": languages.name(word)},
    "verdict": _verdict,
    "reason": sentence,
    "unreadable": sentence,
    "about": lambda _word: _("about another organisation"),
    "policy": lambda word: str(PolicyKind(word).label) if word in PolicyKind.values else word,
    "version": lambda number: _("version %(number)s") % {"number": number},
    "policy_reason": _named(gettext_lazy("Reason")),
    "file_name": str,
    "concluded_on": str,
    "concluded": lambda word: (
        str(OwnerConclusionWord(word).label) if word in OwnerConclusionWord.values else word
    ),
    "ground": lambda word: str(OwnerGround(word).label) if word in OwnerGround.values else word,
    "searched_for": lambda word: str(SearchTopicWord(word).label) if word in SearchTopicWord.values else word,
    "searched_found": lambda word: (
        str(PartyOutcomeWord(word).label) if word in PartyOutcomeWord.values else word
    ),
    "searched_parties": _named(gettext_lazy("Searched")),
    "searched_in": _named(gettext_lazy("Where")),
    "searched_lists": _named(gettext_lazy("Lists")),
    "searched_on": lambda day: _("on %(day)s") % {"day": _day(day)},
    "moved_from": lambda title: _("from %(title)s") % {"title": title},
    "moved_to": lambda title: _("to %(title)s") % {"title": title},
    "requirement": str,
    "outcome": lambda word: str(DecisionOutcome(word).label) if word in DecisionOutcome.values else word,
    "decision_reason": lambda word: (
        str(DecisionReason(word).label) if word in DecisionReason.values else word
    ),
    "proposed_by": lambda name: _("proposed by %(name)s") % {"name": name},
    "conditions": _named(gettext_lazy("Conditions")),
    "next_review": lambda day: _("next review on %(day)s") % {"day": _day(day)},
    "superior_because": _named(gettext_lazy("A superior must countersign it")),
    "void_because": _named(gettext_lazy("Changed")),
    "reopened_reason": _named(gettext_lazy("Reason")),
    "digest": lambda digest: _("digest %(digest)s") % {"digest": digest},
    "stated": lambda word: str(StatementKind(word).label) if word in StatementKind.values else word,
    "answers": "; ".join,
    "class_set": str,
    "set_by": lambda name: _("set by %(name)s") % {"name": name},
    "hit": str,
    "list": str,
    "judged": lambda word: str(JudgementVerdict(word).label) if word in JudgementVerdict.values else word,
    "judged_because": _named(gettext_lazy("Because")),
    "rationale": _named(gettext_lazy("In their words")),
    "particulars": _named(gettext_lazy("Rests on")),
    "contacted": _named(gettext_lazy("Asked")),
    "wake_up": lambda day: _("to be looked at again on %(day)s") % {"day": _day(day)},
    "expires_on": lambda day: _("holds until %(day)s") % {"day": _day(day)},
    "second_because": _named(gettext_lazy("A second person confirms it")),
    "second_words": _named(gettext_lazy("In their words")),
    "judged_by": lambda name: _("judged by %(name)s") % {"name": name},
    "reopened": _named(gettext_lazy("Because")),
    "hits_new": lambda number: _("%(number)s new") % {"number": number},
    "hits_known": lambda number: _("%(number)s known before") % {"number": number},
    "seconds": lambda seconds: _("%(span)s after it was ready") % {"span": durations.took(seconds)},
    "pages": _pages,
    "size": filesizeformat,
    "signed": _named(gettext_lazy("Signed by")),
    "signature_right": _named(gettext_lazy("Signature right")),
    "signature_rule": _named(gettext_lazy("The rule’s words")),
    "procuration": _named(gettext_lazy("Power of procuration")),
    "procuration_rule": _named(gettext_lazy("The rule’s words")),
}
# Facts left unsaid: said where the document is shown; for verify_audit (workflows/audit/recorded_columns.py,
# and the seal of a note of suspicion, of which no reader learns).
UNTOLD = {"explanation", "row", "sealed"}
_ORDER = {name: place for place, name in enumerate(FACTS)}


def _facts(detail: dict[str, Any]) -> Iterator[str]:
    """What else is known of an event; a fact this version does not know is said as it is, after the others."""
    for name, value in sorted(detail.items(), key=lambda fact: _ORDER.get(fact[0], len(_ORDER))):
        if value not in (None, "", []) and name not in UNTOLD:
            yield FACTS[name](value) if name in FACTS else f"{name}: {value}"

"""Which kind of nothing holds at a place of a result, decided here alone (contract §7)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.sections import section_at
from cases.findings.vocabulary.wording import Words
from cases.provider.contract import Contract
from cases.provider.result.bounds import concerns
from cases.provider.result.coverage import State, state
from cases.provider.result.wire import Organization, cut_of

DOCUMENTED = Contract()


class Capture(StrEnum):
    """What became of the JSON result; NOT_ORDERED: there is no order that could bring one."""

    NOT_ORDERED = "not_ordered"
    CAPTURED = "captured"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    EXPIRED = "expired"
    WAITING = "waiting"
    NOT_SENT = "not_sent"
    NOT_CONFIRMED = "not_confirmed"
    STOPPED = "stopped"
    NUMBER_UNKNOWN = "number_unknown"
    ORDER_REFUSED = "order_refused"


@dataclass(frozen=True, slots=True)
class OrderedParts:
    """What a session was ordered with, in the provider's words (`contract`), and how its capture ended."""

    expands: tuple[str, ...]
    reports: tuple[str, ...]
    scopes: tuple[str, ...]
    capture: str = Capture.CAPTURED
    reason: str = ""
    contract: Contract = DOCUMENTED


class Kind(StrEnum):
    """The kinds of nothing; each is a different statement."""

    NOTHING_FOUND = "nothing_found"
    NOT_REQUESTED = "not_requested"
    FAILED = "failed"
    EXPIRED = "expired"
    WAITING = "waiting"
    # There is no session at the provider yet; nobody knows whether there is one; the work on it was stopped.
    NOT_SENT = "not_sent"
    NOT_CONFIRMED = "not_confirmed"
    STOPPED = "stopped"
    # The provider refused the order, because of its number or otherwise: nobody can have been searched.
    NUMBER_UNKNOWN = "number_unknown"
    ORDER_REFUSED = "order_refused"

    @property
    def may_come(self) -> bool:
        """May what is missing still come later?"""
        return self in {Kind.WAITING, Kind.NOT_SENT, Kind.NOT_CONFIRMED, Kind.STOPPED}


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is nothing at a place; `reason` only says how it failed."""

    kind: Kind
    reason: Words = ""

    @property
    def words(self) -> Words:
        """The statement as a reader sees it."""
        if self.kind is Kind.FAILED and self.reason:
            return _("Failed: %(reason)s") % {"reason": self.reason}
        return WORDS[self.kind]


def did_come(nothing: Nothing | None) -> bool:
    """Did what stands at a place come, be it empty?"""
    return nothing is None or nothing.kind is Kind.NOTHING_FOUND


def came_empty(nothing: Nothing | None) -> bool:
    """Did it come, and hold nothing?"""
    return nothing is not None and nothing.kind is Kind.NOTHING_FOUND


WORDS: dict[Kind, Words] = {
    Kind.NOTHING_FOUND: _("Searched, nothing found"),
    Kind.NOT_REQUESTED: _("Not ordered"),
    Kind.FAILED: _("Failed"),
    Kind.EXPIRED: _("Expired before capture"),
    Kind.WAITING: _("Awaited from the provider"),
    Kind.NOT_SENT: _("Order not sent yet"),
    Kind.NOT_CONFIRMED: _("Order not confirmed"),
    Kind.STOPPED: _("Order stopped"),
    Kind.NUMBER_UNKNOWN: _("No order was taken under this number"),
    Kind.ORDER_REFUSED: _("The order was refused"),
}
NOT_DELIVERED = _("not delivered by the provider")
OTHER_FORM = _("came in a form that cannot be read; see ‘As it came’")
NOT_TAKEN_UP = _("the result holds more than can be taken up")
NOT_READABLE = _("captured, not readable")

NOT_THERE = {State.NULL, State.ABSENT}


class Presence:
    """Says for one document which kind of nothing is at a place; None means that something is there."""

    def __init__(self, ordered: OrderedParts, document: dict[str, Any] | None, read: Organization) -> None:
        self.ordered = ordered
        self.document = document
        self.read = read
        self.cut = cut_of(document)

    def nothing_at(self, place: str) -> Nothing | None:
        """Give the kind of nothing at a dotted path of present names, such as `ownership.shareholders`."""
        if self.document is None:
            return self._not_captured() if self._was_ordered(place) else Nothing(Kind.NOT_REQUESTED)
        found = state(self.document, self.read, place)
        if found is State.VALUE or (found in NOT_THERE and self._may_be_lacking(place)):
            return None
        if found is State.UNREADABLE:
            return Nothing(Kind.FAILED, OTHER_FORM)
        if found is State.EMPTY and (self._was_ordered(place) or self._came(place)):
            return Nothing(Kind.NOTHING_FOUND)
        is_cut = concerns(self.cut, place.partition(".")[0])
        if is_cut or self._was_ordered(place):
            return Nothing(Kind.FAILED, NOT_TAKEN_UP if is_cut else NOT_DELIVERED)
        return Nothing(Kind.NOT_REQUESTED)

    def element_at(self, place: str) -> Nothing | None:
        """Give an element's kind of nothing; None also if it is not stated, which is no kind of nothing.

        Nobody asks for single elements, and which of them come differs from country to country. But one that came
        empty says that nothing was found, and one in another form is not silence.
        """
        if self.document is None:
            return None
        match state(self.document, self.read, place):
            case State.EMPTY:
                return Nothing(Kind.NOTHING_FOUND)
            case State.UNREADABLE:
                return Nothing(Kind.FAILED, OTHER_FORM)
            case _:
                return None

    def elements_of(self, chapter: str, *names: str) -> dict[str, Nothing]:
        """Give the kind of nothing of several elements of a chapter, without those that are there or not stated."""
        found = {name: self.element_at(f"{chapter}.{name}") for name in names}
        return {name: nothing for name, nothing in found.items() if nothing}

    def _was_ordered(self, place: str) -> bool:
        words = section_at(place).order_words
        return not words or any(word in self.ordered.expands for word in words)

    def _may_be_lacking(self, place: str) -> bool:
        """Is it an element that need not be there, of a result or a chapter that came?"""
        chapter = place.rpartition(".")[0]
        came = not chapter or state(self.document or {}, self.read, chapter) is State.VALUE
        return section_at(place).is_optional and self._was_ordered(place) and came

    def _came(self, place: str) -> bool:
        """Did the node itself come, not merely an empty one around it?"""
        parent, _dot, _name = place.rpartition(".")
        return not parent or state(self.document or {}, self.read, parent) is not State.EMPTY

    def _not_captured(self) -> Nothing:
        match self.ordered.capture:
            case Capture.NOT_ORDERED:
                return Nothing(Kind.NOT_REQUESTED)
            case (
                Capture.WAITING
                | Capture.NOT_SENT
                | Capture.NOT_CONFIRMED
                | Capture.STOPPED
                | Capture.NUMBER_UNKNOWN
                | Capture.ORDER_REFUSED
                | Capture.EXPIRED
            ):
                return Nothing(Kind(self.ordered.capture))
            case Capture.FAILED:
                return Nothing(Kind.FAILED, self.ordered.reason)
            case _:
                return Nothing(Kind.FAILED, self.ordered.reason or NOT_READABLE)

"""The signatory check on the tab People and authority: who can be ticked, who is, and what follows."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.findings.authority.signatory_check import Answer, Person, check, people
from cases.findings.authority.signatory_sentences import answer_words, person_words
from cases.findings.authority.signing_rules import Rule
from cases.findings.untold import AUTHORITIES
from cases.models import Artefact
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.paging import ROWS, ListPage, Paging
from cases.workflows.casework.comments import SignersChecked

LIST = "people"


@dataclass(frozen=True)
class Answered:
    """What follows from the ticks for one of the two rules: signature right or procuration."""

    title: str | Promise
    rule: Rule | None
    answer: Answer


@dataclass
class Signing:
    """The form of the signatory check, with the people of a capture to tick and what follows from the ticks.

    `ticked` are keys of people; `has_answer`: is an answer asked for; `is_outdated`: was it filled in for another
    capture.
    """

    reading: CaptureReading
    ticked: frozenset[str] = frozenset()
    has_answer: bool = False
    is_outdated: bool = False
    wanted_page: str = ""
    submission: uuid.UUID = field(default_factory=uuid.uuid4)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        result = self.reading.result
        return people(result.roles, result.authorities, result.ownership)

    @property
    def is_possible(self) -> bool:
        """Is there a rule to hold signatures against, and anybody to tick?"""
        return not self.hindrance

    @property
    def hindrance(self) -> str | Promise:
        """Why nobody's signature can be held against a rule; '' if it can."""
        if not self.reading.is_readable:
            return _("There is no result that could be read.")
        if self.reading.is_about_another:
            return _("The result is about another organisation: its rules say nothing of this one.")
        if self.reading.result.authorities.nothing:
            return _("There is no rule to hold signatures against: see Authority to sign.")
        return "" if self.people else _("The result names nobody who could have signed.")

    @property
    def rules(self) -> Artefact | None:
        """The result that the rules to sign are from."""
        return self.reading.artefact_of(AUTHORITIES)

    @property
    def capture(self) -> str:
        """The captures whose people are ticked: the SHA-256 of their JSON."""
        return self.reading.mark

    @cached_property
    def list_page(self) -> ListPage:
        return Paging({LIST: self.wanted_page}).list_page(self.people, LIST)

    @cached_property
    def page(self) -> int:
        return (self.list_page.first - 1) // ROWS + 1

    @property
    def named(self) -> list[Person]:
        """The people on the page of the list that is shown whom a rule to sign names."""
        return [item for item in self.list_page.items if item.is_named]

    @property
    def others(self) -> list[Person]:
        return [item for item in self.list_page.items if not item.is_named]

    @cached_property
    def signed(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.key in self.ticked)

    @property
    def ticked_elsewhere(self) -> list[Person]:
        """The people who are ticked on another page of the list."""
        shown = {item.key for item in self.list_page.items}
        return [person for person in self.signed if person.key not in shown]

    @cached_property
    def answers(self) -> tuple[Answered, Answered]:
        authorities = self.reading.result.authorities
        keys = frozenset(person.key for person in self.signed)
        deceased = frozenset(person.key for person in self.people if person.is_deceased)
        signature, procuration = (
            check(rule, keys, deceased) for rule in (authorities.signature, authorities.procuration)
        )
        return (
            Answered(_("Signature right"), authorities.signature, signature),
            Answered(_("Power of procuration"), authorities.procuration, procuration),
        )

    def to_keep(self) -> SignersChecked:
        """The answer as it is kept, made anew from the capture."""
        assert self.rules is not None  # noqa: S101 (for the type checker)
        signature, procuration = self.answers
        return SignersChecked(
            artefact=self.rules,
            names=tuple(person_words(person) for person in self.signed),
            signature_right=answer_words(signature.answer),
            signature_rule=_words_of(signature.rule),
            procuration=answer_words(procuration.answer),
            procuration_rule=_words_of(procuration.rule),
        )


def sent(
    reading: CaptureReading,
    data: Mapping[str, str],
    ticked: Iterable[str],
    *,
    is_asked: bool = True,
    submission: uuid.UUID | None = None,
) -> Signing:
    """The form of the signatory check as somebody filled it in, with an answer if one `is_asked` for.

    For another capture it comes back without ticks: they may mean other people.
    """
    empty = Signing(reading)
    if not empty.is_possible or data.get("capture") != empty.capture:
        return Signing(reading, is_outdated=True)
    turned = data.get("turn", "")
    return Signing(
        reading,
        frozenset(ticked),
        has_answer=is_asked and not turned,
        wanted_page=turned or data.get("page", ""),
        submission=submission or uuid.uuid4(),
    )


def _words_of(rule: Rule | None) -> str:
    return (rule.description or "") if rule else ""

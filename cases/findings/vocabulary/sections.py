"""The sections of a result and the parts of a case in which they are read: the one table of each.

A section is what can be ordered, and can be lacking, by itself. Its order words are those of contract §2.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Wording, Words
from cases.provider.result.coverage import chapter_of


class Topic(StrEnum):
    """What a caution is about. Each but `FIGURES` has a verdict of its own (verdicts.py).

    FIGURES: what accounts say of the business, or that they were not delivered; no verdict rests on them.
    """

    IDENTITY = "identity"
    OWNERS = "owners"
    AUTHORITY = "authority"
    SANCTIONS = "sanctions"
    PEP = "pep"
    DOCUMENTS = "documents"
    FIGURES = "figures"


class Part(StrEnum):
    """The parts of a case, in the order in which they are read: its tabs, and the chapters of its report."""

    OVERVIEW = "overview"
    COMPANY = "company"
    OWNERSHIP = "ownership"
    PEOPLE = "people"
    SCREENING = "screening"
    FINANCIALS = "financials"
    DOCUMENTS = "documents"
    TIMELINE = "timeline"

    @property
    def words(self) -> Words:
        """What a reader calls it."""
        return PART_WORDS[self]


PART_WORDS: dict[Part, Words] = {
    Part.OVERVIEW: _("Overview"),
    Part.COMPANY: _("Company"),
    Part.OWNERSHIP: _("Ownership"),
    Part.PEOPLE: _("People and authority"),
    Part.SCREENING: _("Screening"),
    Part.FINANCIALS: _("Financials"),
    Part.DOCUMENTS: _("Documents"),
    Part.TIMELINE: _("Timeline"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the result.

    word: by which the portal names it, and an order asks for it unless `ordered_by` says otherwise
    title: what a reader calls it
    part: where it is read
    topic: what it is about, if a verdict or the figures of the business rest on it
    ordered_by: the words of an order that ask for it, if others than `word`; none if every result holds it
    at: its dotted path in the result, of present names, if another than `word`
    tick_title: what a person ticks to order it, if otherwise called
    is_of_parties: it names people or organisations that a screening may be about
    is_optional: many organisations have none, so that left out of what came, or null, it is 'not stated' and no failure
    """

    word: str
    title: Words
    part: Part
    topic: Topic | None
    ordered_by: tuple[str, ...] | None = None
    at: str = ""
    tick_title: Words = ""
    is_of_parties: bool = False
    is_optional: bool = False

    @property
    def order_words(self) -> tuple[str, ...]:
        """The words of an order that ask for it; none if nobody has to."""
        return (self.word,) if self.ordered_by is None else self.ordered_by

    @property
    def place(self) -> str:
        """Its dotted path in the result."""
        return self.at or self.word

    @property
    def chapter(self) -> str:
        """The first name of its path."""
        return self.place.partition(".")[0]

    @property
    def tick(self) -> Words:
        """What a person ticks to order it."""
        return self.tick_title or self.title


SCREENING = "sanction"
_p, _t = Part, Topic
# In the order in which they are told.
SECTIONS: dict[str, Section] = {
    section.word: section
    for section in (
        Section("keyInformation", _("Key information"), _p.COMPANY, _t.IDENTITY, ordered_by=()),
        Section(
            "keyInformation.lei",
            _("LEI"),
            _p.COMPANY,
            _t.IDENTITY,
            at="keyInformation.leiNumber",
            tick_title=_("Legal entity identifier (LEI)"),
            is_optional=True,
        ),
        Section("address", _("Addresses"), _p.COMPANY, _t.IDENTITY),
        Section("ownership.shareholders", _("Shareholders"), _p.OWNERSHIP, _t.OWNERS, is_of_parties=True),
        Section("ownership.beneficials", _("Beneficial owners"), _p.OWNERSHIP, _t.OWNERS, is_of_parties=True),
        Section("ownership.subsidiaries", _("Subsidiaries"), _p.OWNERSHIP, _t.OWNERS, is_of_parties=True),
        Section("ownership.indicators", _("Indicators of the structure"), _p.OWNERSHIP, _t.OWNERS),
        Section("roles", _("Roles"), _p.PEOPLE, _t.AUTHORITY, is_of_parties=True),
        Section(
            "authorities",
            _("Authority to sign"),
            _p.PEOPLE,
            _t.AUTHORITY,
            tick_title=_("Who can sign, and procuration"),
            is_of_parties=True,
        ),
        Section(
            SCREENING,
            _("Sanctions screening"),
            _p.SCREENING,
            _t.SANCTIONS,
            tick_title=_("Sanctions lists"),
        ),
        Section("financials.keyFigures", _("Key figures"), _p.FINANCIALS, _t.FIGURES),
        Section("financials.auditor", _("Auditor"), _p.FINANCIALS, _t.FIGURES),
        Section("financials.accountant", _("Accountant"), _p.FINANCIALS, _t.FIGURES),
        Section("financials.accounting", _("Accounts"), _p.FINANCIALS, _t.FIGURES),
        Section(
            "links",
            _("Links in the result"),
            _p.COMPANY,
            None,
            ordered_by=("links.reports.aml", "links.reports.certificate_of_incorporation"),
            is_optional=True,
        ),
    )
}
# What the cautions about the documents of a capture rest on; it is no place of the result.
DOCUMENTS = "documents"

# By chapter of the result: where it is read, and what it is about.
PARTS: dict[str, Part] = {section.chapter: section.part for section in SECTIONS.values()}
TOPICS: dict[str, Topic] = {section.chapter: section.topic for section in SECTIONS.values() if section.topic}
PARTS[DOCUMENTS], TOPICS[DOCUMENTS] = Part.DOCUMENTS, Topic.DOCUMENTS
# Those on which a verdict rests.
JUDGED_CHAPTERS = frozenset(chapter for chapter, topic in TOPICS.items() if topic is not Topic.FIGURES)


def part_of(place: str) -> Part:
    """Name the part of a case in which a place of the result is read."""
    return PARTS.get(chapter_of(place), Part.COMPANY)


def section_at(place: str) -> Section:
    """Find the section that a dotted path is of, or in; KeyError if none is."""
    for section in sorted(SECTIONS.values(), key=lambda section: len(section.place), reverse=True):
        if place == section.place or place.startswith(f"{section.place}."):
            return section
    raise KeyError(place)


WORDING = Wording({section.word: section.title for section in SECTIONS.values()})


def title_of(word: str) -> Words:
    """What a reader calls a section; a word that is none is told as it is."""
    return WORDING.of(word)

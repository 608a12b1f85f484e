"""What the tab Ownership shows of organisations that the result names: what is held on each, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.assessment.owners.listed import HitsOnPeople
from cases.findings.related.organisations import RelatedOrganisation, not_come, related_organisations
from cases.findings.vocabulary.formats import organisation_number
from cases.findings.vocabulary.wording import Words
from cases.presentation.held_capture import HeldCapture
from cases.presentation.paging import ListPage
from cases.provider.numbers.identifiers import Identifier, display
from cases.web.case_page.ownership.hit_tags import HitTag, hit_tags
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework.held_captures import held_captures

LIST = "related"  # the name of the list, in addresses
AT_ONCE, AT_FIRST = 40, 10  # organisations on a page, and those that are not folded


@dataclass(frozen=True)
class RelatedRow:
    """An organisation, what is held on it (None: nothing), and the hits on it in this case."""

    organisation: RelatedOrganisation
    held: HeldCapture | None
    hit_tags: Sequence[HitTag]

    @property
    def identifier(self) -> Identifier | None:
        return self.organisation.number.identifier

    @property
    def number_words(self) -> str:
        """Its number as people write it, with the country where that is known; '' if there is none."""
        if self.identifier is not None:
            return f"{self.identifier.country.upper()} {display(self.identifier)}"
        return next((organisation_number(number) for number in self.organisation.numbers), "")

    @property
    def why_not_asked(self) -> Words:
        """Why no case can be opened on it; '' if one can."""
        return self.organisation.number.why_not_asked

    @property
    def case_address(self) -> str:
        return address(self.held.case, Tab.OVERVIEW) if self.held else ""

    @property
    def documents_address(self) -> str:
        """Where the capture that is held is."""
        if self.held is None or self.held.number is None:
            return ""
        return f"{address(self.held.case, Tab.DOCUMENTS)}?session={self.held.number}"


@dataclass
class RelatedArea:
    """The related organisations of the case on a page."""

    page: CasePage

    @cached_property
    def organisations(self) -> tuple[RelatedOrganisation, ...]:
        """Every one that the result names."""
        return related_organisations(self.page.reading.result, self.page.case.organisation.country)

    @cached_property
    def part(self) -> ListPage:
        """Those on this page."""
        return self.page.paging.list_page(self.organisations, LIST, AT_ONCE)

    @cached_property
    def rows(self) -> list[RelatedRow]:
        held, hits = self._held, HitsOnPeople(self.page.reading.result.screening)
        return [
            RelatedRow(
                organisation,
                held.get(organisation.number.identifier) if organisation.number.identifier else None,
                self._tags(hits, organisation),
            )
            for organisation in self.part.items
        ]

    @property
    def first(self) -> list[RelatedRow]:
        return self.rows[:AT_FIRST]

    @property
    def folded(self) -> list[RelatedRow]:
        return self.rows[AT_FIRST:]

    @property
    def not_come(self) -> Mapping[str, Sequence[Words]]:
        """What did not come and may name others, by why."""
        return not_come(self.page.reading.result)

    @property
    def may_open(self) -> bool:
        return self.page.permits.may_open_cases

    @cached_property
    def _held(self) -> Mapping[Identifier, HeldCapture]:
        identifiers = [found.number.identifier for found in self.part.items if found.number.identifier]
        return held_captures(identifiers)

    def _tags(self, hits: HitsOnPeople, organisation: RelatedOrganisation) -> Sequence[HitTag]:
        """The hits on it in this case; that they are not known, the rows of candidates tell."""
        found = hits.on(organisation.names, organisation.places)
        return hit_tags(self.page, found) if found.is_known else ()

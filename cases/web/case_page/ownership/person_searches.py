"""Whether somebody was searched elsewhere: for each topic what is known of them, and where a search is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.requirement_terms import Check
from cases.assessment.requirements.party_checks import TOPIC_OF
from cases.assessment.searches.coverage import PartyCoverage
from cases.assessment.searches.terms import SearchTopic
from cases.findings.vocabulary.wording import Words
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.requirements.search_area import query_of
from cases.web.case_page.tab_names import Tab

TITLES: dict[SearchTopic, Words] = {
    SearchTopic.SANCTIONS: _("Sanctions lists"),
    SearchTopic.PEP: _("Politically exposed"),
}


@dataclass(frozen=True)
class TopicLine:
    """One topic of one person; `address`: where a search of them is recorded."""

    title: Words
    covered: PartyCoverage
    address: str


@dataclass(frozen=True)
class PersonSearches:
    """The searches of everybody on a page."""

    page: CasePage

    def of(self, key: str) -> list[TopicLine]:
        """What is known of the person with this key; nothing of somebody who needs no search."""
        return [
            TopicLine(TITLES[TOPIC_OF[check]], by_key[key], self._address(requirement, key))
            for requirement, (check, by_key) in self._covered.items()
            if key in by_key
        ]

    @cached_property
    def _covered(self) -> Mapping[str, tuple[Check, Mapping[str, PartyCoverage]]]:
        """By requirement its check, and how each party stands, by key."""
        present = self.page.requirements
        if present is None:
            return {}
        checks = {required.id: required.check for required in present.policy.requirements}
        return {
            requirement: (checks[requirement], {one.party.key: one for one in covered})
            for requirement, covered in present.covered.items()
        }

    def _address(self, requirement: str, key: str) -> str:
        return f"{address(self.page.case, Tab.REQUIREMENTS)}?{query_of(requirement, key)}#searches"

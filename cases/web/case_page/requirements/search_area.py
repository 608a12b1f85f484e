"""What the tab Requirements shows of searches of parties: each party, the form to record one, and what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.functional import Promise

from cases.assessment.policy.requirement_terms import Requirement
from cases.assessment.requirements.party_checks import TOPIC_OF
from cases.assessment.searches.coverage import PartyCoverage
from cases.assessment.searches.terms import SearchTopic
from cases.models import PartySearch
from cases.presentation.paging import ListPage
from cases.presentation.requirement_statuses import CaseRequirements
from cases.web.case_page.page import CasePage
from cases.web.case_page.requirements.requirement_list import ON
from cases.web.case_page.requirements.search_form import SearchForm, served

LIST, PARTY = "parties", "party"  # the name of the list, and of the parameter that chooses one of it
AT_ONCE = 50  # parties on a page


@dataclass(frozen=True)
class PartyLine:
    """A party with its newest search as its row, and whether it is chosen."""

    covered: PartyCoverage
    row: PartySearch | None
    is_ticked: bool


@dataclass
class SearchArea:
    """`form` is one that was refused, `problem` says why; None and '' for what is served."""

    page: CasePage
    present: CaseRequirements
    required: Requirement
    form: SearchForm | None = None
    problem: str | Promise = ""

    @property
    def topic(self) -> SearchTopic:
        return TOPIC_OF[self.required.check]

    @cached_property
    def covered(self) -> Sequence[PartyCoverage]:
        """How each party stands."""
        return self.present.coverage_of(self.topic)

    @property
    def done_count(self) -> int:
        return sum(one.is_searched for one in self.covered)

    @property
    def left_count(self) -> int:
        """Of how many it can be said at once that nothing was found."""
        return sum(one.is_of_the_rest for one in self.covered)

    @cached_property
    def part(self) -> ListPage:
        """The parties on this page."""
        return self.page.paging.list_page(self.covered, LIST, AT_ONCE)

    @property
    def lines(self) -> list[PartyLine]:
        ticked = self.search_form.ticked if self.search_form else set()
        return [self._line(covered, ticked) for covered in self.part.items]

    @property
    def history(self) -> list[PartySearch]:
        """Everything that was recorded for the topic, the newest first."""
        return [row for row in self.present.searches.rows if row.topic == self.topic]

    @property
    def query(self) -> str:
        """The query by which the form is sent from this page of parties, and shown there again."""
        query = self.page.paging.query
        return f"?{urlencode({LIST: query[LIST]})}" if LIST in query else ""

    @cached_property
    def search_form(self) -> SearchForm | None:
        """The form; None where the reader cannot record anything, or there is nobody."""
        if not self.page.permits.may_meet or not self.covered:
            return None
        chosen = self.page.paging.query.get(PARTY, "")
        return self.form or served(self.required.id, self.topic, self.present, chosen)

    def _line(self, covered: PartyCoverage, ticked: set[str]) -> PartyLine:
        row = self.present.searches.by_number[covered.search.number] if covered.search else None
        return PartyLine(covered, row, covered.party.key in ticked)


def of_requirement(
    page: CasePage,
    present: CaseRequirements,
    required: Requirement,
    form: SearchForm | None,
    problem: str | Promise,
) -> SearchArea | None:
    """The searches under a requirement; None under one that asks for none."""
    if required.check not in TOPIC_OF:
        return None
    return SearchArea(page, present, required, form, problem)


def query_of(requirement: str, party: str = "") -> str:
    """The query under which the searches of a requirement stand, with one party chosen."""
    return urlencode({ON: requirement, **({PARTY: party} if party else {})})

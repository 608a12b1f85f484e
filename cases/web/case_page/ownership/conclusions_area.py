"""What the tab Ownership shows of conclusions: each person with what is reckoned, and a form to conclude."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.utils.functional import Promise

from cases.assessment.owners.candidates import Because
from cases.findings.vocabulary.presence import did_come
from cases.presentation.case_owners import CaseOwners, OwnerRow
from cases.presentation.owners_by_form import LeftOut, OwnersByForm, owners_by_form
from cases.presentation.paging import ListPage
from cases.web.case_page.ownership.conclusion_form import ADDED, AddedForm, ConclusionForm, SendingForm
from cases.web.case_page.ownership.confirm_form import ALL, BY_FORM, ConfirmForm
from cases.web.case_page.ownership.hit_tags import HitTag, hit_tags
from cases.web.case_page.ownership.person_searches import PersonSearches, TopicLine
from cases.web.case_page.page import CasePage
from cases.workflows.casework.owners.concluding import seen_of
from cases.workflows.casework.owners.confirming import seen_of_all

LIST, MANAGERS = "conclusions", "managers"  # the names of the lists, in addresses
PANEL = LIST  # where they stand on the tab
AT_ONCE = 20  # people on a page: each has a form


@dataclass(frozen=True)
class Row:
    """A person with their form, None where the reader cannot conclude; the hits on them, and searches elsewhere."""

    person: OwnerRow
    form: ConclusionForm | None
    hit_tags: Sequence[HitTag] = ()
    searches: Sequence[TopicLine] = ()

    @property
    def is_refused(self) -> bool:
        """Was the form sent and refused?"""
        return self.form is not None and self.form.is_bound and bool(self.form.errors)


@dataclass
class ConclusionsArea:
    """`forms` are those that were sent and refused, by key, `problem` says why; empty for what is served.

    `confirm` is what was filled in for all owners by the legal form; None for what is served.
    """

    page: CasePage
    forms: Mapping[str, ConclusionForm] = field(default_factory=dict)
    sending: SendingForm | None = None
    problem: str | Promise = ""
    confirm: ConfirmForm | None = None

    @cached_property
    def present(self) -> CaseOwners:
        return self.page.owners

    @property
    def is_shown(self) -> bool:
        """Is there anything to say of owners? Not of another organisation's, nor while the result is awaited."""
        return not (self.page.reading.is_about_another or self.page.reading.is_waiting)

    @cached_property
    def part(self) -> ListPage:
        """The people on this page."""
        return self.page.paging.list_page(self.present.rows, LIST, AT_ONCE)

    @property
    def rows(self) -> list[Row]:
        return [self._row(person) for person in self.part.items]

    @cached_property
    def manager_part(self) -> ListPage:
        """The managers on this page."""
        return self.page.paging.list_page(self.present.managers, MANAGERS, AT_ONCE)

    @cached_property
    def managers(self) -> list[Row]:
        """Board and chief executive, to be concluded on where nobody is an owner."""
        return [self._row(person) for person in self.manager_part.items]

    @property
    def are_managers_open(self) -> bool:
        """Are the managers wanted: by the address, as nobody is found, or to mend a form of theirs?"""
        is_wanted = MANAGERS in self.page.paging.query or self.present.reckoning.nobody_found
        return is_wanted or any(row.is_refused for row in self.managers)

    @property
    def has_refusal(self) -> bool:
        """Is something wrong in any form?"""
        return any(form.is_bound and form.errors for form in self.forms.values())

    @property
    def query(self) -> str:
        """The query by which the form is sent from this page of people, and shown there again."""
        query = self.page.paging.query
        kept = {name: query[name] for name in (LIST, MANAGERS) if name in query}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def open_count(self) -> int:
        return len(self.present.open)

    @property
    def may_conclude(self) -> bool:
        return self.page.permits.may_conclude

    @cached_property
    def sending_form(self) -> SendingForm:
        return self.sending or SendingForm(initial={"submission": uuid.uuid4()})

    @cached_property
    def added_form(self) -> ConclusionForm:
        return self.forms.get(ADDED) or AddedForm(prefix=ADDED)

    # --- By the legal form ---

    @cached_property
    def by_form(self) -> OwnersByForm:
        """Who is an owner by the legal form, and can be concluded on at once."""
        return owners_by_form(self.present)

    @property
    def left_out(self) -> list[tuple[LeftOut, str]]:
        """Who must be concluded on in their own row, with where that is."""
        places = {row.key: place for place, row in enumerate(self.present.rows)}
        paging = self.page.paging
        return [
            (found, paging.address_of(places[found.row.key], LIST, f"person-{found.row.key}", AT_ONCE))
            for found in self.by_form.left_out
        ]

    @property
    def are_roles_known(self) -> bool:
        """Did the roles come, so that it is known whom the register names?"""
        return did_come(self.page.reading.result.roles.nothing)

    @cached_property
    def confirm_form(self) -> ConfirmForm:
        """The form for all of them, which shows what is known of them now."""
        seen = seen_of_all(self.present, self.by_form)
        before = self.confirm
        if before is None:
            return ConfirmForm(prefix=ALL, initial={"seen": seen})
        if before.is_bound:
            return ConfirmForm({**dict(before.data.items()), f"{ALL}-seen": seen}, prefix=ALL)
        return ConfirmForm(prefix=ALL, initial={**before.initial, "seen": seen})

    def _row(self, person: OwnerRow) -> Row:
        tags = hit_tags(self.page, person.hits) if person.candidate else ()
        searches = self._searches.of(person.key)
        if not self.may_conclude:
            return Row(person, None, tags, searches)
        found = self.forms.get(person.key)
        served = ConclusionForm(prefix=person.key, initial=_shown(person, self.present.capture))
        return Row(person, found or served, tags, searches)

    @cached_property
    def _searches(self) -> PersonSearches:
        return PersonSearches(self.page)


def _shown(person: OwnerRow, capture: int | None) -> dict[str, str]:
    """What a form shows as it is served: the ground that the legal form gives, and no conclusion."""
    is_by_form = person.candidate is not None and Because.LEGAL_FORM in person.candidate.because
    return {
        "seen": seen_of(person, capture),
        "ground": BY_FORM if is_by_form else "",
    }

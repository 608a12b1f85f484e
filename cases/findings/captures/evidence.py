"""What is known of a capture beside what its JSON result says."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.captures import documents as documents_of
from cases.findings.captures.documents import Document
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.wording import Words

EARLIER_NUMBER = _("Ordered for an earlier number")
SUBJECT = "keyInformation.organizationNumber"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a capture beside what its JSON result says.

    `about_us`: whether the result says that it is about the organisation that was ordered, None if it does not say.
    `ordered` is that organisation's number, '' if the result is held against no order; then `about_us` says nothing.
    `documents` are the results of the capture, None if there is only a JSON file. `spoiled` says why a stored result
    cannot be shown; '' if it can. `today` tells how old documents are. `earlier` is the number that it was ordered for,
    if that of the case was corrected to `ordered` since; '' if not. `screened_on`: the day of the screening that is
    read, if it is of an earlier capture than the newest.
    """

    today: datetime.date = datetime.date.min
    ordered: str = ""
    about_us: bool | None = None
    documents: tuple[Document, ...] | None = None
    spoiled: Words = ""
    earlier: str = ""
    screened_on: datetime.date | None = None

    @property
    def is_about_another(self) -> bool:
        """Is the result about an organisation that nobody ordered? Then nothing of it may be used."""
        return bool(self.ordered) and self.about_us is False

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What a reader must know of the evidence itself, however the result reads."""
        return tuple(self._cautions())

    def _cautions(self) -> Iterator[Caution]:
        if self.is_about_another and self.earlier:
            text = _(
                "It was ordered for %(earlier)s, before the number of the case was corrected to %(number)s."
            )
            numbers = {"earlier": self.earlier, "number": self.ordered}
            yield Caution("another_organisation", text % numbers, SUBJECT, EARLIER_NUMBER)
        elif self.is_about_another:
            text = _("The result is about another organisation than the one ordered, %(number)s.")
            yield Caution("another_organisation", text % {"number": self.ordered}, SUBJECT)
        elif self.says_not_whom:
            text = _("The result does not say which organisation it is about; %(number)s was ordered.")
            yield Caution("organisation_not_stated", text % {"number": self.ordered}, SUBJECT)
        if self.spoiled:
            yield Caution("result_spoiled", self.spoiled, documents_of.PLACE)
        yield from documents_of.cautions(self.documents or (), self.today, self.earlier)

    @property
    def says_not_whom(self) -> bool:
        """Was a result read that does not say which organisation it is about?"""
        result = next((document for document in self.documents or () if not document.is_pdf), None)
        is_read = result is not None and result.is_captured and result.is_readable and not self.spoiled
        return bool(self.ordered) and self.about_us is None and is_read

"""The results of one capture as documents: which came, whether they can be read, and what their signatures tell."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.wording import Words

PLACE = "documents"
MONTHS_OF_A_CERTIFICATE = 3


class DocumentKind(StrEnum):
    """What was ordered, by its word at the provider."""

    RESULT = "json"
    AML = "aml"
    CERTIFICATE = "certificate_of_registration"


class Arrival(StrEnum):
    """What became of a document."""

    AWAITED = "awaited"
    NOT_SENT = "not_sent"
    NOT_CONFIRMED = "not_confirmed"
    STOPPED = "stopped"
    CAPTURED = "captured"
    FAILED = "failed"
    EXPIRED = "expired"


class Signed(StrEnum):
    """What the newest signature check of a PDF found."""

    VERIFIED = "verified"
    NOT_TRUSTED = "not_trusted"
    ALTERED = "altered"
    UNSIGNED = "unsigned"
    NOT_A_PDF = "not_a_pdf"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Document:
    """One result of a capture. `signed` is None while nobody checked it, and for the JSON result, which has none.

    `about_us`: whether it says that it is about the organisation that was ordered; None if that is not known.
    `came_with_another`: whether the JSON result of the same order, which is not read, is about another organisation.
    """

    kind: DocumentKind
    name: Words
    arrival: Arrival
    captured_on: datetime.date | None = None
    is_readable: bool = True
    signed: Signed | None = None
    why: Words = ""
    about_us: bool | None = None
    came_with_another: bool = False

    @property
    def is_captured(self) -> bool:
        """Was the document captured, so that the portal has its bytes?"""
        return self.arrival is Arrival.CAPTURED

    @property
    def is_pdf(self) -> bool:
        """Is it a PDF, which may be signed, and not the JSON result?"""
        return self.kind is not DocumentKind.RESULT

    @property
    def is_unchecked(self) -> bool:
        """Is it a captured PDF whose signature nobody has checked?"""
        return self.is_pdf and self.is_captured and self.signed is None


def cautions(documents: Iterable[Document], today: datetime.date, earlier: str = "") -> Iterator[Caution]:
    """Everything a reader must know of the documents; the same of several is said once.

    `earlier` is the number they were ordered for, if that of the case was corrected since.
    """
    every = tuple(documents)
    yield from _missing(every)
    yield from _of_signatures(every)
    others = [document for document in every if document.is_pdf and document.about_us is False]
    if others:
        text = _(
            "%(documents)s: the text names neither the number nor the name of the organisation. It may be about "
            "another one."
        )
        yield Caution("document_about_another", text % {"documents": named(others)}, PLACE)
    if beside := [document for document in every if document.came_with_another and document.is_captured]:
        text = _("%(documents)s: the newest came with a result about another organisation.")
        yield Caution("document_came_with_another", text % {"documents": named(beside)}, PLACE)
    if any(not document.is_pdf and document.about_us is False for document in every):
        foreign: Words = _("The JSON result is about another organisation.")
        in_short: Words = _("JSON result about another organisation")
        if earlier:
            foreign = _("The JSON result was ordered for an earlier number, %(number)s.") % {
                "number": earlier
            }
            in_short = _("JSON result ordered for an earlier number")
        yield Caution("document_about_another", foreign, PLACE, in_short)
    if unchecked := [document for document in every if document.is_unchecked]:
        waits = _("%(documents)s: the signature is not checked yet.") % {"documents": named(unchecked)}
        yield Caution("document_not_checked", waits, PLACE)
    certificate_from = certificate_day(every)
    if certificate_from and is_old(certificate_from, today):
        old = _("The certificate of registration was captured more than three months ago.")
        yield Caution("certificate_old", old, PLACE)


def certificate_day(documents: Iterable[Document]) -> datetime.date | None:
    """When the newest certificate of registration was captured; None if none was."""
    days = (document.captured_on for document in documents if document.kind is DocumentKind.CERTIFICATE)
    return max((day for day in days if day), default=None)


def is_old(captured_on: datetime.date, today: datetime.date) -> bool:
    """Was a certificate captured more than three months ago? Its own date is not known."""
    months = today.year * 12 + today.month - 1 - MONTHS_OF_A_CERTIFICATE
    return (captured_on.year * 12 + captured_on.month - 1, captured_on.day) < (months, today.day)


def named(documents: Iterable[Document]) -> str:
    """Give the names of documents in one line."""
    return ", ".join(str(document.name) for document in documents)


def _missing(documents: tuple[Document, ...]) -> Iterator[Caution]:
    for document in documents:
        if document.arrival in {Arrival.FAILED, Arrival.EXPIRED}:
            code = "document_not_captured" if document.is_pdf else "result_not_captured"
            why = (
                _("expired before it was captured")
                if document.arrival is Arrival.EXPIRED
                else _("did not come")
            )
            text = _("%(document)s: %(why)s.") % {"document": document.name, "why": why}
            yield Caution(code, text, PLACE)
        elif not document.is_pdf and document.is_captured and not document.is_readable:
            unread = _("The JSON result was captured, but is not a result that can be read.")
            yield Caution("result_not_read", unread, PLACE)


def _of_signatures(documents: tuple[Document, ...]) -> Iterator[Caution]:
    warned = [document for document in documents if document.signed not in {None, Signed.VERIFIED}]
    warned.sort(key=lambda one: (str(one.signed), str(one.why)))
    for (signed, why), found in groupby(warned, key=lambda one: (one.signed, str(one.why))):
        of_it = [*found]
        text = _("%(documents)s: %(why)s") % {"documents": named(of_it), "why": why}
        in_short = ngettext_lazy("%(n)d document not readable", "%(n)d documents not readable", "n")
        is_unreadable = signed is Signed.NOT_A_PDF
        yield Caution(
            f"document_{signed}", text, PLACE, in_short % {"n": len(of_it)} if is_unreadable else ""
        )

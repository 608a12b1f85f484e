"""Beneficial owners by the legal form: who of board and chief executive can be concluded on at once, and who cannot."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.candidates import Answer, Because
from cases.assessment.owners.grounds import Conclusion
from cases.findings.vocabulary.wording import Words
from cases.presentation.case_owners import CaseOwners, OwnerRow

HIT_OPEN = _("a hit on them is open")
LISTED = _("a listed person: their own row must say why")
NOT_OF_BOARD = _("whether they are a member of the board is not known")
CONCLUDED_OTHERWISE = _("somebody concluded otherwise before")


@dataclass(frozen=True)
class LeftOut:
    """Somebody who must be concluded on in their own row, and why."""

    row: OwnerRow
    why: Words


@dataclass(frozen=True)
class OwnersByForm:
    """`everybody` are all candidates by the legal form; of those not concluded yet, `rows` can be at once."""

    everybody: tuple[OwnerRow, ...] = ()
    rows: tuple[OwnerRow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those who can be concluded on at once."""
        return tuple(row.name for row in self.rows)


def owners_by_form(owners: CaseOwners) -> OwnersByForm:
    """Part the candidates by the legal form."""
    everybody = tuple(_by_form(owners))
    waiting = [(row, _why_left_out(row)) for row in everybody if not row.counts]
    return OwnersByForm(
        everybody=everybody,
        rows=tuple(row for row, why in waiting if not why),
        left_out=tuple(LeftOut(row, why) for row, why in waiting if why),
    )


def _by_form(owners: CaseOwners) -> Iterator[OwnerRow]:
    for row in owners.rows:
        if row.candidate is not None and Because.LEGAL_FORM in row.candidate.because:
            yield row


def _why_left_out(row: OwnerRow) -> Words:
    """Why somebody cannot be concluded on together with others; '' if they can."""
    if row.hits.waiting:
        return HIT_OPEN
    if row.words_needed is not None and row.words_needed.is_grave:
        return LISTED
    if row.candidate is None or any(
        reckoned.answer is not Answer.YES for reckoned in row.candidate.by_rule_set
    ):
        return NOT_OF_BOARD
    is_otherwise = row.newest is not None and row.newest.conclusion != Conclusion.BENEFICIAL_OWNER
    return CONCLUDED_OTHERWISE if is_otherwise else ""

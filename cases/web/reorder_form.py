"""What to order of a firm that was ordered before: what did not come, what was ordered last, or anything else."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.findings import chapters
from cases.findings.presence import Kind
from cases.models import AmlSession, ArtefactKind, Case
from cases.web import wishes
from cases.web.again_form import ReasonForm
from cases.web.order_form import OrderForm, Preset
from cases.workflows import lately, provider
from cases.workflows.lately import Earlier
from cases.workflows.reading import read_session
from cases.workflows.sessions import Wish

MISSING, SAME = "missing", "same"
# What many firms do not have, so that nobody misses it.
NOT_MISSED = chapters.NOT_MISSED - {chapters.SCREENING}


class ReorderForm(ReasonForm, OrderForm):
    """A further order. If something did not come, that alone is offered first, and needs no reason."""

    def __init__(
        self, data: Any = None, *, case: Case, sessions: Sequence[AmlSession], **kwargs: Any
    ) -> None:
        """`sessions` are those of the case, newest first."""
        last = sessions[0] if sessions else None
        self.case = case
        self.last = ticks_of(last) if last else ()
        self.missing = missing(last) if last and any(each.has_usable for each in sessions) else ()
        super().__init__(data, **kwargs)

    @cached_property
    def lately(self) -> Earlier | None:
        return lately.ordered_lately(self.case.organisation.identifier)

    @property
    def needs_reason(self) -> bool:
        return super().needs_reason and not self.is_missing_only

    @property
    def is_missing_only(self) -> bool:
        """Is what did not come ordered, and nothing else?"""
        chosen = self.cleaned_data.get("preset") if self.is_bound else ""
        return chosen == MISSING and bool(self.missing)

    @property
    def other_case(self) -> Case | None:
        """Another case, in which the firm was ordered lately."""
        return self.lately.case if self.lately and self.lately.case != self.case else None

    def presets(self) -> dict[str, Preset]:
        usual = super().presets()
        found = {}
        if self.missing:
            found[MISSING] = Preset(_("Missing parts only"), "", self.missing)
        if self.last and all(set(each.ticks or ()) != set(self.last) for each in (found | usual).values()):
            found[SAME] = Preset(_("The same as last time"), "", self.last)
        return found | usual


def ticks_of(session: AmlSession) -> tuple[str, ...]:
    """What was ticked for it."""
    wish = Wish(tuple(session.reports), tuple(session.expands), session.language)
    return tuple(wishes.ticks_of(provider.contract(), wish))


def missing(session: AmlSession) -> tuple[str, ...]:
    """The ticks of what was ordered and did not come, or came so that it cannot be used.

    A result is one piece: if a part of it is missing, all that was ordered of it is, so that one capture tells all.
    Of a result about another organisation nothing is: the same order would bring it again.
    """
    if session.is_about_another:
        return ()
    came = {each.kind for each in session.artefacts.all() if each.is_captured and not each.unreadable}
    names = {f"{wishes.REPORT_PREFIX}{kind.report}": kind.name for kind in provider.contract().kinds}
    is_whole = ArtefactKind.JSON in came and _is_whole(session)
    return tuple(
        tick for tick in ticks_of(session) if (names[tick] not in came if tick in names else not is_whole)
    )


def _is_whole(session: AmlSession) -> bool:
    reading = read_session(session)
    if reading.spoiled:
        return False
    nothing = reading.result.nothing
    return not any(each.kind is Kind.FAILED for place, each in nothing.items() if place not in NOT_MISSED)

"""What to order of a firm that was ordered before: what did not come, what was ordered last, or anything else."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.findings import chapters
from cases.findings.presence import Kind
from cases.models import AmlSession, ArtefactKind
from cases.web import wishes
from cases.web.order_form import OrderForm, Preset
from cases.workflows import provider
from cases.workflows.reading import read_session
from cases.workflows.sessions import Wish

MISSING, SAME = "missing", "same"
# What many firms do not have, so that nobody misses it.
NOT_MISSED = chapters.NOT_MISSED - {chapters.SCREENING}


class ReorderForm(OrderForm):
    """A further order. If something did not come, that alone is offered first."""

    def __init__(self, data: Any = None, *, last: AmlSession | None, **kwargs: Any) -> None:
        self.last = ticks_of(last) if last else ()
        self.missing = missing(last) if last else ()
        super().__init__(data, **kwargs)

    def presets(self) -> dict[str, Preset]:
        usual = super().presets()
        found = {}
        if self.missing and set(self.missing) != set(self.last):
            found[MISSING] = Preset(_("Missing parts only"), "", self.missing)
        if self.last and all(set(each.ticks or ()) != set(self.last) for each in usual.values()):
            found[SAME] = Preset(_("The same as last time"), "", self.last)
        return found | usual


def ticks_of(session: AmlSession) -> tuple[str, ...]:
    """What was ticked for it."""
    wish = Wish(tuple(session.reports), tuple(session.expands), session.language)
    return tuple(wishes.ticks_of(provider.contract(), wish))


def missing(session: AmlSession) -> tuple[str, ...]:
    """The ticks of what was ordered and did not come, or came so that it cannot be used.

    A result is one piece: if a part of it is missing, all that was ordered of it is, so that one capture tells all.
    """
    came = {each.kind for each in session.artefacts.all() if each.is_captured and not each.unreadable}
    names = {f"{wishes.REPORT_PREFIX}{kind.report}": kind.name for kind in provider.contract().kinds}
    is_whole = ArtefactKind.JSON in came and _is_whole(session)
    return tuple(
        tick for tick in ticks_of(session) if (names[tick] not in came if tick in names else not is_whole)
    )


def _is_whole(session: AmlSession) -> bool:
    reading = read_session(session)
    if reading.is_about_another or reading.spoiled:
        return False
    nothing = reading.result.nothing
    return not any(each.kind is Kind.FAILED for place, each in nothing.items() if place not in NOT_MISSED)

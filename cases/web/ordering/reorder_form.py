"""What to order of a firm that was ordered before: what did not come, what was ordered before, or anything else."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.findings.result import Result
from cases.findings.vocabulary.presence import Kind
from cases.findings.vocabulary.sections import SECTIONS
from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, ArtefactKind, Case
from cases.web.ordering import order_options
from cases.web.ordering.again_form import ReasonForm
from cases.web.ordering.order_form import OrderForm, Preset
from cases.workflows import provider
from cases.workflows.ordering import ordered_lately
from cases.workflows.ordering.ordered_lately import Earlier
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results.read_capture import read_session

MISSING, SCREENING, SAME, BEFORE = "missing", "screening", "same", "before"
# What every result holds, whatever is ordered.
ALWAYS = "keyInformation"


class ReorderForm(ReasonForm, OrderForm):
    """A further order. If something did not come, that alone is offered first, and needs no reason."""

    def __init__(
        self,
        data: Any = None,
        *,
        case: Case,
        sessions: Sequence[AmlSession],
        promised: str = "",
        **kwargs: Any,
    ) -> None:
        """`sessions` are those of the case, newest first. `promised` is the order chosen by whoever came here."""
        last = sessions[0] if sessions else None
        self.case = case
        self.last = ticks_of(last) if last else ()
        self.missing = missing(last) if last and any(session.has_usable for session in sessions) else ()
        self.held = held(sessions)
        super().__init__(data, **kwargs)
        if self.before:
            self.initial.setdefault("wanted", self.before)
        if chosen := self._preset_of(promised) or self._usual:
            self.initial.setdefault("preset", chosen)

    @cached_property
    def lately(self) -> Earlier | None:
        return ordered_lately.ordered_lately(self.case.organisation.identifier)

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
        if self.before and set(self.before) != set(self.last) and not _alike(self.before, found | usual):
            found[BEFORE] = Preset(_("Everything that was ordered before"), "", self.before)
        if self.last and not _alike(self.last, found | usual):
            found[SAME] = Preset(_("The same as last time"), "", self.last)
        if self.last and not _alike(self._with_screening, found | usual):
            words = _("Owners and screening, and what was ordered before")
            found[SCREENING] = Preset(words, "", self._with_screening)
        return found | usual

    @property
    def before(self) -> tuple[str, ...]:
        """Everything that was ordered last, or that an earlier capture brought; nothing if none brought anything."""
        return (
            _in_order({*self.last, *(tick for session in self.held for tick in session.ticks)})
            if self.held
            else ()
        )

    @property
    def _with_screening(self) -> tuple[str, ...]:
        """Everything ordered before, and owners and screening: what is known is ordered anew with the screening."""
        return _in_order({*self.last, *self.before, *order_options.owners_and_screening(provider.contract())})

    @property
    def _usual(self) -> str:
        """The preset that leaves nothing out that is known; '' if what is missing comes first, or nothing is known."""
        return "" if self.missing else next(iter(_alike(self.before, self.presets())), "")

    def _preset_of(self, promised: str) -> str:
        """The preset that brings what was promised, under whichever name it is offered; '' if none does."""
        presets = self.presets()
        ticks = {MISSING: self.missing, SCREENING: self._with_screening}.get(promised, ())
        return promised if promised in presets else next(iter(_alike(ticks, presets)), "")


@dataclass(frozen=True)
class Held:
    """What goes on being shown from a capture until it is ordered anew: its ticks."""

    session: AmlSession
    ticks: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[str, Words]]:
        """Each tick, and what it is called."""
        return order_options.parts_of(provider.contract(), self.ticks)


def held(newest_first: Sequence[AmlSession]) -> tuple[Held, ...]:
    """Each capture that is the newest with a usable result for some ticks, with those ticks, the newest first."""
    kinds = order_options.kinds_of_reports(provider.contract())
    found: list[Held] = []
    known: set[str] = set()
    for session in newest_first:
        came = (
            {artefact.kind for artefact in session.artefacts.all() if artefact.is_usable}
            if session.has_usable
            else set()
        )
        ticks = [
            tick
            for tick in ticks_of(session)
            if kinds.get(tick, ArtefactKind.JSON) in came and tick not in known
        ]
        known |= {*ticks}
        found += [Held(session, tuple(ticks))] if ticks else []
    return tuple(found)


def _in_order(ticks: Set[str]) -> tuple[str, ...]:
    return tuple(tick for tick in order_options.everything(provider.contract()) if tick in ticks)


def _alike(ticks: Iterable[str], presets: Mapping[str, Preset]) -> list[str]:
    """The words of the presets that bring just these ticks."""
    return [word for word, preset in presets.items() if ticks and set(preset.ticks or ()) == set(ticks)]


def ticks_of(session: AmlSession) -> tuple[str, ...]:
    """What was ticked for the order of a session."""
    return tuple(order_options.ticks_of(provider.contract(), ResultRequest.of(session)))


def missing(session: AmlSession) -> tuple[str, ...]:
    """The ticks of what was ordered and did not come, or came so that it cannot be used, and of nothing else.

    Of a result about another organisation nothing is missing: the same order would bring it again.
    """
    if session.is_about_another:
        return ()
    came = {
        artefact.kind
        for artefact in session.artefacts.all()
        if artefact.is_captured and not artefact.unreadable
    }
    kinds = order_options.kinds_of_reports(provider.contract())
    result = _usable_result(session) if ArtefactKind.JSON in came else None
    return tuple(
        tick
        for tick in ticks_of(session)
        if (kinds[tick] not in came if tick in kinds else result is None or _did_not_come(result, tick))
    )


def _usable_result(session: AmlSession) -> Result | None:
    """The JSON result of a session; None if nothing of it can be used."""
    reading = read_session(session)
    return None if reading.spoiled or _did_not_come(reading.result, ALWAYS) else reading.result


def _did_not_come(result: Result, word: str) -> bool:
    nothing = result.nothing.get(word)
    return nothing is not None and nothing.kind is Kind.FAILED and not SECTIONS[word].is_optional

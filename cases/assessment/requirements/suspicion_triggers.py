"""R27: what gives rise to considering a suspicion, and whether it was considered. For suspicion officers alone.

It is no line of the requirement set: what it came to would show others that there are notes. The triggers are our
reading of hvitvaskingsloven § 25, and of § 24 where due diligence could not be completed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.decision.outcomes import Reason
from cases.assessment.policy.requirement_terms import Check
from cases.assessment.requirements.found import Found, State, first_of, joined
from cases.assessment.requirements.work_out import RequirementStatus
from cases.assessment.risk.assessment import Assessment
from cases.assessment.searches.coverage import PartyCoverage
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words

# While one of these is open, another trigger may still be met.
RESTS_ON = frozenset({Check.HITS, Check.PARTIES_SEARCHED, Check.RISK_CLASS})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that gives rise to considering a suspicion; `key` is the same as long as it is the same."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Considered:
    """A note of suspicion: the keys of the triggers that were met when it was written.

    `is_over`: nothing more is looked into.
    """

    by: str
    keys: frozenset[str]
    is_over: bool


def triggers(
    confirmed: Iterable[Hit],
    assessment: Assessment | None,
    searched: Iterable[PartyCoverage],
    reason: str,
    decision: int,
) -> tuple[Trigger, ...]:
    """The triggers that are met. `searched`: in sanctions lists; `reason`: of the `decision` of that number."""
    return tuple(_triggers(confirmed, assessment, searched, reason, decision))


def _triggers(
    confirmed: Iterable[Hit],
    assessment: Assessment | None,
    searched: Iterable[PartyCoverage],
    reason: str,
    decision: int,
) -> Iterator[Trigger]:
    for hit in confirmed:
        if not hit.is_of_pep_list:
            yield Trigger(
                f"hit {hit.fingerprint}", _("A hit is confirmed: %(name)s") % {"name": hit.name or "?"}
            )
    for gate in assessment.gates if assessment else ():
        key = f"gate {gate.id} {assessment.model_version if assessment else 0}"
        yield Trigger(key, _("A gate of the risk model holds: %(words)s") % {"words": gate.words})
    for one in searched:
        if one.is_found:
            words = _("A search elsewhere found something: %(name)s")
            number = one.search.number if one.search else 0
            yield Trigger(f"party {one.party.key} {number}", words % {"name": one.party.name})
    if reason == Reason.CANNOT_BE_COMPLETED:
        yield Trigger(f"cannot be completed {decision}", _("Due diligence could not be completed"))


def of_suspicion(
    met: Sequence[Trigger], notes: Sequence[Considered], statuses: Iterable[RequirementStatus]
) -> Found:
    """How R27 stands. `notes`: the newest first; `statuses`: of the requirements that triggers rest on."""
    if notes and not notes[0].is_over:
        return Found(State.OPEN, _("It is still looked into."))
    considered = frozenset(key for note in notes for key in note.keys)
    if left := [trigger for trigger in met if trigger.key not in considered]:
        return Found(State.OPEN, joined([_("To be considered"), *(trigger.words for trigger in left)]))
    names = [status.required.title for status in statuses if _may_bring_one(status)]
    if notes and names:
        words = _("What gives rise to it so far was considered, and this is still open: %(names)s.")
        return Found(State.OPEN, words % {"names": first_of(names)})
    if notes:
        by = ", ".join(dict.fromkeys(note.by for note in notes))
        return Found(State.MET_BY_PERSON, _("Everything that gives rise to it was considered."), by=by)
    if names:
        words = _("Nothing gives rise to it so far, and this is still open: %(names)s.")
        return Found(State.OPEN, words % {"names": first_of(names)})
    return Found(State.NOT_APPLICABLE, _("Nothing gives rise to it."))


def _may_bring_one(status: RequirementStatus) -> bool:
    return status.required.check in RESTS_ON and status.state.is_open

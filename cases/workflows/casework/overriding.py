"""Set the risk class of a case apart from the one worked out; as the second person, confirm it or send it back."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.policy.risk_terms import RiskClass, RiskModel
from cases.assessment.risk.override import SETTABLE, floor, needs_second
from cases.findings.vocabulary.wording import Words
from cases.models import Case, PolicyKind, PolicyVersion, RiskOverride, SecondState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.presentation.risk_in_force import RiskInForce
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import recusing, risk, risk_in_force
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open
from cases.workflows.policy import versions
from cases.workflows.refusal import Refusal

VERBS = {
    SecondState.CONFIRMED: Verb.OVERRIDE_CONFIRMED,
    SecondState.SENT_BACK: Verb.OVERRIDE_SENT_BACK,
}


class NotSet(Refusal):
    """The class cannot be set so; `words` say why. Nothing was written."""


@dataclass(frozen=True)
class WantedClass:
    """What a person wants the class to be: `to` is None to take an override back.

    `seen` is the number of the newest override that the form showed, 0 if there was none; `worked_out` the class that
    it showed as worked out.
    """

    to: RiskClass | None
    words: str
    seen: int
    worked_out: str


def override(case: Case, wanted: WantedClass, actor: User, submission: uuid.UUID) -> RiskOverride:
    """Set the class, or take an override back; the same submission is the same override.

    Raises NotSet; CaseIsClosed; versions.NothingInForce; risk.CannotAssess.
    """
    if not actor.has_perm(Perm.ASSESS_RISK):
        raise NotSet(_("Your role does not allow this."))
    if not wanted.words.strip():
        raise NotSet(_("Say why the class is another than the one worked out."))
    version = versions.in_force(PolicyKind.RISK_MODEL)
    model = versions.risk_model_of(version)
    own = idempotency.own(submission, case, actor, Verb.CLASS_OVERRIDDEN)
    return idempotency.once(
        lambda: RiskOverride.objects.filter(submission=own).first(),
        lambda: _override(case, wanted, actor, (version, model, own)),
    )


@transaction.atomic
def _override(
    case: Case, wanted: WantedClass, actor: User, by_what: tuple[PolicyVersion, RiskModel, uuid.UUID]
) -> RiskOverride:
    version, model, own = by_what
    locked, today = locked_open(case), timezone.localdate()
    present = risk_in_force.of_case(locked, model, today)
    _require_as_seen(present, wanted)
    if why := _refused(present, wanted.to):
        raise NotSet(why)
    by_two = needs_second(present.found, present.risk_class, wanted.to or present.found.risk_class)
    row = RiskOverride(
        case=locked,
        number=present.newest + 1,
        to_class=wanted.to or "",
        worked_out=present.found.risk_class,
        rationale=wanted.words.strip(),
        until=months_from(today, model.override_months) if wanted.to else None,
        policy=version,
        by=actor,
        at=timezone.now(),
        second_state=SecondState.AWAITED if by_two else SecondState.NOT_NEEDED,
        submission=own,
    )
    row.save()
    _record(
        locked,
        Verb.CLASS_OVERRIDDEN,
        actor,
        row,
        {"rationale": row.rationale, **recorded_columns.of_override(row)},
    )
    return row


def why_not(row: RiskOverride, actor: User) -> Words:
    """Why a person cannot be the second for an override; '' if they can."""
    if not actor.has_perm(Perm.CONFIRM_OVERRIDE):
        return _("Your role does not allow this.")
    if row.by_id == actor.pk:
        return _("You set this class: another person must confirm it.")
    return recusing.YOU_ARE if recusing.is_recused(row.case, actor) else ""


def confirm(row: RiskOverride, actor: User) -> RiskOverride:
    """Confirm how another person set the class; done again by the same person, it stays so.

    Raises NotSet; CaseIsClosed; versions.NothingInForce; risk.CannotAssess.
    """
    return _answer(row, actor, SecondState.CONFIRMED)


def send_back(row: RiskOverride, actor: User, words: str) -> RiskOverride:
    """Send an override back with words: the class stays as it was. Raises NotSet; CaseIsClosed."""
    if not words.strip():
        raise NotSet(_("Say why you send it back."))
    return _answer(row, actor, SecondState.SENT_BACK, words.strip())


@transaction.atomic
def _answer(row: RiskOverride, actor: User, answer: SecondState, words: str = "") -> RiskOverride:
    case = locked_open(row.case)
    newest, *_earlier = risk_in_force.overrides_of(case)
    row = next(override for override in (newest, *_earlier) if override.pk == row.pk)
    if row.second_state == answer and row.second_by_id == actor.pk:
        return row
    if why := why_not(row, actor):
        raise NotSet(why)
    if row != newest or not row.awaits_second:
        raise NotSet(_("This override does not wait for anybody any more. Nothing was done."))
    if answer is SecondState.CONFIRMED:
        _require_worked_out_as_then(case, row)
    row.answer(answer, actor, timezone.now(), words)
    _record(
        case,
        VERBS[answer],
        actor,
        row,
        {"set_by": row.by.name, **recorded_columns.of_second(row), "second_words": words},
    )
    return row


def _require_as_seen(present: RiskInForce, wanted: WantedClass) -> None:
    """Refuse what somebody wants who saw another class, or not the newest override."""
    if present.newest != wanted.seen:
        raise NotSet(_("The class was set meanwhile. Look at every override, then send yours again."))
    if present.found.risk_class.value != wanted.worked_out:
        raise NotSet(
            _("The class is worked out as %(now)s now. Look at why, then send yours again.")
            % {"now": present.found.risk_class.words}
        )


def _refused(present: RiskInForce, to: RiskClass | None) -> Words:
    """Why the class cannot be set so; '' if it can."""
    if to is None:
        return "" if present.can_be_taken_back else _("There is no override to take back.")
    if to not in SETTABLE:
        return _("Only a gate makes a class prohibited.")
    if to.rank < floor(present.found).rank:
        words = "; ".join(gate.words for gate in present.found.gates)
        return _("A gate holds, and the class cannot be lower than it says: %(gates)s") % {"gates": words}
    if to == present.found.risk_class:
        return _("This is the class as it is worked out. To have it back, choose ‘As worked out’.")
    return ""


def _require_worked_out_as_then(case: Case, row: RiskOverride) -> None:
    """Refuse to confirm an override of a class that is worked out otherwise by now."""
    model = risk.model_in_force()
    now = risk_in_force.of_case(case, model, timezone.localdate()).found.risk_class
    if now != row.worked_out:
        raise NotSet(
            _("The class is worked out as %(now)s now, and was %(was)s when it was set: send it back.")
            % {"now": now.words, "was": row.worked_out_words}
        )


def _record(case: Case, verb: Verb, actor: User, row: RiskOverride, detail: trail.Detail) -> None:
    """Tell of an override in the timeline, and that the case changed."""
    classes = f"{row.worked_out_words} → {row.to_words}"
    trail.record(case, verb, actor=actor, subject=CASE, detail={"class_set": classes, **detail})
    worked_on(case, actor)

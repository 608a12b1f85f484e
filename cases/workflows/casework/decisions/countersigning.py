"""Countersign what another person proposed, or send it back with words. A proposal is answered once."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.names.collation import sort_key
from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, Decision, SecondState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.casework.case_states import DECIDED
from cases.models.people.permissions import Perm
from cases.models.review.decision import DECIDES
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import recusing
from cases.workflows.casework.decisions import case_basis, case_moves, proposing, voiding
from cases.workflows.casework.decisions.refused import NotDecided
from cases.workflows.locks.open_case import locked_open

VERBS = {
    SecondState.CONFIRMED: Verb.DECISION_COUNTERSIGNED,
    SecondState.SENT_BACK: Verb.DECISION_SENT_BACK,
}
VOID = _("What the proposal rests on changed meanwhile: it is void. Look at what changed, and propose anew.")
NOT_AWAITED = _("This proposal does not wait for anybody any more. Nothing was done.")


@dataclass(frozen=True)
class Answer:
    """What the second person answers, having seen what has this digest."""

    state: SecondState
    digest: str
    words: str = ""


def why_not(row: Decision, actor: User) -> Words:
    """Why a person cannot countersign a proposal; '' if they can."""
    if why := why_not_answer(row, actor):
        return why
    if row.superior_because and not actor.has_perm(Perm.ACT_AS_SUPERIOR):
        return _("The law reserves this to a superior: %(why)s") % {"why": row.superior_because}
    return ""


def why_not_answer(row: Decision, actor: User) -> Words:
    """Why a person cannot be the second for a proposal, not even to send it back; '' if they can."""
    if not actor.has_perm(Perm.COUNTERSIGN_DECISION):
        return _("Your role does not allow this.")
    if row.by_id == actor.pk:
        return _("You proposed it: another person must countersign it.")
    return recusing.YOU_ARE if recusing.is_recused(row.case, actor) else ""


def who_can(row: Decision) -> list[User]:
    """Everybody active who can countersign a proposal, by name."""
    backend = "django.contrib.auth.backends.ModelBackend"
    found = User.objects.with_perm(Perm.COUNTERSIGN_DECISION, backend=backend)
    if row.superior_because:
        found = found & User.objects.with_perm(Perm.ACT_AS_SUPERIOR, backend=backend)
    people = found.exclude(pk=row.by_id).exclude(recusals__case=row.case_id).distinct()
    return sorted(people, key=lambda person: (sort_key(person.name), person.pk))


def countersign(case: Case, number: int, digest: str, actor: User, words: str = "") -> Decision:
    """Countersign a proposal: the case is decided. Done again by the same person, it stays so.

    `digest` is that of what the person saw. Raises NotDecided, also where the proposal is void; CaseIsClosed.
    """
    return _answered(case, number, Answer(SecondState.CONFIRMED, digest, words.strip()), actor)


def send_back(case: Case, number: int, digest: str, words: str, actor: User) -> Decision:
    """Send a proposal back with words: the case is to be worked on. Raises NotDecided; CaseIsClosed."""
    if not words.strip():
        raise NotDecided(_("Say why you send it back."))
    return _answered(case, number, Answer(SecondState.SENT_BACK, digest, words.strip()), actor)


def _answered(case: Case, number: int, answer: Answer, actor: User) -> Decision:
    row = _answer(case, number, answer, actor)
    if row.is_void:
        raise NotDecided(VOID)
    return row


@transaction.atomic
def _answer(case: Case, number: int, answer: Answer, actor: User) -> Decision:
    """Answer it; a proposal that is void by now is given back so."""
    locked = locked_open(case, but=DECIDED)
    row = Decision.objects.filter(case=locked, number=number).select_related("by", "case").first()
    if row is not None and (row.second_state, row.second_by_id) == (answer.state, actor.pk):
        return row
    if row is None or not row.is_awaited:
        raise NotDecided(NOT_AWAITED)
    is_made = answer.state is SecondState.CONFIRMED
    if why := why_not(row, actor) if is_made else why_not_answer(row, actor):
        raise NotDecided(why)
    if answer.digest != row.digest:
        raise NotDecided(_("The form was of another proposal. Look at this one, then answer it."))
    if is_made and voiding.void_if_changed(locked, None):
        row.refresh_from_db()
        return row
    if is_made:
        _require_possible_now(locked, row)
    row.answer(answer.state, actor, timezone.now(), answer.words)
    was = locked.state
    case_moves.move(locked, DECIDES[row.outcome] if is_made else CaseState.SENT_BACK)
    trail.record(
        locked,
        VERBS[answer.state],
        actor=actor,
        subject=CASE,
        rests_on=row.digest,
        was=was,
        now=locked.state,
        detail={
            "outcome": row.outcome,
            "proposed_by": row.by.name,
            "second_words": answer.words,
            "digest": row.digest,
            **recorded_columns.of_second(row),
        },
    )
    return row


def _require_possible_now(case: Case, row: Decision) -> None:
    """Refuse what stands in the way of a decision today, though what it rests on is the same. Raises NotDecided."""
    today = timezone.localdate()
    present = case_basis.of_case(case, today)
    if why := proposing.not_now(present):
        raise NotDecided(why)
    if not row.is_approval:
        return
    if why := proposing.blocked_because(present):
        raise NotDecided(why)
    if row.next_review is not None and row.next_review <= today:
        raise NotDecided(_("The day of the next review has passed: send it back."))
    if any(datetime.date.fromisoformat(condition["due"]) <= today for condition in row.conditions):
        raise NotDecided(_("The last day of a condition has passed: send it back."))

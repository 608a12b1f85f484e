"""Countersign what another person proposed, or send it back with words. A proposal is answered once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.names.collation import sort_key
from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, Decision, SecondState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.models.review.decision import DECIDES
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework.decisions import case_moves, voiding
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
    """Why a person cannot be the second for a proposal; '' if they can."""
    if not actor.has_perm(Perm.COUNTERSIGN_DECISION):
        return _("Your role does not allow this.")
    if row.by_id == actor.pk:
        return _("You proposed it: another person must countersign it.")
    if row.superior_because and not actor.has_perm(Perm.ACT_AS_SUPERIOR):
        return _("The law reserves this to a superior: %(why)s") % {"why": row.superior_because}
    return ""


def who_can(row: Decision) -> list[User]:
    """Everybody active who can be the second for a proposal, by name."""
    permission = Perm.ACT_AS_SUPERIOR if row.superior_because else Perm.COUNTERSIGN_DECISION
    found = User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend").distinct()
    return sorted(
        (person for person in found if not why_not(row, person)),
        key=lambda person: (sort_key(person.name), person.pk),
    )


def countersign(case: Case, number: int, digest: str, actor: User) -> Decision:
    """Countersign a proposal: the case is decided. Done again by the same person, it stays so.

    `digest` is that of what the person saw. Raises NotDecided, also where the proposal is void; CaseIsClosed.
    """
    return _answered(case, number, Answer(SecondState.CONFIRMED, digest), actor)


def send_back(case: Case, number: int, digest: str, words: str, actor: User) -> Decision:
    """Send a proposal back with words: the case is to be worked on. Raises NotDecided; CaseIsClosed."""
    if not words.strip():
        raise NotDecided(_("Say why you send it back."))
    return _answered(case, number, Answer(SecondState.SENT_BACK, digest, words.strip()), actor)


def _answered(case: Case, number: int, answer: Answer, actor: User) -> Decision:
    earlier = Decision.objects.filter(case=case, number=number, second_by=actor).first()
    if earlier is not None and earlier.second_state == answer.state:
        return earlier
    row = _answer(case, number, answer, actor)
    if row.is_void:
        raise NotDecided(VOID)
    return row


@transaction.atomic
def _answer(case: Case, number: int, answer: Answer, actor: User) -> Decision:
    """Answer it; a proposal that is void by now is given back so."""
    locked = locked_open(case)
    row = Decision.objects.filter(case=locked, number=number).select_related("by").first()
    if row is None or not row.is_awaited:
        raise NotDecided(NOT_AWAITED)
    if row.second_by_id == actor.pk:
        return row
    if why := why_not(row, actor):
        raise NotDecided(why)
    if answer.digest != row.digest:
        raise NotDecided(_("The form was of another proposal. Look at this one, then answer it."))
    if answer.state is SecondState.CONFIRMED and voiding.void_if_changed(locked, None):
        row.refresh_from_db()
        return row
    row.answer(answer.state, actor, timezone.now(), answer.words)
    was = locked.state
    is_made = answer.state is SecondState.CONFIRMED
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

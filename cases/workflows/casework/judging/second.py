"""The second person for a judgement: confirm it, or send it back. Never who judged."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.models import Case, Judgement, SecondState, User, Verb
from cases.models.audit.subject import EventSubject
from cases.models.people.permissions import Perm
from cases.presentation.capture_reading import CaptureReading
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import recusing
from cases.workflows.casework.judging.as_read import (
    NotTheirs,
    Overtaken,
    derive_columns,
    locked_as_read,
    screened_by,
)
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.results.judged_hits import judged_hits

VERBS = {
    SecondState.CONFIRMED: Verb.JUDGEMENT_CONFIRMED,
    SecondState.SENT_BACK: Verb.JUDGEMENT_SENT_BACK,
}


def why_not(judgement: Judgement, actor: User) -> Words:
    """Why a person cannot be the second for a judgement; '' if they can."""
    if not actor.has_perm(Perm.CONFIRM_HIT):
        return _("Your role does not allow this.")
    if judgement.by_id == actor.pk:
        return _("You judged this hit: another person must confirm it.")
    return recusing.YOU_ARE if recusing.is_recused(judgement.hit.case, actor) else ""


def confirm(reading: CaptureReading, judgement: Judgement, actor: User) -> Judgement:
    """Confirm what another person judged a hit to be; done again by the same person, it stays so.

    Raises NotTheirs, Overtaken; CaseIsClosed.
    """
    return _answer(reading, judgement, actor, SecondState.CONFIRMED)


def send_back(reading: CaptureReading, judgement: Judgement, actor: User, words: str) -> Judgement:
    """Send a judgement back with words: the hit is open again. Raises NotTheirs, Overtaken; CaseIsClosed."""
    return _answer(reading, judgement, actor, SecondState.SENT_BACK, words)


@transaction.atomic
def _answer(
    reading: CaptureReading, judgement: Judgement, actor: User, answer: SecondState, words: str = ""
) -> Judgement:
    case, of_case = locked_as_read(reading)
    row = Judgement.objects.select_for_update(of=("self",)).select_related("hit", "by").get(pk=judgement.pk)
    if row.second_state == answer and row.second_by_id == actor.pk:
        return row
    if why := why_not(row, actor):
        raise NotTheirs(why)
    _require_open_to_second(case, reading, row)
    row.answer(answer, actor, timezone.now(), words)
    trail.record(
        case,
        VERBS[answer],
        actor=actor,
        subject=EventSubject.hit(row.hit_id),
        rests_on=screened_by(reading).sha256,
        detail={
            "hit": row.hit.name,
            "judged": str(row.verdict),
            "judged_by": row.by.name,
            **recorded_columns.of_second(row),
            "second_words": words,
        },
    )
    derive_columns(reading, of_case)
    worked_on(case, actor)
    return row


def _require_open_to_second(case: Case, reading: CaptureReading, row: Judgement) -> None:
    """Refuse to answer what is answered, replaced, or does not hold any more for the hit as it now is."""
    held = judged_hits(case.pk, reading.result).by_fingerprint.get(row.hit.fingerprint)
    if held is None or held.judgement.pk != row.pk:
        raise Overtaken(_("The hit was judged again meanwhile. Nothing was done."))
    if not row.awaits_second:
        raise Overtaken(_("Somebody has answered this judgement already. Nothing was done."))
    if held.reopened:
        raise Overtaken(_("The hit is open again, for something changed. Nothing was done."))

"""Conclude at once on all whom the legal form makes beneficial owners: the same words for each, all or nothing."""

import hashlib
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.grounds import Conclusion, Ground
from cases.models import Case, OwnerConclusion, User, Verb
from cases.models.people.permissions import Perm
from cases.presentation.case_owners import CaseOwners, OwnerRow
from cases.presentation.owners_by_form import OwnersByForm, owners_by_form
from cases.workflows import idempotency
from cases.workflows.casework import attachments
from cases.workflows.casework.attachments import Kept, Upload
from cases.workflows.casework.owners import case_owners, concluding
from cases.workflows.casework.owners.concluding import ConclusionDraft, NotConcluded, seen_of
from cases.workflows.locks.open_case import locked_open

OVERTAKEN = _(
    "Somebody concluded on one of them meanwhile, or a capture or a judgement came. Nothing was kept. "
    "Look at who is named now, then confirm them again."
)


@dataclass(frozen=True)
class AtOnce:
    """What was filled in for all of them: `seen` is what the form showed, `without` the keys of whom it leaves out."""

    words: str
    seen: str
    without: frozenset[str] = frozenset()


def seen_of_all(present: CaseOwners, by_form: OwnersByForm) -> str:
    """A mark that is another when somebody else can be confirmed, or something else is known of one of them."""
    seen = [
        [row.key, seen_of(row, present.capture), row in by_form.rows]
        for row in (*by_form.rows, *(left_out.row for left_out in by_form.left_out))
    ]
    return hashlib.sha256(json.dumps(sorted(seen)).encode()).hexdigest()[:32]


def confirm_all(
    case: Case, at_once: AtOnce, actor: User, submission: uuid.UUID, *, upload: Upload | None = None
) -> list[OwnerConclusion]:
    """Conclude that all who can be confirmed are beneficial owners; the same submission is the same conclusions.

    Raises NotConcluded; CaseIsClosed; attachments.NotTaken.
    """
    if not actor.has_perm(Perm.CONCLUDE_OWNER):
        raise NotConcluded(_("Your role does not allow this."))
    if not at_once.words.strip():
        raise NotConcluded(_("Write why, for all of them."))
    present = case_owners.of_case(case, timezone.localdate())
    everybody = owners_by_form(present).everybody
    own = [_own(case, at_once, row, actor, submission) for row in everybody]
    if made := _made(own):
        return made
    _to_confirm(present, at_once)
    kept = attachments.keep(upload) if upload else None
    return idempotency.once(lambda: _made(own), lambda: _confirm(case, at_once, actor, submission, kept))


def _own(case: Case, at_once: AtOnce, row: OwnerRow, actor: User, submission: uuid.UUID) -> uuid.UUID:
    words = hashlib.sha256(at_once.words.encode()).hexdigest()
    return idempotency.own(submission, case, actor, f"{Verb.OWNER_CONCLUDED} all {row.key} {words}")


def _made(own: Collection[uuid.UUID]) -> list[OwnerConclusion] | None:
    """The conclusions of a sending that was kept before, None if it was not: they were kept together."""
    return [*OwnerConclusion.objects.filter(submission__in=own).order_by("number")] or None


def _to_confirm(present: CaseOwners, at_once: AtOnce) -> list[OwnerRow]:
    """Give those to conclude on. Raises NotConcluded for who saw something else, or leaves everybody out."""
    by_form = owners_by_form(present)
    if seen_of_all(present, by_form) != at_once.seen:
        raise NotConcluded(OVERTAKEN)
    rows = [row for row in by_form.rows if row.key not in at_once.without]
    if not rows:
        raise NotConcluded(_("Nobody is left to be confirmed together: conclude on each in their own row."))
    return rows


@transaction.atomic
def _confirm(
    case: Case, at_once: AtOnce, actor: User, submission: uuid.UUID, kept: Kept | None
) -> list[OwnerConclusion]:
    locked = locked_open(case)
    present = case_owners.of_case(locked, timezone.localdate())
    drafts = [
        (_draft(row, present, at_once.words), _own(case, at_once, row, actor, submission))
        for row in _to_confirm(present, at_once)
    ]
    return concluding.write(locked, present, drafts, actor, kept)


def _draft(row: OwnerRow, present: CaseOwners, words: str) -> ConclusionDraft:
    return ConclusionDraft(
        key=row.key,
        seen=seen_of(row, present.capture),
        conclusion=Conclusion.BENEFICIAL_OWNER,
        ground=Ground.FOUNDATION_BOARD_OR_CHIEF,
        percent=None,
        words=words,
    )

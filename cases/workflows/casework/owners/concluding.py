"""Conclude who is a beneficial owner: several people in one sending, all of it or nothing. Added, never changed."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.objection import Objection
from cases.assessment.owners.concluded import reckoned_of
from cases.assessment.owners.grounds import Conclusion, Ground, lacking
from cases.assessment.owners.listed import lacking_words
from cases.findings.names.nameless import names_nobody
from cases.findings.vocabulary.formats import day_words
from cases.models import Case, OwnerConclusion, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.presentation.case_owners import CaseOwners, OwnerRow
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import attachments
from cases.workflows.casework.attachments import Kept, Upload
from cases.workflows.casework.owners import case_owners
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open
from cases.workflows.refusal import Refusal

LONGEST_NAME = 200
WHOLE = Decimal(100)
STEP = Decimal("0.001")  # per cent


class NotConcluded(Refusal):
    """The person may not conclude this, or not now; `words` say why. Nothing was written."""


class Refused(Exception):
    """What was filled in cannot be kept; `objections` say why, by the key of the person. Nothing was written."""

    def __init__(self, objections: Mapping[str, Sequence[Objection]]) -> None:
        super().__init__("the conclusions are refused")
        self.objections = objections


@dataclass(frozen=True)
class ConclusionDraft:
    """What was filled in on one person; `key` is '' for somebody who is added. `seen`: what the form showed of them."""

    key: str
    seen: str
    conclusion: Conclusion
    ground: Ground | None
    percent: Decimal | None
    words: str
    is_search_stated: bool = False
    name: str = ""
    born: str = ""


def seen_of(row: OwnerRow, capture: int | None) -> str:
    """A mark that is another when something else is known of a person, or somebody concluded on them.

    Where nothing tells namesakes apart, it is another for each capture. Whether they are listed belongs to it.
    """
    reckoned = reckoned_of(row.candidate) if row.candidate else {}
    of_capture = 0 if row.candidate is None or row.candidate.is_unique else capture
    is_listed = row.words_needed is not None and row.words_needed.is_grave
    newest = row.newest.number if row.newest else 0
    text = json.dumps([newest, reckoned, of_capture, is_listed], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def key_of_added(name: str, born: str) -> str:
    """The key of somebody whom people added, by name and birth as they were typed."""
    text = json.dumps([" ".join(name.casefold().split()), born.strip()])
    return f"added-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def conclude(
    case: Case,
    drafts: Sequence[ConclusionDraft],
    actor: User,
    submission: uuid.UUID,
    *,
    upload: Upload | None = None,
) -> list[OwnerConclusion]:
    """Keep what a person concluded on each; the same submission is the same conclusions. A file belongs to each.

    Raises Refused, NotConcluded; CaseIsClosed; attachments.NotTaken.
    """
    if not actor.has_perm(Perm.CONCLUDE_OWNER):
        raise NotConcluded(_("Your role does not allow this."))
    if not drafts:
        raise NotConcluded(_("Conclude on at least one person."))
    own = [_own(case, draft, actor, submission) for draft in drafts]
    if made := _all_made(own):
        return made
    _checked(case_owners.of_case(case, timezone.localdate()), drafts)
    kept = attachments.keep(upload) if upload else None
    found = idempotency.once(
        lambda: _all_made(own), lambda: _conclude(case, [*zip(drafts, own, strict=True)], actor, kept)
    )
    return found


def _own(case: Case, draft: ConclusionDraft, actor: User, submission: uuid.UUID) -> uuid.UUID:
    what = hashlib.sha256(repr(draft).encode()).hexdigest()
    return idempotency.own(submission, case, actor, f"{Verb.OWNER_CONCLUDED} {what}")


def _all_made(own: Sequence[uuid.UUID]) -> list[OwnerConclusion] | None:
    """The conclusions of a sending, if all of them were made before."""
    made = list(OwnerConclusion.objects.filter(submission__in=own).order_by("number"))
    return made if len(made) == len(own) else None


def _checked(present: CaseOwners, drafts: Sequence[ConclusionDraft]) -> None:
    """Refuse what cannot be kept, and what somebody wants who saw something else."""
    for draft in drafts:
        row = present.row(draft.key) if draft.key else None
        if draft.key and row is None:
            raise NotConcluded(_("The capture that is read does not name one of them any more."))
        if row is not None and seen_of(row, present.capture) != draft.seen:
            words = _(
                "Somebody concluded on %(name)s meanwhile, or a capture or a judgement came. "
                "Look at it, then send yours again."
            )
            raise NotConcluded(words % {"name": row.name})
    found = {
        draft.key: [*_objections(draft), *_of_added(present, draft), *_of_listed(present, draft, drafts)]
        for draft in drafts
    }
    if any(found.values()):
        raise Refused(found)


def _objections(draft: ConclusionDraft) -> Sequence[Objection]:
    found = [
        Objection("words", words)
        for words in lacking(
            draft.conclusion, draft.ground, draft.words, is_search_stated=draft.is_search_stated
        )
    ]
    if draft.percent is not None and not 0 <= draft.percent <= WHOLE:
        found.append(Objection("percent", _("Give per cent from 0 to 100.")))
    if not draft.key and (names_nobody(draft.name) or len(draft.name) > LONGEST_NAME):
        found.append(Objection("name", _("Give the name of the person.")))
    return found


def _of_added(present: CaseOwners, draft: ConclusionDraft) -> Iterator[Objection]:
    """Refuse to add somebody who is there already: they are concluded on where they stand."""
    if draft.key:
        return
    name = " ".join(draft.name.casefold().split())
    there = (*present.rows, *present.managers)
    is_there = any(" ".join(row.name.casefold().split()) == name for row in there)
    if is_there or present.row(key_of_added(draft.name, draft.born)):
        yield Objection(
            "name", _("Somebody of this name is there already: conclude on them in their own row.")
        )


def _of_listed(
    present: CaseOwners, draft: ConclusionDraft, drafts: Sequence[ConclusionDraft]
) -> Iterator[Objection]:
    """Refuse words on a listed person that are none of their own."""
    row = present.row(draft.key) if draft.key else None
    others = (other.words for other in drafts if other is not draft)
    if row and (words := lacking_words(row.words_needed, draft.words, others)):
        yield Objection("words", words)


@transaction.atomic
def _conclude(
    case: Case, drafts: Sequence[tuple[ConclusionDraft, uuid.UUID]], actor: User, kept: Kept | None
) -> list[OwnerConclusion]:
    locked = locked_open(case)
    present = case_owners.of_case(locked, timezone.localdate())
    _checked(present, [draft for draft, _own_number in drafts])
    return write(locked, present, drafts, actor, kept)


def write(
    locked: Case,
    present: CaseOwners,
    drafts: Sequence[tuple[ConclusionDraft, uuid.UUID]],
    actor: User,
    kept: Kept | None,
) -> list[OwnerConclusion]:
    """Write conclusions that were checked, each under its submission, in the transaction that locked the case."""
    rows = [
        _row(locked, present, draft, actor, (own, present.newest_number + place))
        for place, (draft, own) in enumerate(drafts, start=1)
    ]
    for row in rows:
        row.save()
        _record(locked, row, actor)
        if kept is not None:
            attachments.add(locked, kept, row, actor)
    worked_on(locked, actor)
    return rows


def _row(
    case: Case, present: CaseOwners, draft: ConclusionDraft, actor: User, own: tuple[uuid.UUID, int]
) -> OwnerConclusion:
    found = present.row(draft.key) if draft.key else None
    candidate = found.candidate if found else None
    submission, number = own
    is_added = candidate is None
    born = day_words(candidate.born) if candidate and candidate.born else draft.born.strip()
    if found is not None and found.newest is not None and is_added:
        born = found.newest.born
    return OwnerConclusion(
        case=case,
        number=number,
        person=draft.key or key_of_added(draft.name, draft.born),
        name=(found.name if found else draft.name.strip())[:LONGEST_NAME],
        born=born[:40],
        is_added=is_added,
        conclusion=draft.conclusion,
        ground=draft.ground or "",
        percent=None if draft.percent is None else draft.percent.quantize(STEP) + 0,
        words=draft.words.strip(),
        is_search_stated=draft.is_search_stated,
        reckoned=reckoned_of(candidate) if candidate else {},
        capture_id=present.capture,
        by=actor,
        at=timezone.now(),
        submission=submission,
    )


def _record(case: Case, row: OwnerConclusion, actor: User) -> None:
    """Tell of a conclusion in the timeline."""
    trail.record(
        case,
        Verb.OWNER_CONCLUDED,
        actor=actor,
        subject=CASE,
        detail={
            "concluded_on": row.name,
            "concluded": row.conclusion,
            "ground": row.ground,
            "words": row.words,
            **recorded_columns.of_conclusion(row),
        },
    )

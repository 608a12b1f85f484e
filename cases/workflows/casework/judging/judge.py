"""Judge a hit of a case: one person says what it is and why.

A judgement is never changed. Judged again, a hit gets a further one; the newest counts.
"""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cases.assessment.judging import compared_content
from cases.assessment.judging.draft import Draft, objections
from cases.assessment.judging.same_entry import objections_together
from cases.assessment.judging.second_person import Because, because
from cases.assessment.months import months_from
from cases.assessment.objection import Objection
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict
from cases.findings.screening import hit as findings
from cases.models import (
    Case,
    Hit,
    Judgement,
    JudgementVerdict,
    PartyList,
    PolicyKind,
    PolicyVersion,
    SecondState,
    User,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.models.people.permissions import Perm
from cases.presentation.capture_reading import CaptureReading
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import attachments
from cases.workflows.casework.attachments import Kept, Upload
from cases.workflows.casework.judging.as_read import (
    NotTheirs,
    Overtaken,
    derive_columns,
    locked_as_read,
    screened_by,
    session_of,
)
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.policy import versions

HUNDRED = 100


class Refused(Exception):
    """The judgement cannot be kept; `objections` say why, each with its field. Nothing was written."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(f"{len(objections)} objections")
        self.objections = tuple(objections)


@dataclass(frozen=True)
class Seen:
    """What a person had before them: the hit, and the number of its newest judgement, 0 if there was none."""

    fingerprint: str
    newest: int = 0


@dataclass(frozen=True)
class _Sent:
    """What a person sent, with what it is held against."""

    reading: CaptureReading
    seen: Seen
    hit: findings.Hit
    draft: Draft
    actor: User
    version: PolicyVersion

    @property
    def policy(self) -> HitReasons:
        return versions.hit_reasons_of(self.version)

    @property
    def verdict(self) -> HitVerdict:
        return HitVerdict(self.draft.verdict)

    @property
    def content(self) -> compared_content.Content:
        return compared_content.content_of(self.hit)


def judge(
    reading: CaptureReading,
    seen: Seen,
    draft: Draft,
    actor: User,
    submission: uuid.UUID,
    *,
    upload: Upload | None = None,
    together: Sequence[Seen] = (),
) -> Judgement:
    """Keep what a person judges a hit of the capture that is read to be; the same submission is the same judgement.

    `together` are hits that name the same person on other lists: each gets a judgement of its own. A file that is sent
    is stored before, and belongs to each. Raises Refused, Overtaken, NotTheirs; CaseIsClosed; versions.NothingInForce;
    attachments.NotTaken.
    """
    if not actor.has_perm(Perm.JUDGE_HIT):
        raise NotTheirs(_("Your role does not allow this."))
    version = versions.in_force(PolicyKind.HIT_REASONS)
    every = [_Sent(reading, one, _found(reading, one), draft, actor, version) for one in (seen, *together)]
    if found := _objections(every):
        raise Refused(found)
    own = _own(every[0], submission)
    if earlier := _made(own):
        return earlier
    attachment = attachments.keep(upload) if upload else None
    return idempotency.once(lambda: _made(own), lambda: _judge_all(every, submission, attachment))


def _objections(every: Sequence[_Sent]) -> tuple[Objection, ...]:
    first, *others = every
    today = timezone.localdate()
    of_all = objections_together(first.policy, first.hit, tuple(other.hit for other in others), first.draft)
    of_each = (
        objection for sent in every for objection in objections(sent.policy, sent.hit, sent.draft, today)
    )
    return tuple(dict.fromkeys((*of_all, *of_each)))


def _own(sent: _Sent, submission: uuid.UUID) -> uuid.UUID:
    what = f"{Verb.HIT_JUDGED} {sent.seen.fingerprint}"
    return idempotency.own(submission, session_of(sent.reading).case, sent.actor, what)


def _made(own: uuid.UUID) -> Judgement | None:
    return Judgement.objects.filter(submission=own).first()


def _found(reading: CaptureReading, seen: Seen) -> findings.Hit:
    for hit in reading.result.screening.hits:
        if hit.fingerprint == seen.fingerprint:
            return hit
    raise Overtaken(_("The capture that is read does not list this hit any more."))


@transaction.atomic
def _judge_all(every: Sequence[_Sent], submission: uuid.UUID, attachment: Kept | None) -> Judgement:
    reading = every[0].reading
    case, of_case = locked_as_read(reading)
    parties = _party_list(case, reading)
    first, *_others = [_judge(case, sent, parties, _own(sent, submission), attachment) for sent in every]
    derive_columns(reading, of_case)
    worked_on(case, every[0].actor)
    return first


def _judge(
    case: Case, sent: _Sent, parties: PartyList, submission: uuid.UUID, attachment: Kept | None
) -> Judgement:
    row = Hit.objects.filter(case=case, fingerprint=sent.seen.fingerprint).first()
    if row is None:
        raise Overtaken(_("The hit is not on record yet. Try again in a while; nothing was kept."))
    before = row.judgements.order_by("-number").select_related("by").first()
    if (before.number if before else 0) != sent.seen.newest:
        name = before.by.name if before else ""
        raise Overtaken(_("%(name)s judged this hit meanwhile. Nothing was kept.") % {"name": name})
    judgement = _judgement(sent, row, before)
    judgement.parties, judgement.submission = parties, submission
    judgement.save()
    trail.record(
        case,
        Verb.HIT_JUDGED,
        actor=sent.actor,
        subject=EventSubject.hit(row.pk),
        rests_on=judgement.capture.sha256,
        detail=_told(sent, judgement),
    )
    if attachment is not None:
        attachments.add(case, attachment, judgement, sent.actor)
    return judgement


def _party_list(case: Case, reading: CaptureReading) -> PartyList:
    parties = compared_content.parties_of(reading.result.screening.parties)
    found, _is_new = PartyList.objects.get_or_create(
        case=case, digest=compared_content.digest(parties), defaults={"parties": parties}
    )
    return found


def _judgement(sent: _Sent, row: Hit, before: Judgement | None) -> Judgement:
    hit, draft, verdict = sent.hit, sent.draft, sent.verdict
    why = _second_because(sent, row)
    party = hit.comparison.party if hit.comparison else None
    waits = verdict is HitVerdict.CANNOT_TELL
    return Judgement(
        hit=row,
        number=(before.number if before else 0) + 1,
        verdict=JudgementVerdict(verdict),
        reasons=[*dict.fromkeys(draft.reasons)],
        rationale=draft.rationale,
        particulars=draft.particulars,
        contacted=draft.contacted if waits else "",
        wake_up=draft.wake_up if waits else None,
        expires_on=_months_from_today(sent.policy.expires_months[verdict]),
        policy=sent.version,
        capture=screened_by(sent.reading),
        party=compared_content.party_key(party) if party else "",
        content=sent.content,
        comparison=compared_content.compared_of(hit),
        match=hit.on_scale,
        by=sent.actor,
        at=timezone.now(),
        second_because=[str(reason) for reason in why],
        second_state=SecondState.AWAITED if why else SecondState.NOT_NEEDED,
    )


def _second_because(sent: _Sent, row: Hit) -> list[Because]:
    """Why a second person must confirm; the sample is drawn where nothing else asks for one.

    What two people judged last counts, whatever one alone judged since: nobody overturns it in two steps.
    """
    found = [*because(sent.policy, sent.hit, sent.verdict, sent.draft.reasons)]
    by_two = row.judgements.filter(second_state=SecondState.CONFIRMED).order_by("-number").first()
    if by_two is not None and by_two.verdict != sent.verdict:
        found.append(Because.OVERTURNS)
    if not found and sent.verdict is HitVerdict.FALSE_POSITIVE and _is_drawn(sent, row):
        found.append(Because.SAMPLE)
    return found


def _is_drawn(sent: _Sent, row: Hit) -> bool:
    """Is the hit of the sample? Nobody can tell before, and judging it again draws no other lot."""
    lot = f"{row.pk} {compared_content.digest(sent.content)}"
    drawn = int.from_bytes(salted_hmac("cases.judging.sample", lot).digest()[:4]) % HUNDRED
    return drawn < sent.policy.second.sample_percent


def _months_from_today(months: int | None) -> datetime.date | None:
    """The day so many months from today; None for never."""
    return None if months is None else months_from(timezone.localdate(), months)


def _told(sent: _Sent, judgement: Judgement) -> trail.Detail:
    hit, reasons = sent.hit, sent.policy.reasons
    return {
        "hit": hit.name or "",
        "list": str(hit.list_name.text) if hit.list_name else "",
        "judged": str(judgement.verdict),
        "judged_because": [reasons[code].words for code in judgement.reasons],
        "rationale": judgement.rationale,
        "particulars": judgement.particulars,
        "contacted": judgement.contacted,
        "wake_up": judgement.wake_up.isoformat() if judgement.wake_up else "",
        "expires_on": judgement.expires_on.isoformat() if judgement.expires_on else "",
        **recorded_columns.of_judgement(judgement),
    }

"""Record a search of parties elsewhere, or take one back. Searches are added, never changed."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.objection import Objection
from cases.assessment.requirements.found import first_of
from cases.assessment.requirements.party_checks import TOPIC_OF, months_of
from cases.assessment.searches.draft import DAY, PARTIES, WORDS, SearchDraft, objections
from cases.assessment.searches.parties import SearchedParty
from cases.assessment.searches.terms import PartyOutcome, SearchTopic
from cases.findings.vocabulary.wording import Words
from cases.models import Case, PartySearch, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.presentation.requirement_statuses import CaseRequirements
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import attachments
from cases.workflows.casework.attachments import Kept, NotTaken, Upload
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.casework.requirements.stated import NotStated
from cases.workflows.casework.requirements.stating import ATTACHMENT, Refused
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open

OfTopics = dict[SearchTopic, list[SearchedParty]]


@dataclass(frozen=True)
class SeenSearches:
    """What a person had before them: the newest search of the case (0: none), the key of the result, and `parties`."""

    newest: int
    capture: int | None
    parties: str


def parties_mark(present: CaseRequirements) -> str:
    """A mark that is another when somebody else is to be searched."""
    text = json.dumps(sorted(party.key for party in present.searches.parties))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def months(present: CaseRequirements) -> dict[SearchTopic, int | None]:
    """For how many months a search of each topic counts by the set of the case."""
    return {topic: months_of(check, present.policy) for check, topic in TOPIC_OF.items()}


def record(
    case: Case,
    seen: SeenSearches,
    draft: SearchDraft,
    actor: User,
    submission: uuid.UUID,
    *,
    upload: Upload | None = None,
) -> list[PartySearch]:
    """Keep a search, a row for each topic; the same submission is the same rows. A file belongs to each.

    Raises Refused, NotStated; CaseIsClosed; versions.NothingInForce.
    """
    if not actor.has_perm(Perm.MEET_REQUIREMENT):
        raise NotStated(_("Your role does not allow this."))
    what = hashlib.sha256(repr((seen, draft)).encode()).hexdigest()
    own = [
        (topic, idempotency.own(submission, case, actor, f"{Verb.PARTIES_SEARCHED} {topic} {what}"))
        for topic in draft.topics
    ]
    if made := _made(own):
        return made
    _checked(requirement_status.of_case(case, timezone.localdate()), seen, draft)
    kept = _kept(upload) if upload else None
    return idempotency.once(lambda: _made(own), lambda: _record(case, (seen, draft), actor, own, kept))


def _kept(upload: Upload) -> Kept:
    try:
        return attachments.keep(upload)
    except NotTaken as not_taken:
        raise Refused([Objection(ATTACHMENT, not_taken.words)]) from not_taken


def _made(own: Sequence[tuple[SearchTopic, uuid.UUID]]) -> list[PartySearch] | None:
    """The rows of a sending, if all of them were made before."""
    made = list(
        PartySearch.objects.filter(submission__in=[number for _topic, number in own]).order_by("number")
    )
    return made if made and len(made) == len(own) else None


def _checked(present: CaseRequirements, seen: SeenSearches, draft: SearchDraft) -> OfTopics:
    """Whom it is about, topic by topic, if this may be recorded of them."""
    parties = {party.key: party for party in present.searches.parties if party.is_named}
    if set(draft.parties) - set(parties):
        raise NotStated(_("The capture that is read does not name one of them any more. Choose again."))
    if found := objections(draft, months(present), timezone.localdate()):
        raise Refused(found)
    chosen = {topic: _chosen(present, draft, topic) for topic in draft.topics}
    if draft.of_the_rest and parties_mark(present) != seen.parties:
        raise NotStated(
            _("Others are to be searched than when you began. Look at them, then send yours again.")
        )
    _overtaken(present, seen, chosen)
    if nobody := [topic for topic, parties_of_it in chosen.items() if not parties_of_it]:
        raise Refused([Objection(PARTIES, _why_nobody(present, draft, nobody[0]))])
    if against := [*_against_what_was_recorded(present, draft, chosen)]:
        raise Refused(against)
    return chosen


def _against_what_was_recorded(
    present: CaseRequirements, draft: SearchDraft, chosen: OfTopics
) -> Iterator[Objection]:
    """Refuse to take back what nobody recorded, and to pass over what was found with an older search, or in silence."""
    covered = [
        one for topic, parties in chosen.items() for one in present.coverage_of(topic) if one.party in parties
    ]
    if draft.outcome is PartyOutcome.TAKEN_BACK:
        if never := [str(one.party.name) for one in covered if not one.can_be_taken_back]:
            words = _("Nothing is recorded that could be taken back of %(names)s.")
            yield Objection(PARTIES, words % {"names": first_of(never)})
        return
    before = [one for one in covered if one.is_found]
    if draft.outcome is PartyOutcome.FOUND or not before:
        return
    names = {"names": first_of([str(one.party.name) for one in before])}
    if not draft.words.strip():
        yield Objection(WORDS, _("Something was found of %(names)s: say why nothing is now.") % names)
    newest = max((one.search.day for one in before if one.search and one.search.day), default=None)
    if newest and draft.day and draft.day < newest:
        words = _("Something was found of %(names)s on a later day: an older search does not undo that.")
        yield Objection(DAY, words % names)


def _why_nobody(present: CaseRequirements, draft: SearchDraft, topic: SearchTopic) -> Words:
    """Why nothing can be recorded for a topic of those who are chosen."""
    if not present.coverage_of(topic):
        words = _("The requirement set asks nobody for this: %(topic)s.")
        return words % {"topic": topic.words}
    if draft.of_the_rest:
        return _("Nobody is left for it: choose each whom it is about.")
    return _("Only persons are politically exposed: choose a person, or leave that out.")


def _chosen(present: CaseRequirements, draft: SearchDraft, topic: SearchTopic) -> list[SearchedParty]:
    """Whom a search of a topic is about; an organisation is not politically exposed."""
    covered = [one for one in present.coverage_of(topic) if one.party.is_named]
    return [
        one.party
        for one in covered
        if one.party.key in draft.parties or (draft.of_the_rest and one.is_of_the_rest)
    ]


def _overtaken(present: CaseRequirements, seen: SeenSearches, chosen: OfTopics) -> None:
    """Refuse what is sent by somebody who did not see what was recorded, or captured, meanwhile."""
    if present.capture != seen.capture and not all(
        party.is_unique for parties in chosen.values() for party in parties
    ):
        raise NotStated(_("A capture came meanwhile, and one of them cannot be told from a namesake."))
    for search in present.searches.searches:
        common = search.keys & {party.key for party in chosen.get(search.topic, ())}
        if search.number > seen.newest and common:
            words = _(
                "%(name)s recorded a search of one of them meanwhile. Look at it, then send yours again."
            )
            raise NotStated(words % {"name": search.by})


@transaction.atomic
def _record(
    case: Case,
    sent: tuple[SeenSearches, SearchDraft],
    actor: User,
    own: Sequence[tuple[SearchTopic, uuid.UUID]],
    kept: Kept | None,
) -> list[PartySearch]:
    seen, draft = sent
    locked = locked_open(case)
    present = requirement_status.of_case(locked, timezone.localdate())
    chosen = _checked(present, seen, draft)
    rows = []
    for place, (topic, submission) in enumerate(own, start=1):
        row = _row(locked, present, draft, topic, chosen[topic])
        row.number, row.by, row.submission = present.searches.newest + place, actor, submission
        row.save()
        _record_event(locked, row, actor)
        if kept is not None:
            attachments.add(locked, kept, row, actor)
        rows.append(row)
    worked_on(locked, actor)
    return rows


def _row(
    case: Case,
    present: CaseRequirements,
    draft: SearchDraft,
    topic: SearchTopic,
    chosen: Sequence[SearchedParty],
) -> PartySearch:
    is_search = draft.outcome is not PartyOutcome.TAKEN_BACK
    return PartySearch(
        case=case,
        topic=topic,
        parties=[
            {
                "key": party.key,
                "name": str(party.name),
                "details": list(party.details),
                "is_unique": party.is_unique,
            }
            for party in chosen
        ],
        outcome=draft.outcome,
        means=draft.means if is_search else "",
        source=draft.source.strip() if is_search else "",
        lists=draft.lists.strip() if is_search and topic is SearchTopic.SANCTIONS else "",
        day=draft.day if is_search else None,
        words=draft.words.strip(),
        capture_id=present.capture,
        at=timezone.now(),
    )


def _record_event(case: Case, row: PartySearch, actor: User) -> None:
    """Tell of a search in the timeline."""
    trail.record(
        case,
        Verb.PARTIES_SEARCHED,
        actor=actor,
        subject=CASE,
        detail={
            "searched_for": row.topic,
            "searched_found": row.outcome,
            "searched_parties": first_of([party["name"] for party in row.parties]),
            **({"searched_in": row.source} if row.source else {}),
            **({"searched_lists": row.lists} if row.lists else {}),
            **({"searched_on": row.day.isoformat()} if row.day else {}),
            "words": row.words,
            **recorded_columns.of_search(row),
        },
    )

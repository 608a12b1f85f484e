"""Cases with hits to judge: who is listed, who of ours is compared, and what a person fills in."""

import copy
import hashlib
import json
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.assessment.judging.draft import Draft
from cases.assessment.policy.defaults import default
from cases.models import (
    Artefact,
    Attachment,
    Case,
    CaseState,
    Decision,
    DecisionOutcome,
    DecisionReason,
    Hit,
    ImpactState,
    Judgement,
    JudgementVerdict,
    OwnerConclusion,
    PartyList,
    PartySearch,
    PolicyImpact,
    PolicyKind,
    PolicyState,
    PolicyVersion,
    Recusal,
    RequirementSetChoice,
    RequirementStatement,
    RiskAnswers,
    RiskOverride,
    SecondState,
    StatementKind,
    SuspicionConclusion,
    SuspicionNote,
    User,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.judged_hits import JudgedHit
from cases.workflows.audit import trail
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.judge import Seen, judge
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read
from tests import factories
from tests.findings.reading import payload

NAME, BORN = "Arvid Storholm", "1961-04-17"
OTHER_BORN = "1970-09-02"


def person(name: str = NAME, born: str | None = BORN) -> dict[str, Any]:
    first, _space, last = name.rpartition(" ")
    return {"name": name, "firstName": first, "lastName": last, "dateOfBirth": born}


def entry(number: int = 1, **fields: Any) -> dict[str, Any]:
    """An entry of a list, of somebody with the name of the chair born on another day."""
    return {
        "source": "HMTREASURY",
        "externalId": f"GB-{number}",
        "name": NAME,
        "matchIndicator": 120,
        "birthDate": OTHER_BORN,
        "aliasList": ["A. Storholm"],
        **fields,
    }


def two_entries() -> list[dict[str, Any]]:
    """The likelier of the two is nearly the chair by name and day of birth, the other was born on another day."""
    return [
        entry(1, matchIndicator=230, source="EU_GLOBAL", name="Arvid STORHOLM"),
        entry(2, matchIndicator=140, name="STORHOLM, Arvid"),
    ]


def document(*entries: dict[str, Any], chair: dict[str, Any] | None = None, **roles: Any) -> dict[str, Any]:
    """A result with these entries, and a chair of the board."""
    found = copy.deepcopy(payload("no_clean"))
    found["roles"] |= {"chairman": chair or person(), **roles}
    lists = ["EU_GLOBAL", "UN_CONSOLIDATED", "HMTREASURY", "OFAC"]
    found["sanction"] = {
        "status": "SANCTION" if entries else "NONE",
        "sanctionResults": [*entries],
        "metadata": {"sources": lists},
    }
    return found


def capture(case: Case, *entries: dict[str, Any], **parties: Any) -> Artefact:
    """Capture one more result of the case."""
    return result_of(case, document(*entries, **parties))


def result_of(case: Case, found: dict[str, Any]) -> Artefact:
    """Capture one more result of the case, this one."""
    data = json.dumps(found).encode()
    session = factories.session(case, "COMPLETE", {})
    return factories.artefact(session, data=data, state="CAPTURED")


def case_with(*entries: dict[str, Any], **parties: Any) -> Case:
    made = factories.case(assignee=factories.kari())
    capture(made, *(entries or (entry(),)), **parties)
    return made


def reading_of(case: Case) -> CaptureReading:
    """The capture of a case as its page reads it."""
    sessions = sessions_of(case.pk)
    return read_session(to_read(sessions), sessions)


def draft(verdict: str = "FALSE_POSITIVE", *reasons: str, **fields: Any) -> Draft:
    usual = {"FALSE_POSITIVE": "FP01", "TRUE_MATCH": "TM07", "NOT_APPLICABLE": "NA02", "CANNOT_TELL": "CT01"}
    fields.setdefault("rationale", "The passport shows it.")
    if verdict == "NOT_APPLICABLE":
        fields.setdefault("particulars", "Version 1.")
    return Draft(verdict, reasons or (usual[verdict],), **fields)


def judged(case: Case, hit: Hit | None = None, how: Draft | None = None, by: User | None = None) -> Judgement:
    """Judge a hit of a case, its only one by default."""
    hit = hit or case.hits.get()
    seen = Seen(hit.fingerprint, hit.judgements.count())
    return judge(reading_of(case), seen, how or draft(), by or factories.kari(), uuid.uuid4())


def held(case: Case) -> JudgedHit:
    """The judgement of the only hit, held against the hit as it now is."""
    (found,) = reading_of(case).judged.by_fingerprint.values()
    return found


def judged_by_two(case: Case, hit: Hit | None = None, how: Draft | None = None) -> Judgement:
    """Judge a hit, and have it confirmed if policy or the sample asks for that."""
    found = judged(case, hit, how)
    return second.confirm(reading_of(case), found, factories.ola()) if found.awaits_second else found


@transaction.atomic
def judgement_row(hit_: Hit | None = None, **fields: Any) -> Judgement:
    """A judgement of this hit as its row alone: not the same, by Kari, and no second person needed."""
    hit_ = hit_ or factories.hit()
    policy = PolicyVersion.objects.get(kind=PolicyKind.HIT_REASONS, state=PolicyState.ACTIVE)
    parties, _is_new = PartyList.objects.get_or_create(case=hit_.case, digest="", parties={})
    usual = {
        "number": hit_.judgements.count() + 1,
        "verdict": JudgementVerdict.FALSE_POSITIVE,
        "reasons": ["FP01"],
        "rationale": "Born on another day.",
        "policy": policy,
        "capture": hit_.last_seen,
        "parties": parties,
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return Judgement.objects.create(hit=hit_, **{**usual, **fields})


def attachment_row(rests_on: Judgement | None = None, **fields: Any) -> Attachment:
    """An attachment of a judgement as its row alone."""
    rests_on = rests_on or judgement_row()
    case = rests_on.hit.case
    sha256 = hashlib.sha256(factories.PDF).hexdigest()
    usual = {
        "number": case.attachments.count() + 1,
        "name": "passport.pdf",
        "media_type": "application/pdf",
        "size": len(factories.PDF),
        "sha256": sha256,
        "file": f"attachments/{sha256[:2]}/{sha256}.pdf",
        "attached_by": factories.kari(),
        "attached_at": timezone.now(),
        "judgement": rests_on,
    }
    return Attachment.objects.create(case=case, **{**usual, **fields})


def answers_row(case: Case | None = None, **fields: Any) -> RiskAnswers:
    """Answers of a case as their row alone."""
    case = case or factories.case()
    usual = {
        "number": case.risk_answers.count() + 1,
        "answers": {"A1": "no"},
        "policy": PolicyVersion.objects.get(kind=PolicyKind.RISK_MODEL, state=PolicyState.ACTIVE),
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return RiskAnswers.objects.create(case=case, **{**usual, **fields})


def conclusion_row(case: Case | None = None, **fields: Any) -> OwnerConclusion:
    """What Kari concluded on an owner, as its row alone."""
    case = case or factories.case()
    usual = {
        "number": case.owner_conclusions.count() + 1,
        "person": "a" * 24,
        "name": "Liv Strand",
        "conclusion": "NOT_ONE",
        "words": "She sold her shares.",
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return OwnerConclusion.objects.create(case=case, **{**usual, **fields})


def search_row(case: Case | None = None, **fields: Any) -> PartySearch:
    """A search of one party for sanctions, by Kari, as its row alone."""
    case = case or factories.case()
    usual = {
        "number": case.party_searches.count() + 1,
        "topic": "SANCTIONS",
        "parties": [{"key": "a" * 24, "name": "Liv Strand", "details": []}],
        "outcome": "NOTHING_FOUND",
        "means": "SEARCH",
        "source": "Nordlist",
        "lists": "EU, UN",
        "day": timezone.localdate(),
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return PartySearch.objects.create(case=case, **{**usual, **fields})


def set_choice_row(case: Case | None = None, **fields: Any) -> RequirementSetChoice:
    """A move of a case to the requirement set in force, by Kari, as its row alone."""
    case = case or factories.case()
    usual = {
        "number": case.requirement_set_choices.count() + 1,
        "version": PolicyVersion.objects.get(kind=PolicyKind.REQUIREMENT_SET, state=PolicyState.ACTIVE),
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return RequirementSetChoice.objects.create(case=case, **{**usual, **fields})


def statement_row(case: Case | None = None, **fields: Any) -> RequirementStatement:
    """What Kari said of a requirement, as its row alone."""
    case = case or factories.case()
    usual = {
        "number": case.requirement_statements.count() + 1,
        "requirement": "R14",
        "kind": StatementKind.MET,
        "words": "A loan for the shop.",
        "policy": PolicyVersion.objects.get(kind=PolicyKind.REQUIREMENT_SET, state=PolicyState.ACTIVE),
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return RequirementStatement.objects.create(case=case, **{**usual, **fields})


@transaction.atomic
def suspicion_row(case: Case | None = None, **fields: Any) -> SuspicionNote:
    """A note of suspicion of Siv's, as its row and its event alone."""
    case = case or factories.case()
    usual = {
        "number": case.suspicion_notes.count() + 1,
        "words": "Cash in sacks.",
        "conclusion": SuspicionConclusion.LOOKED_INTO,
        "by": factories.officer(),
        "at": timezone.now(),
        "salt": "ab" * 16,
    }
    made = {**usual, **fields}
    if "event" not in made:
        subject = EventSubject.suspicion(made["number"])
        made["event"] = trail.record_suspicion(case, Verb.SUSPICION_NOTED, actor=made["by"], subject=subject)
    return SuspicionNote.objects.create(case=case, **made)


def override_row(case: Case | None = None, **fields: Any) -> RiskOverride:
    """A class that Kari set to high, as its row alone."""
    case = case or factories.case()
    usual = {
        "number": case.risk_overrides.count() + 1,
        "to_class": "high",
        "worked_out": "normal",
        "rationale": "The owner is known to us.",
        "until": timezone.localdate(),
        "policy": PolicyVersion.objects.get(kind=PolicyKind.RISK_MODEL, state=PolicyState.ACTIVE),
        "by": factories.kari(),
        "at": timezone.now(),
    }
    return RiskOverride.objects.create(case=case, **{**usual, **fields})


def decision_row(case: Case | None = None, **fields: Any) -> Decision:
    """A proposal of Kari to refuse a case, as its row alone."""
    case = case or factories.case()
    usual = {
        "number": case.decisions.count() + 1,
        "outcome": DecisionOutcome.REFUSE,
        "reason": DecisionReason.OUTSIDE_APPETITE,
        "rationale": "We do not serve this trade.",
        "digest": "d" * 64,
        "second_state": SecondState.AWAITED,
        "by": factories.kari(),
        "at": timezone.now(),
        "held_at": timezone.now(),
    }
    return Decision.objects.create(case=case, **{**usual, **fields})


def decided(case: Case | None = None) -> Case:
    """A case that Kari proposed to refuse, which Ola countersigned: the rows alone."""
    case = case or factories.case()
    answered = {"second_by": factories.ola(), "second_at": timezone.now()}
    decision_row(case, second_state=SecondState.CONFIRMED, **answered)
    for state in (CaseState.PROPOSED, CaseState.REFUSED):
        Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case


def recusal_row(case: Case | None = None, **fields: Any) -> Recusal:
    """Kari is recused from a case, as its row alone."""
    usual = {"person": factories.kari(), "reason": "The owner is my brother.", "at": timezone.now()}
    return Recusal.objects.create(case=case or factories.case(), **{**usual, **fields})


def in_force_anew(kind: PolicyKind, document: dict[str, Any]) -> PolicyVersion:
    """Another version of a policy in force, as its row alone."""
    text = json.dumps(document)
    of_kind = PolicyVersion.objects.filter(kind=kind)
    of_kind.filter(state=PolicyState.ACTIVE).update(state=PolicyState.RETIRED)
    return PolicyVersion.objects.create(
        kind=kind,
        number=of_kind.count() + 1,
        document=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        state=PolicyState.ACTIVE,
        author=factories.lead(),
        written_at=timezone.now(),
        activated_by=factories.ola(),
        activated_at=timezone.now(),
    )


def policy_row(state: str = PolicyState.DRAFT, **fields: Any) -> PolicyVersion:
    """A version of the hit reasons by the lead, as its row alone."""
    text = json.dumps(default(PolicyKind.HIT_REASONS))
    number = PolicyVersion.objects.filter(kind=PolicyKind.HIT_REASONS).count() + 1
    usual = {
        "kind": PolicyKind.HIT_REASONS,
        "number": number,
        "document": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "author": factories.lead(),
        "written_at": timezone.now(),
    }
    return PolicyVersion.objects.create(state=state, **{**usual, **fields})


def impact_row(state: str = ImpactState.ORDERED, **fields: Any) -> PolicyImpact:
    """What a draft would do, as its row alone."""
    version = fields.pop("version", None) or policy_row()
    usual = {"sha256": version.sha256, "ordered_by": factories.lead(), "ordered_at": timezone.now()}
    return PolicyImpact.objects.create(version=version, state=state, **{**usual, **fields})

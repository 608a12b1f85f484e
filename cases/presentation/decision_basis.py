"""What a decision of a case would rest on, taken from what is read, judged, concluded and worked out now.

Left out of a capture is what says nothing of the organisation: when it was made, who was asked when, in which order
lists came. A late PDF is no part of it either, but for what requirements make of it.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.assessment.decision.basis import Basis, Entry, Part, PartName, sha256, unordered
from cases.assessment.policy.requirement_terms import Check
from cases.assessment.requirements.found import State
from cases.assessment.requirements.party_checks import TOPIC_OF
from cases.assessment.requirements.work_out import RequirementStatus
from cases.findings.as_json import findings
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.formats import exact_words
from cases.findings.vocabulary.moments import moment_words
from cases.findings.vocabulary.wording import Words
from cases.models import Case
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.case_owners import CaseOwners, OwnerRow
from cases.presentation.judged_hits import JudgedHit
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk

# The chapters of a result, and the names under which the findings have them.
CHAPTERS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "company": (gettext_lazy("Company"), ("company",)),
    "ownership": (gettext_lazy("Ownership"), ("owners", "shares", "subsidiaries", "indicators")),
    "people": (gettext_lazy("People and authority"), ("roles", "vacant_roles", "authority")),
    "screening": (gettext_lazy("Screening"), ("screening",)),
    "financials": (gettext_lazy("Financials"), ("figures", "key_figures", "auditor", "accountant")),
    "nothing": (gettext_lazy("What it says nothing of"), ("nothing",)),
}
# Where in a result something stood, which another order changes; and words for readers, in their language.
LEFT_OUT = {"rests_on", "country_name", "type_name", "status_names", "role_names"}
# What a late PDF of the same capture can change.
OF_DOCUMENTS = (Check.EVIDENCE, Check.REGISTER_EVIDENCE)
BY_WORDS = "by words"
# What a decision itself meets.
BY_DECISION = (Check.DECIDED, Check.NEXT_REVIEW, Check.CONDITION)


def basis_of(
    case: Case,
    reading: CaptureReading,
    owners: CaseOwners,
    risk: CaseRisk,
    requirements: CaseRequirements,
    *,
    today: datetime.date,
    is_approval: bool,
    proposed: Basis | None = None,
) -> Basis:
    """What a decision rests on. Only an approval rests on requirements that hold; every other on what people said.

    `proposed` is what a proposal rested on that is held against what is so now; None of one that is made now.
    """
    return Basis(
        (
            _capture(case, reading),
            _hits(reading),
            _owners(owners),
            _risk(risk),
            _requirements(requirements, today if is_approval else None, _held_by_words(proposed)),
        )
    )


def _capture(case: Case, reading: CaptureReading) -> Part:
    of_case = Entry("case", _("Case"), (case.reference, case.organisation.number), case.reference)
    if not reading.is_usable or reading.artefact is None:
        words = _("no result that can be used")
        return Part(PartName.CAPTURE, words, (of_case, Entry("result", _("Result"), (False,), words)))
    artefact = reading.artefact
    words = _("capture %(number)d") % {"number": artefact.session.number}
    if artefact.captured_at:
        words = f"{words}, {moment_words(artefact.captured_at, 'j M Y, H:i')}"
    found = findings.plain(reading.result)
    entries = [
        Entry(key, str(title), (sha256(unordered(_raw([found[name] for name in names]))),), words)
        for key, (title, names) in CHAPTERS.items()
    ]
    result = Entry("result", _("Result"), (True,), f"{words}, SHA-256 {artefact.sha256}")
    return Part(PartName.CAPTURE, words, (of_case, result, *entries))


def _raw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _raw(held) for name, held in value.items() if name not in LEFT_OUT}
    return [*map(_raw, value)] if isinstance(value, list) else value


def _hits(reading: CaptureReading) -> Part:
    listed = reading.result.screening.hits if reading.is_usable else ()
    entries = tuple(_hit(hit, reading.judged.of(hit.fingerprint)) for hit in listed)
    counts = {"judged": sum(entry.value[0] != "" for entry in entries), "all": len(entries)}
    words = _("%(judged)d of %(all)d judged") % counts if entries else _("none listed")
    return Part(PartName.HITS, words, entries)


def _hit(hit: Hit, judged: JudgedHit | None) -> Entry:
    name = f"“{hit.name or '?'}”"
    title = f"{name} ({hit.list_name.text})" if hit.list_name else name
    if judged is None or not judged.stands:
        return Entry(hit.fingerprint, title, ("",), _("open"))
    judgement = judged.judgement
    words = _("%(verdict)s (judgement %(number)d)") % {
        "verdict": judgement.get_verdict_display(),
        "number": judgement.number,
    }
    value = (judgement.verdict, judgement.number, judgement.second_state)
    return Entry(hit.fingerprint, title, value, words)


def _owners(owners: CaseOwners) -> Part:
    rows = (*owners.rows, *(row for row in owners.managers if row.counts))
    entries = tuple(map(_owner, rows))
    count = len(owners.concluded.owners)
    named = ngettext("%(n)d beneficial owner", "%(n)d beneficial owners", count) % {"n": count}
    open_count = len(owners.open)
    words = f"{named}, {_('%(n)d open') % {'n': open_count}}" if open_count else named
    return Part(PartName.OWNERS, words, entries)


def _owner(row: OwnerRow) -> Entry:
    newest = row.newest if row.counts else None
    if newest is None:
        return Entry(row.key, row.name, ("",), _("not concluded"))
    percent = None if newest.percent is None else exact_words(newest.percent)
    value = (newest.conclusion, newest.number, newest.ground, percent)
    words = _("%(conclusion)s (conclusion %(number)d)") % {
        "conclusion": newest.get_conclusion_display(),
        "number": newest.number,
    }
    return Entry(row.key, row.name, value, words)


def _risk(risk: CaseRisk) -> Part:
    present, answered = risk.present, risk.answered
    model = risk.version.sha256 if risk.version else ""
    title = risk.version.title if risk.version else str(_("none in force"))
    known = [Entry("model", _("Risk model"), (model,), title)]
    if present is None:
        words = _("not worked out")
        return Part(PartName.RISK, words, (Entry("class", _("Risk class"), ("",), words), *known))
    found = present.found
    words = _("%(class)s, %(points)s points") % {"class": present.risk_class.words, "points": found.points}
    if found.is_provisional:
        words = _("%(class)s (provisional)") % {"class": words}
    value = (
        present.risk_class.value,
        found.risk_class.value,
        str(found.points),
        found.is_provisional,
        present.holding.number if present.holding else 0,
        present.awaited.number if present.awaited else 0,
        answered.number if answered else 0,
    )
    return Part(PartName.RISK, words, (Entry("class", _("Risk class"), value, words), *known))


def _held_by_words(proposed: Basis | None) -> frozenset[str]:
    """The requirements on documents that somebody’s word met or waived when a decision was proposed."""
    part = proposed.part(PartName.REQUIREMENTS) if proposed else None
    return frozenset(entry.key for entry in part.entries if BY_WORDS in entry.value) if part else frozenset()


def _requirements(
    requirements: CaseRequirements, today: datetime.date | None, held_by_words: frozenset[str]
) -> Part:
    version = requirements.version
    entries = [Entry("set", _("Requirement set"), (version.sha256,), version.title)]
    counted = [status for status in requirements.statuses if status.required.check not in BY_DECISION]
    entries += [
        _requirement(requirements, status, today, status.required.id in held_by_words) for status in counted
    ]
    open_count = sum(status.state.is_open for status in counted)
    counts = {"done": len(counted) - open_count, "all": len(counted)}
    words = _("%(done)d of %(all)d met, waived or not applicable") % counts
    return Part(PartName.REQUIREMENTS, words, tuple(entries))


def _requirement(
    requirements: CaseRequirements,
    status: RequirementStatus,
    today: datetime.date | None,
    held_by_words: bool,
) -> Entry:
    required, statement = status.required, status.statement
    rows = requirements.said_of(required.id)
    number = rows[0].number if rows else 0
    search = _newest_search(requirements, required.check)
    words = str(status.state.words)
    if rows:
        words = _("%(state)s (statement %(number)d)") % {"state": words, "number": number}
    if search:
        words = _("%(state)s (search %(number)d)") % {"state": words, "number": search[0]}
    title = f"{required.id} {required.title}"
    if today is None:
        return Entry(required.id, title, (False, number, *search), words)
    # A late PDF of the same capture takes nothing from a word by which a document was done without.
    stands = held_by_words and statement is not None and not statement.over_because(required, today)
    if required.check in OF_DOCUMENTS and (stands or status.counts):
        return Entry(required.id, title, (False, number, BY_WORDS), words)
    return Entry(required.id, title, (status.state.is_open, number, *search), words)


def _newest_search(requirements: CaseRequirements, check: Check) -> tuple[int, ...]:
    """The number of the newest search of parties that bears on a requirement; nothing if there is none."""
    topic = TOPIC_OF.get(check)
    number = requirements.searches.newest_of(topic) if topic else 0
    return (number,) if number else ()


def blocking(requirements: CaseRequirements) -> list[RequirementStatus]:
    """The requirements that an approval waits for, in the order in which groups stand."""
    return [status for status in requirements.open if status.required.check not in BY_DECISION]


def superior_because(statuses: Iterable[RequirementStatus]) -> Iterator[str]:
    """Why the law reserves an approval to a superior: the titles of the requirements that ask for one."""
    for status in statuses:
        asks = status.required.check in (Check.EXPOSED_MEASURES, Check.HIGH_RISK_COUNTRY)
        if asks and status.state is not State.NOT_APPLICABLE:
            yield status.required.title

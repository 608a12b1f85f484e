"""The report of a case: the page's findings and partials, laid out for paper, with what they rest on."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.findings.verdicts.summary import Summary
from cases.findings.vocabulary.presence import WORDS, Kind, Nothing
from cases.findings.vocabulary.sections import Part, title_of
from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, Case, CaseReport, Decision, ReportKind
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.case_owners import CaseOwners
from cases.presentation.charts.charts import Chart
from cases.presentation.paper.evidence import pieces
from cases.presentation.paper.not_known import not_known
from cases.presentation.paper.printed_hits import Earlier, printed_hits
from cases.presentation.paper.searched_parties import searched_parties
from cases.presentation.paper.small_owners import parted
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import RiskInForce
from cases.presentation.saved_check import SavedCheck
from cases.presentation.timeline import TimelineEntry

MOST_ROWS = 500  # of a list; the whole of it is in the JSON result
ON_FIRST_PAGE = 5  # warnings, and as many lines of what is not known
LONGEST_HEADING = 60  # characters of a name at the head of every page

# Anchor, title and template of each chapter, in the order of the page's tabs.
CHAPTERS: tuple[tuple[str, Words, str], ...] = (
    (Part.OVERVIEW, Part.OVERVIEW.words, "paper/_overview.html"),
    ("decision", _("Decision"), "paper/_decision.html"),
    ("requirements", _("Requirements"), "paper/_requirements.html"),
    ("conclusions", _("Conclusions on beneficial owners"), "paper/_conclusions.html"),
    ("searches", _("Searches elsewhere"), "paper/_searches.html"),
    (Part.COMPANY, Part.COMPANY.words, "findings/company/_company.html"),
    (Part.OWNERSHIP, Part.OWNERSHIP.words, "findings/ownership/_ownership.html"),
    (Part.PEOPLE, Part.PEOPLE.words, "findings/authority/_people.html"),
    (Part.SCREENING, Part.SCREENING.words, "findings/screening/_screening.html"),
    (Part.FINANCIALS, Part.FINANCIALS.words, "findings/financials/_financials.html"),
    ("remainder", _("What else came"), "paper/_remainder.html"),
    (Part.DOCUMENTS, Part.DOCUMENTS.words, "paper/_documents.html"),
    (Part.TIMELINE, Part.TIMELINE.words, "paper/_timeline.html"),
)
# What stands after the body, under letters that stay: anchor, title and template of each.
HITS = ("annex-a", _("Annex A: hits in detail"), "paper/_annex_hits.html")
SMALL_OWNERS = ("annex-b", _("Annex B: owners under 1 %"), "paper/_annex_owners.html")
EVIDENCE = ("annex-c", _("Annex C: evidence of requirements"), "paper/_annex_evidence.html")
# What each kind of report is laid out by; it is given a ReportContent.
TEMPLATES: dict[str, str] = {ReportKind.FULL: "paper/case_report.html"}
MEANINGS: dict[Kind, Words] = {
    Kind.NOTHING_FOUND: _("It was ordered, and the provider answered that there is none."),
    Kind.NOT_REQUESTED: _("Nobody ordered it. It says nothing about the organisation."),
    Kind.FAILED: _("It was ordered, but did not come, or came in a form that cannot be read."),
    Kind.EXPIRED: _("It was ready at the provider, but was removed there before it could be captured."),
    Kind.WAITING: _("It was ordered, and had not come when this report was made."),
    Kind.NOT_SENT: _("The order was not sent yet when this report was made."),
    Kind.NOT_CONFIRMED: _("Nobody knew whether it was ordered when this report was made."),
    Kind.STOPPED: _("The work on the order was stopped when this report was made."),
    Kind.NUMBER_UNKNOWN: _("The provider took no order under this number, so that nothing was searched."),
    Kind.ORDER_REFUSED: _("The provider refused the order, so that nothing was searched."),
}


@dataclass(frozen=True, kw_only=True)
class ReportContent(CaptureReading):
    """One capture as it is read, and what goes into a report with it, all of it as it stood `at` that moment.

    Sessions come with their artefacts and signature checks.
    `events` are the latest of the timeline, oldest first, after `earlier_events` that are left out.
    """

    report: CaseReport
    case: Case
    at: datetime.datetime
    sessions: Sequence[AmlSession]
    reports: Sequence[CaseReport]
    events: Sequence[TimelineEntry]
    earlier_events: int
    # The ownership, drawn; None if there is no result to draw.
    chart: Chart | None = None
    saved_check: SavedCheck | None = None
    # The risk class that counts, and by which version of the model; None if it cannot be worked out.
    risk: RiskInForce | None = None
    risk_model: str = ""
    # How the requirements stand; None if no requirement set is in force.
    requirements: CaseRequirements | None = None
    # Who may be a beneficial owner, and what people concluded.
    owners: CaseOwners | None = None
    # Of the hits that are read, what they were judged to be before.
    earlier_judgements: Earlier = field(default_factory=dict)
    # The newest decision, whatever became of it; None if nothing was proposed since the case was opened or reopened.
    decision: Decision | None = None
    # All others, the newest first: sent back, withdrawn, void, or made before the case was reopened.
    earlier_decisions: Sequence[Decision] = ()

    @property
    def name(self) -> str:
        """What the organisation is called: by this capture, else as the case knows it; '' if nobody said."""
        if self.is_about_another:
            return self.case.organisation.name
        return self.result.company.name or self.case.organisation.name

    @property
    def heading(self) -> str:
        """The organisation at the head of every page."""
        return Truncator(self.name or self.case.organisation.number).chars(LONGEST_HEADING)

    @property
    def nothing(self) -> list[tuple[Words, Nothing]]:
        """The sections of the result with nothing in them, and which kind of nothing it is."""
        return [(title_of(word), nothing) for word, nothing in self.result.nothing.items()]

    @property
    def kinds_of_nothing(self) -> list[tuple[Kind, Words, Words]]:
        """Each kind of nothing that occurs, in its words, and what it means."""
        found = {nothing.kind for nothing in self.result.nothing.values()}
        return [(kind, WORDS[kind], MEANINGS[kind]) for kind in Kind if kind in found]

    @cached_property
    def found(self) -> Summary:
        """What the capture comes to."""
        return self.summary(self.case.organisation.number, timezone.localdate(self.at), self.sessions)


def html(content: ReportContent, most_rows: int = MOST_ROWS) -> str:
    """The report as HTML, with at most `most_rows` rows of each list."""
    warnings = content.found.cautions
    hits = printed_hits(content, content.earlier_judgements, most_rows)
    owners = parted(content.result.owners)
    found = pieces(content.requirements.statuses, hits) if content.requirements else []
    annexes = {HITS: bool(hits.lines), SMALL_OWNERS: bool(owners.small), EVIDENCE: bool(found)}
    there = [annex for annex, is_there in annexes.items() if is_there]
    unknown = not_known(content.nothing, content.requirements, content.risk if content.is_usable else None)
    return render_to_string(
        TEMPLATES[content.report.kind],
        {
            "of": content,
            "case": content.case,
            "report": content.report,
            "result": content.result,
            "hits": hits,
            "hits_panel": "paper/_hits.html",
            "parted": owners,
            "searched_parties": searched_parties(content.requirements, most_rows),
            "pieces": found,
            "owner_rows": "paper/_owner_rows.html",
            "chart": content.chart,
            "chapters": () if content.is_about_another else (*CHAPTERS, *there),
            "annexes_not_there": [annex[1] for annex, is_there in annexes.items() if not is_there],
            "not_known": unknown[:ON_FIRST_PAGE],
            "more_unknown": max(0, len(unknown) - ON_FIRST_PAGE),
            "found": content.found,
            "warnings": warnings[:ON_FIRST_PAGE],
            "more_warnings": max(0, len(warnings) - ON_FIRST_PAGE),
            "most_rows": most_rows,
            "is_shortened": most_rows < MOST_ROWS,
        },
    )

"""The first page of a report tells who decided what and when, or what that waits for, and what is not known."""

import datetime
import uuid
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import html as lxml_html

from cases.assessment.decision.outcomes import Outcome
from cases.assessment.policy.risk_terms import RiskClass
from cases.findings.vocabulary.moments import moment_words
from cases.models import ArtefactKind, ArtefactState, Case, Decision, SessionState
from cases.presentation.paper.case_report import html
from cases.workflows.background.report_content import gather
from cases.workflows.casework import overriding, risk, risk_in_force
from cases.workflows.casework.decisions import countersigning, proposing, reopening
from tests import deciding, factories, judging
from tests.presentation.printed import of_html
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WITH_ZONE = "j M Y, H:i:s T"


def printed(case: Case) -> lxml_html.HtmlElement:
    case.refresh_from_db()
    report = factories.report(case, session=case.sessions.order_by("-number").first())
    return lxml_html.fromstring(html(gather(report)))


def assessed(case: Case) -> str:
    (box,) = printed(case).xpath("//div[@class='assessed']")
    return words(box)


def by(row: Decision) -> str:
    return f"Proposed by Kari Nordmann, {moment_words(row.at, WITH_ZONE)}"


def test_a_decision_has_both_names_times_with_zone_digest_and_conditions() -> None:
    case = deciding.ready()
    row = deciding.decided(case, deciding.draft(Outcome.CONDITIONS))
    found = assessed(case)
    assert found.startswith("✓ Approved with conditions")
    assert by(row) in found
    assert f"Countersigned by Ola Hansen, {moment_words(row.second_at, WITH_ZONE)}" in found
    assert row.digest in found
    soon = f"{timezone.localdate() + datetime.timedelta(days=30):%-d %b %Y}"
    assert f"A certified copy of the passport · by {soon}" in found
    assert f"Next review{soon}" in found


def test_before_a_decision_it_says_what_that_waits_for() -> None:
    case = deciding.ready()
    assert (
        assessed(case)
        == "○ Not decided: waits for a proposal Proposed by nobody yet Countersigned by nobody yet"
    )
    row = deciding.proposed(case)
    waiting = assessed(case)
    assert waiting.startswith("○ Not decided: “Approve” waits to be countersigned by another person")
    assert f"{by(row)} Countersigned by nobody yet" in waiting
    countersigning.send_back(case, row.number, row.digest, "Say what for.", factories.ola())
    back = assessed(case)
    assert back.startswith("↩ Not decided: “Approve” was sent back")
    assert "Sent back by Ola Hansen" in back
    assert "Say what for." in back
    row = deciding.proposed(case)
    proposing.withdraw(case, row.number, factories.kari())
    assert assessed(case).startswith("○ Not decided: “Approve” was withdrawn")


def test_a_void_proposal_says_what_changed() -> None:
    case = deciding.ready(judging.entry())
    row = deciding.proposed(case)
    judging.judged(case, case.hits.get(), judging.draft("TRUE_MATCH", "TM01", rationale="It is him."))
    row.refresh_from_db()
    found = assessed(case)
    assert found.startswith("✗ Not decided: the proposal “Approve” is void")
    assert f"Void because {row.ended_because[0]}" in found


def test_a_decision_of_a_reopened_case_is_among_the_earlier_ones_and_decides_nothing() -> None:
    case = deciding.ready()
    row = deciding.decided(case)
    reopening.reopen(case, "The customer told of a new owner.", factories.ola())
    report = printed(case)
    assert words(report.xpath("//div[@class='assessed']")[0]).startswith(
        "○ Not decided: waits for a proposal"
    )
    (earlier,) = report.xpath("//table[contains(@class, 'earlier-decisions')]/tbody/tr")
    assert (
        f"1 · Approve Kari Nordmann{moment_words(row.at, 'j M Y, H:i T')} Countersigned Ola Hansen"
        in words(earlier)
    )


def test_every_proposal_before_is_listed_with_what_became_of_it_and_why() -> None:
    case = deciding.ready(judging.entry())
    row = deciding.proposed(case)
    countersigning.send_back(case, row.number, row.digest, "Say what for.", factories.ola())
    proposing.withdraw(case, deciding.proposed(case).number, factories.kari())
    deciding.proposed(case)
    judging.judged(case, case.hits.get(), judging.draft("TRUE_MATCH", "TM01", rationale="It is him."))
    void = case.decisions.get(number=3)
    judging.judged_by_two(case)
    deciding.proposed(case)
    rows = printed(case).xpath("//table[contains(@class, 'earlier-decisions')]/tbody/tr")
    found = [words(row) for row in rows]
    assert [line[:11] for line in found] == ["3 · Approve", "2 · Approve", "1 · Approve"]
    assert "Void" in found[0]
    assert void.ended_because[0] in found[0]
    assert "Withdrawn Kari Nordmann" in found[1]
    assert "Sent back Ola Hansen" in found[2]
    assert "Say what for." in found[2]


def test_an_override_says_by_whom_until_when_and_why() -> None:
    case = deciding.ready()
    model = risk.model_in_force()
    seen = risk_in_force.of_case(case, model, timezone.localdate())
    wanted = overriding.WantedClass(RiskClass.HIGH, "Much cash.", seen.newest, seen.found.risk_class)
    row = overriding.override(case, wanted, factories.kari(), uuid.uuid4())
    box = assessed(case)
    assert f"Class set by Kari Nordmann, {moment_words(row.at, 'j M Y, H:i T')}" in box
    assert f"until {row.until:%-d %b %Y} Much cash." in box
    assert "High raised from Normal" in words(printed(case))


def test_what_is_not_known_stands_beside_what_is_gravest() -> None:
    case = judging.case_with()
    (page,) = printed(case).xpath("//section[@class='first']")
    lines = [words(line) for line in page.xpath(".//ul[contains(@class, 'unknown')]/li")]
    assert any(line.startswith("R16 Owners, controllers, representatives") for line in lines)
    assert any(
        "questions of the risk model are not answered" in line for line in lines
    ) or "more things" in words(page)
    assert page.text_content().index("Gravest first") < page.text_content().index("Not known")


@pytest.mark.parametrize("what", ["nothing ordered", "failed", "unreadable"])
def test_without_a_result_every_section_is_among_what_is_not_known(what: str) -> None:
    case = factories.case(name="Tomt AS")
    if what == "failed":
        factories.session(case, SessionState.FAILED)
    elif what == "unreadable":
        session = factories.session(case, SessionState.COMPLETE, results={})
        factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, data=b"[1")
    (page,) = printed(case).xpath("//section[@class='first']")
    lines = [words(line) for line in page.xpath(".//ul[contains(@class, 'unknown')]/li")]
    assert any("in all)" in line for line in lines[:1]), lines
    assert "No risk class could be worked out." in lines
    assert "Risk class not worked out" in words(page)
    assert "No hits" not in words(page)


def test_of_a_result_about_another_organisation_no_assessment_is_printed(tmp_path: Path) -> None:
    case = factories.case(assignee=factories.kari())
    session = factories.session(case, SessionState.COMPLETE, results={})
    factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, about_us=False)
    report = printed(case)
    assert not report.xpath("//div[@class='assessed'] | //nav | //section[starts-with(@id, 'chapter')]")
    assert of_html(lxml_html.tostring(report, encoding="unicode"), tmp_path).pages == 1


def test_the_assessment_is_the_first_page_alone_and_the_contents_name_the_annexes(tmp_path: Path) -> None:
    case = judging.case_with(judging.entry(1), judging.entry(2))
    report = printed(case)
    pdf = of_html(lxml_html.tostring(report, encoding="unicode"), tmp_path)
    first, second = pdf.page_texts[:2]
    assert "It rests on the JSON result with SHA-256" in first
    assert "Contents" not in first
    assert "Contents" in second
    for title in ("Annex A: hits in detail", "Annex C: evidence of requirements"):
        place = next(
            number for number, text in enumerate(pdf.page_texts, 1) if f"{title} " in text and number > 2
        )
        assert f"{title} {place}" in second.replace(".", "").replace("  ", " ") or str(place) in second
    assert "Without content: Annex B: owners under 1 %" in second
    assert b"/Outlines" in pdf.data


def test_requirements_rest_on_named_evidence_with_a_short_hash_and_the_annex_has_it_whole() -> None:
    case = deciding.ready(*(judging.entry(number) for number in range(1, 6)))
    report = printed(case)
    sha256 = case.sessions.get().artefacts.get(kind="json").sha256
    (table,) = report.xpath("//table[contains(@class, 'requirements-met')]")
    (first,) = (words(row) for row in table.xpath(".//tr") if words(row).startswith("R02 "))
    assert f"JSON result of capture 1 {sha256[:12]}…" in first
    assert sha256 not in words(table)
    (judged,) = (words(row) for row in table.xpath(".//tr") if words(row).startswith("R17 "))
    assert "✓ Met by a person: Kari Nordmann" in judged
    assert "Judgement of hit A 1 Judgement of hit A 2" in judged
    assert "and 2 more: Annex C" in judged
    (waived,) = (words(row) for row in table.xpath(".//tr") if words(row).startswith("R16 "))
    assert "Met by a person: Lena Lund" in waived
    assert f"{timezone.localdate():%-d %b %Y}" in waived
    assert "too old from" in waived
    (annex,) = report.xpath("//section[@id='chapter-annex-c']")
    rows = [[words(cell) for cell in row] for row in annex.xpath(".//tbody/tr")]
    assert len({tuple(row[:2]) for row in rows}) == len(rows), "each piece once"
    (of_result,) = (row for row in rows if row[1] == sha256)
    assert {"R01", "R02", "R04", "R15"} <= set(of_result[2].split(", "))
    assert ["Judgement of hit A 5", "no file", "R17, R18"] in rows


def test_open_requirements_are_marked_by_sign_and_word() -> None:
    case = judging.case_with()
    rows = printed(case).xpath("//table[contains(@class, 'requirements-met')]//tr[@class='open']")
    assert rows
    states = {words(row[1]).split()[0] for row in rows}
    assert states == {"○", "?"}

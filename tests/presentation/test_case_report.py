"""The report as it is handed out: every chapter, the hashes, and whatever a result holds."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from cases.findings.vocabulary.presence import Capture, Kind
from cases.findings.vocabulary.sections import SECTIONS, Topic
from cases.models import AmlSession, ArtefactKind, ArtefactState, Case, SessionState, Verb
from cases.presentation.paper import case_report
from cases.presentation.paper.case_report import ReportContent
from cases.workflows.audit import trail
from cases.workflows.background import reports
from tests import factories
from tests.findings.reading import NAMES, Page, of, payload, result
from tests.presentation import large_structures
from tests.presentation.printed import of_html, of_report

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def of_case(session: AmlSession | None = None, case: Case | None = None) -> ReportContent:
    """The report that Kari asks for, of this capture, a usual one by default."""
    if session is None and case is None:
        session = factories.session(factories.case(assignee=factories.kari()), SessionState.COMPLETE)
    case = case or session.case
    return reports.gather(factories.report(case, session=session))


def of_bytes(data: bytes) -> ReportContent:
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, data=data)
    return of_case(session)


def page(content: ReportContent, most_rows: int = case_report.MOST_ROWS) -> Page:
    return Page(case_report.html(content, most_rows))


@pytest.fixture
def session() -> AmlSession:
    case = factories.case(
        assignee=factories.kari(), opened_by=factories.ola(), purpose="Onboarding", customer_reference="KYC-1"
    )
    session = factories.session(case, SessionState.COMPLETE, requested_by=factories.kari(), checked=False)
    factories.signature_check(session.artefacts.get(kind="aml"))
    return session


def test_the_report_is_whole(session: AmlSession, tmp_path: Path) -> None:
    """One real PDF, read as a person does."""
    before = factories.report(session.case, "MADE", session=session)
    content = of_case(session)
    pdf = of_report(content, tmp_path)
    text, first = pdf.text, pdf.page_texts[0]
    assert pdf.is_sound
    for words in (
        "FJELLHEIM ENERGI AS",
        session.case.reference,
        "In review",
        "Kari Nordmann",
        "Onboarding",
        session.artefacts.get(kind="json").sha256,
        "The stated shares add up to 99.9 %",
    ):
        assert words in first
    for words in ("KYC-1", "1, complete", "Contents"):
        assert words in pdf.page_texts[1]
    for _anchor, title, _template in case_report.CHAPTERS:
        assert re.search(rf"{title} ?\. ?\. ", text)
        assert text.count(str(title)) > 1
    for artefact in session.artefacts.all():
        assert artefact.sha256 in text
    assert before.sha256 in text
    assert "Signature verified" in text
    assert "Not checked yet" in text
    assert "Ola Hansen" in text
    assert "EU-7781" in text
    assert "Ingrid Solvang" in text
    for number, words in enumerate(pdf.page_texts, 1):
        assert f"Page {number} of {pdf.pages}" in words
        assert f"{session.case.reference} · FJELLHEIM ENERGI AS" in words
        assert "by AML portal for Kari Nordmann · from capture 1 of" in words
    assert b"/Outlines" in pdf.data


def test_the_report_reads_the_same_findings_through_the_same_partials_as_the_page(
    session: AmlSession,
) -> None:
    templates = {template for _anchor, _title, template in case_report.CHAPTERS}
    shared = ("company/_company", "ownership/_ownership", "authority/_people", "screening/_screening")
    assert templates >= {f"findings/{name}.html" for name in (*shared, "financials/_financials")}
    assert of_case(session).result == of("no_full")


@pytest.mark.parametrize("name", NAMES)
def test_every_payload_has_its_report(name: str) -> None:
    content = of_case(factories.session(state=SessionState.COMPLETE, payload=name))
    text = page(content).text
    assert all(str(title) in text for _anchor, title, _template in case_report.CHAPTERS)
    assert "None" not in text.replace("None listed", "").replace("None: this is the first report", "")


def test_what_is_too_odd_and_too_much_is_made_into_a_pdf_all_the_same(tmp_path: Path) -> None:
    pdf = of_report(of_bytes(large_structures.worse(letters=30_000, many=40)), tmp_path, most_rows=15)
    text, data = pdf.text, pdf.data
    assert pdf.is_sound
    assert pdf.pages < 60
    assert "cut here: 30,000 characters in all" in text
    assert "1–15 of 42 · the rest is in the JSON result" in text
    assert "more are not on paper; all of it is in the JSON result" in text
    assert "שלום" in text or "םולש" in text
    assert "<script>alert(1)</script>" in text
    assert b"/JavaScript" not in data
    assert b"javascript:" not in data


def test_script_in_every_field_is_words_on_paper() -> None:
    found = page(of_case(factories.session(state=SessionState.COMPLETE, payload="no_hostile")))
    assert not {"script", "img", "iframe", "style", "link"} & {tag for tag, _attributes in found.tags}
    assert '<script>alert("field-1")</script>' in found.text
    assert not [name for _tag, attributes in found.tags for name in attributes if name.startswith("on")]
    hrefs = [attributes.get("href") or "" for _tag, attributes in found.tags]
    assert not [href for href in hrefs if href and not href.startswith(("#", "http", "/static/icons.svg#"))]


# --- What is not there ---------------------------------------------------------------------------------------


def test_each_kind_of_nothing_is_told_with_what_it_means(session: AmlSession) -> None:
    names = {
        place for place, _nothing in of_case(factories.session(payload="no_null", state="COMPLETE")).nothing
    }
    assert names
    found = of_case(session)
    for capture, kind in [
        (Capture.WAITING, Kind.WAITING),
        (Capture.EXPIRED, Kind.EXPIRED),
        (Capture.FAILED, Kind.FAILED),
    ]:
        content = ReportContent(**{**_fields(found), "result": result(None, capture=capture)})
        text = page(content).text
        assert str(case_report.MEANINGS[kind]) in text
    clean = result(
        {"ownership": {"shareholders": []}, "roles": {}}, expands=("ownership.shareholders", "roles")
    )
    text = page(ReportContent(**{**_fields(found), "result": clean})).text
    assert str(case_report.MEANINGS[Kind.NOTHING_FOUND]) in text
    assert str(case_report.MEANINGS[Kind.NOT_REQUESTED]) in text


def _fields(content: ReportContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def test_every_place_of_the_result_has_a_name_on_paper() -> None:
    everything = result(None, capture=Capture.EXPIRED).nothing
    assert set(everything) <= set(SECTIONS)


@pytest.mark.parametrize(
    ("state", "results", "words"),
    [
        (SessionState.OPEN, {"json": "ASKED"}, "It had not come from the provider when this report was made"),
        (SessionState.FAILED, {"json": "FAILED"}, "The provider reported that making it failed"),
        (SessionState.PARTIAL, {"json": "EXPIRED"}, "It expired at the provider before it was captured"),
    ],
)
def test_a_capture_without_a_result_says_why_on_the_first_page(
    state: str, results: dict[str, str], words: str
) -> None:
    text = page(of_case(factories.session(state=state, results=results))).text
    assert words in text
    assert "no result captured" in text
    assert "found nothing to warn of" not in text


def test_a_result_about_another_organisation_is_said_to_be_before_anything_else() -> None:
    content = of_case(factories.session(state=SessionState.COMPLETE))
    content.artefact.about_us = False
    text = page(content).text
    assert "The result is about another organisation" in text
    assert "this report is this page alone" in text
    assert "Kept, and not used: the JSON result with SHA-256" in text
    assert "It rests on" not in text
    for of_the_other in (
        "Ingrid Solvang",
        "Contents",
        "Beneficial owners",
        "Fjellheim Energy Trading",
    ):
        assert of_the_other not in text


def test_a_result_that_cannot_be_read_is_said_to_be() -> None:
    assert "it is not a result that can be read" in page(of_bytes(b"[1")).text


# --- Limits --------------------------------------------------------------------------------------------------


def test_many_warnings_are_counted_on_the_first_page_and_told_in_the_overview(session: AmlSession) -> None:
    many = result({"keyInformation": {"statusCodes": [f"WORD_{n}_" for n in range(50)]}})
    content = ReportContent(**{**_fields(of_case(session)), "result": many})
    html = case_report.html(content)
    first, overview = html.split('id="chapter-overview"')
    assert first.count("WORD_") < 3 * case_report.ON_FIRST_PAGE
    assert f"{len(content.found.cautions) - case_report.ON_FIRST_PAGE} more stand in the overview" in first
    assert all(f"WORD_{n}_" in overview for n in range(50))


def test_a_long_name_is_cut_at_the_head_of_every_page() -> None:
    content = of_bytes(json.dumps({"keyInformation": {"name": "A" * 5000}}).encode())
    assert len(content.heading) == case_report.LONGEST_HEADING


def test_an_event_that_the_law_erased_is_told_without_its_person(session: AmlSession) -> None:
    event = trail.record(session.case, Verb.CASE_VIEWED, actor=factories.kari(), subject="case")
    content = of_case(session)
    entry = next(item for item in content.events if item.event.pk == event.pk)
    erased = ReportContent(
        **{**_fields(content), "events": [type(entry)(**{**entry.__dict__, "actor": None})]}
    )
    assert "Somebody (erased under the law) looked at the case" in page(erased).text


HITS: dict[str, tuple[dict[str, Any], str]] = {
    "no hit": ({"status": "NONE", "metadata": {"sources": ["UN"]}}, "0"),
    "a hit": ({"status": "SANCTION", "sanctionResults": [{"name": "Ola Dummy"}]}, "1 list not told"),
    "failed": ({"status": "UNKNOWN"}, "No hit is listed, and ‘no hits’ is not said"),
    "said, none listed": ({"status": "SANCTION"}, "No hit is listed, and ‘no hits’ is not said"),
    "not read": (
        {"status": "NONE", "sanctionResults": ["Ola Dummy"]},
        "‘No hits’ is said, and cannot be relied upon",
    ),
}


@pytest.mark.parametrize(("sanction", "words"), HITS.values(), ids=HITS)
def test_a_number_of_hits_stands_only_where_it_is_known(sanction: dict[str, Any], words: str) -> None:
    content = of_bytes(json.dumps({**payload("no_full"), "sanction": sanction}).encode())
    assert figures(content)["Open hits"] == words


def test_beneficial_owners_are_counted_once_and_by_name_as_in_lists_and_in_the_verdict() -> None:
    document = payload("no_full")
    first = document["ownership"]["beneficials"][0]
    document["ownership"]["beneficials"] = [first, {**first, "percentageControl": 1}, {"name": "N/A"}]
    content = of_bytes(json.dumps(document).encode())
    content.case.refresh_from_db()
    assert (figures(content)["Beneficial owners"], content.case.beneficial_owner_count) == ("1", 1)
    owners = content.found.verdict(Topic.OWNERS)
    assert "1 beneficial owner" in map(str, owners.because)


def figures(content: ReportContent) -> dict[str, str]:
    """What the first page says in short."""
    pattern = r"<div>\s*<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>\s*</div>"
    found = re.findall(pattern, case_report.html(content), re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]*>", "", words).split()) for name, words in found}


def test_an_alarm_among_the_points_to_check_says_that_it_is_one() -> None:
    document = payload("no_full")
    document["sanction"] |= {"status": "UNKNOWN"}
    text = page(of_bytes(json.dumps(document).encode())).text
    assert text.count("Alarm: The screening failed") == 3, "first page, overview and chapter"
    assert "Alarm: 2 sanctions hits" not in text


def test_a_long_role_stays_in_its_column(tmp_path: Path) -> None:
    document = payload("no_full")
    word = "PARTICIPANT_WITH_UNLIMITED_LIABILITY"
    document["roles"] = {"others": [{"name": "Kari Nord", "role": word, "dateOfBirth": "1970-05-01"}]}
    html = render_to_string("findings/authority/_people.html", {"result": result(document)})
    text = of_html(html, tmp_path).layout
    (line,) = [item for item in text.splitlines() if "Participant with unlimited" in item]
    assert "1 May 1970" in line
    assert "liability" not in line

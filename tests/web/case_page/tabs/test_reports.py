"""Reports on the page: asked for by one press, watched, read, saved, and never handed out altered."""

import uuid
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from cases.models import (
    AmlSession,
    AuditEvent,
    Case,
    CaseReport,
    ReportKind,
    ReportState,
    SessionState,
    Verb,
    reasons,
)
from cases.web.case_page.tab_names import Tab
from tests import chains, factories
from tests.web import pages

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

READERS = {"analyst", "reviewer", "lead", "auditor", "suspicion_officer"}
MAKERS = READERS - {"auditor", "suspicion_officer"}
READING = ["report", "show_report", "save_report", "reports_now"]


@pytest.fixture
def session() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE)


@pytest.fixture
def made(session: AmlSession) -> CaseReport:
    return factories.report(session.case, ReportState.MADE, session=session)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def address(view: str, case: Case, number: int = 1) -> str:
    return reverse(view, args=[case.reference, *([number] if view in READING[:3] else [])])


def tab(client: Client, case: Case, query: str = "") -> str:
    return client.get(reverse("case_tab", args=[case.reference, Tab.DOCUMENTS]) + query).content.decode()


def stored(report: CaseReport) -> Path:
    return Path(default_storage.path(report.file))


def openings() -> int:
    return AuditEvent.objects.filter(verb=Verb.DOCUMENT_VIEWED).count()


# --- Asking --------------------------------------------------------------------------------------------------


def test_one_press_asks_for_one_report_and_leads_to_it(kari: Client, session: AmlSession) -> None:
    submission = uuid.uuid4()
    answers = [kari.post(address("order_report", session.case), {"submission": submission}) for _ in range(2)]
    there = reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS]) + "#report-1"
    assert [answer.url for answer in answers] == [there, there]
    report = CaseReport.objects.get()
    assert (report.ordered_by, report.session, report.state) == (
        factories.kari(),
        session,
        ReportState.ORDERED,
    )
    page = tab(kari, session.case)
    assert "Report 1 is being made" in page
    assert "Report 1 of the same capture is being made already" in page


def test_a_report_of_no_kind_there_is_is_not_made_and_that_is_said(kari: Client, session: AmlSession) -> None:
    kari.post(address("order_report", session.case), {"submission": uuid.uuid4(), "kind": "SECRET"})
    assert not CaseReport.objects.exists()
    assert "There is no such kind of report" in tab(kari, session.case)


def test_each_kind_of_report_has_its_button(kari: Client, session: AmlSession) -> None:
    page = tab(kari, session.case)
    for kind in ReportKind:
        assert f'name="kind" value="{kind.value}"' in page
        kari.post(address("order_report", session.case), {"submission": uuid.uuid4(), "kind": kind.value})
    assert {*CaseReport.objects.values_list("kind", flat=True)} == {*ReportKind.values}


def test_a_press_that_comes_again_when_its_report_is_made_leads_to_it(
    kari: Client, session: AmlSession
) -> None:
    sent = {"submission": uuid.uuid4()}
    kari.post(address("order_report", session.case), sent)
    CaseReport.objects.filter(state=ReportState.ORDERED).update(
        state=ReportState.FAILED, reason=reasons.INTERNAL
    )
    assert kari.post(address("order_report", session.case), sent).url.endswith("#report-1")
    assert "Report 1 was ordered already" in tab(kari, session.case)


def test_another_press_while_a_report_is_being_made_leads_to_that_one(
    client: Client, session: AmlSession
) -> None:
    for person in (factories.kari(), factories.ola()):
        client.force_login(person)
        answer = client.post(address("order_report", session.case), {"submission": uuid.uuid4()})
        assert answer.url.endswith("#report-1")
    assert CaseReport.objects.count() == 1
    assert "Report 1 of the same capture is being made already" in tab(client, session.case)


def test_a_form_whose_number_another_case_has_used_asks_all_the_same(
    kari: Client, session: AmlSession
) -> None:
    other, sent = factories.session(state=SessionState.COMPLETE), {"submission": uuid.uuid4()}
    for case in (session.case, other.case):
        assert kari.post(address("order_report", case), sent).status_code == 302
    assert set(CaseReport.objects.values_list("case", flat=True)) == {session.case_id, other.case_id}


@pytest.mark.parametrize("submission", ["", "nonsense", None])
def test_a_press_without_a_submission_is_one_of_its_own(
    submission: str | None, kari: Client, session: AmlSession
) -> None:
    for _ in range(2):
        CaseReport.objects.filter(state=ReportState.ORDERED).update(
            state=ReportState.FAILED, reason=reasons.INTERNAL
        )
        kari.post(
            address("order_report", session.case), {} if submission is None else {"submission": submission}
        )
    assert CaseReport.objects.count() == 2


def test_the_report_tells_of_the_capture_that_was_read(kari: Client, session: AmlSession) -> None:
    factories.session(session.case, SessionState.COMPLETE)
    kari.post(address("order_report", session.case) + "?session=1")
    kari.post(address("order_report", session.case))
    assert [case_report.session.number for case_report in CaseReport.objects.order_by("number")] == [1, 2]


def test_every_tab_offers_the_report_of_the_capture_that_is_read(kari: Client, session: AmlSession) -> None:
    factories.session(session.case, SessionState.COMPLETE)
    for name in Tab:
        url = reverse("case_tab", args=[session.case.reference, name])
        found = pages.page(kari.get(f"{url}?session=1"))
        forms = found.xpath("//details[@class='more']//form[.//button[contains(., 'Make a report')]]")
        assert [form.get("action") for form in forms] == [
            address("order_report", session.case) + "?session=1"
        ]


def test_a_case_without_any_capture_can_be_reported(kari: Client) -> None:
    case = factories.case()
    assert kari.post(address("order_report", case)).status_code == 302
    assert CaseReport.objects.get().session is None


@pytest.mark.parametrize("role", factories.CAST)
def test_those_who_work_on_cases_may_ask(role: str, client: Client, session: AmlSession) -> None:
    client.force_login(factories.CAST[role]())
    status = client.post(address("order_report", session.case)).status_code
    assert status == (302 if role in MAKERS else 403)
    assert CaseReport.objects.exists() == (role in MAKERS)


def test_who_may_not_ask_is_not_offered_to(client: Client, made: CaseReport) -> None:
    factories.report(made.case, ReportState.FAILED)
    client.force_login(factories.auditor())
    page = tab(client, made.case)
    assert f'action="{address("order_report", made.case)}' not in page
    assert address("report", made.case) in page


# --- The list ------------------------------------------------------------------------------------------------


def test_a_case_without_reports_says_so(kari: Client, session: AmlSession) -> None:
    assert "No report has been made yet" in tab(kari, session.case)


def test_the_list_says_of_every_report_what_it_is(kari: Client, made: CaseReport) -> None:
    factories.report(made.case)
    factories.report(made.case, ReportState.FAILED, reason=reasons.REPORT_TOO_LARGE)
    found = pages.page(kari.get(reverse("case_tab", args=[made.case.reference, Tab.DOCUMENTS])))
    rows = [pages.words(row) for row in found.xpath("//div[@id='report-list']/article")]
    assert [row.split(" ")[1] for row in rows] == ["3", "2", "1"]
    assert "more than fits into a report" in rows[0]
    assert "Make it anew" in rows[0]
    assert "Being made…" in rows[1]
    assert "1 page" in rows[2]
    assert "ordered by Kari Nordmann" in rows[2]
    assert "from capture 1" in rows[2]
    assert made.sha256 in rows[2]


def test_a_report_that_failed_is_tried_again_of_the_same_capture(kari: Client, session: AmlSession) -> None:
    factories.session(session.case, SessionState.COMPLETE)
    factories.report(session.case, ReportState.FAILED, session=session)
    found = pages.page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS])))
    [form] = found.xpath("//article[@id='report-1']//form")
    kari.post(form.get("action"), dict(form.fields))
    again = CaseReport.objects.get(number=2)
    assert (again.session, again.state) == (session, ReportState.ORDERED)


def test_the_list_asks_for_its_next_state_only_while_a_report_is_made(kari: Client, made: CaseReport) -> None:
    assert "hx-get" not in pages.page(kari.get(address("reports_now", made.case))).get("hx-get", "none")
    factories.report(made.case)
    [orders] = pages.page(kari.get(reverse("case_tab", args=[made.case.reference, Tab.DOCUMENTS]))).xpath(
        "//div[@id='report-list']/@hx-get"
    )
    assert kari.get(orders).status_code == 204
    CaseReport.objects.filter(state=ReportState.ORDERED).update(
        state=ReportState.FAILED, reason=reasons.INTERNAL
    )
    fresh = kari.get(orders)
    assert fresh.status_code == 200
    assert "hx-get" not in fresh.content.decode()
    assert "Could not be made" in fresh.content.decode()


def test_without_scripts_the_list_is_refreshed_by_a_link(kari: Client, session: AmlSession) -> None:
    factories.report(session.case)
    found = pages.page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS])))
    [link] = found.xpath("//article//noscript//a[contains(., 'Refresh')]/@href")
    assert kari.get(link).status_code == 200
    assert "#" not in link  # or a browser that is at the report already would not load anything


def test_the_list_costs_the_same_number_of_queries_however_many_reports_there_are(
    kari: Client, session: AmlSession, django_assert_max_num_queries: object
) -> None:
    kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS]))
    for _ in range(20):
        factories.report(session.case, ReportState.MADE, session=session)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        tab(kari, session.case)


# --- Handing out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("view", "way"), [("show_report", "inline"), ("save_report", "attachment")])
def test_a_report_is_handed_out_byte_for_byte_under_a_safe_name_and_that_is_kept(
    view: str, way: str, kari: Client, made: CaseReport
) -> None:
    answer = kari.get(address(view, made.case))
    assert b"".join(answer.streaming_content) == stored(made).read_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'{way}; filename="{made.case.reference}-report-1.pdf"'
    assert answer["Content-Security-Policy"].startswith("default-src 'none';")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(verb=Verb.DOCUMENT_VIEWED)
    assert (event.subject, event.actor, event.rests_on) == ("report 1", factories.kari(), made.sha256)


def test_a_report_is_shown_inside_the_page_of_the_case(kari: Client, made: CaseReport) -> None:
    found = pages.page(kari.get(address("report", made.case)))
    [frame] = found.xpath("//iframe")
    assert frame.get("src") == address("show_report", made.case)
    assert "Report 1" in frame.get("title")
    assert openings() == 0


@pytest.mark.parametrize("view", ["show_report", "save_report"])
@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_a_report_that_is_not_what_was_made_is_never_handed_out(
    view: str, damage: str, kari: Client, made: CaseReport
) -> None:
    file = stored(made)
    if damage == "gone":
        file.unlink()
    else:
        file.chmod(0o600)
        file.write_bytes(b"%PDF-1.7 something else")
    answer = kari.get(address(view, made.case))
    assert answer.status_code == 500
    assert "The report cannot be handed out" in answer.content.decode()
    assert made.sha256 in answer.content.decode()
    assert openings() == 0


def test_a_report_whose_bytes_were_removed_stays_in_the_list_and_says_so_when_it_is_opened(
    kari: Client, made: CaseReport
) -> None:
    stored(made).unlink()
    row = pages.page(kari.get(reverse("case_tab", args=[made.case.reference, Tab.DOCUMENTS])))
    [listed] = row.xpath("//article[@id='report-1']")
    assert made.sha256 in pages.words(listed)
    assert "1 page" in pages.words(listed)
    assert kari.get(address("report", made.case)).status_code == 200
    assert "The stored file is gone" in kari.get(address("show_report", made.case)).content.decode()
    assert set(chains.breaks()) == {None}


@pytest.mark.parametrize("view", READING[:3])
@pytest.mark.parametrize("state", [ReportState.ORDERED, ReportState.FAILED])
def test_a_report_that_is_not_made_is_not_found(
    view: str, state: str, kari: Client, session: AmlSession
) -> None:
    factories.report(session.case, state)
    assert kari.get(address(view, session.case)).status_code == 404


@pytest.mark.parametrize("view", READING[:3])
def test_a_report_of_another_case_is_not_found_under_this_one(
    view: str, kari: Client, made: CaseReport
) -> None:
    assert kari.get(address(view, factories.case())).status_code == 404
    assert kari.get(address(view, made.case, 2)).status_code == 404


@pytest.mark.parametrize("view", READING)
@pytest.mark.parametrize("role", factories.CAST)
def test_everybody_who_reads_cases_reads_reports_and_nobody_else(
    view: str, role: str, client: Client, made: CaseReport
) -> None:
    client.force_login(factories.CAST[role]())
    assert client.get(address(view, made.case)).status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize("view", [*READING, "order_report"])
def test_reports_are_behind_the_sign_in(view: str, client: Client, made: CaseReport) -> None:
    answer = client.get(address(view, made.case))
    assert (answer.status_code, "/login/" in answer.url) == (302, True)


@pytest.mark.parametrize(("view", "method"), [*((view, "post") for view in READING), ("order_report", "get")])
def test_another_method_is_refused(view: str, method: str, kari: Client, made: CaseReport) -> None:
    assert getattr(kari, method)(address(view, made.case)).status_code == 405


def test_a_form_without_its_token_asks_for_nothing(session: AmlSession) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.kari())
    assert strict.post(address("order_report", session.case)).status_code == 403
    assert not CaseReport.objects.exists()

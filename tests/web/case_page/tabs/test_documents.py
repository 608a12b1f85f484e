"""Documents as captured: shown, saved, checked against their hash, and every opening kept."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from amlportal.storage import WriteOnceFiles
from cases.models import AmlSession, Artefact, ArtefactState, AuditEvent, Case, SessionState, Verb
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.findings.reading import Page
from tests.web import pages

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def session() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def address(view: str, case: Case, kind: str, number: int = 1) -> str:
    return reverse(view, args=[case.reference, number, kind])


def of_kind(session: AmlSession, kind: str) -> Artefact:
    return session.artefacts.get(kind=kind)


def stored(artefact: Artefact) -> Path:
    return Path(default_storage.path(artefact.file))


def openings() -> int:
    return AuditEvent.objects.filter(verb=Verb.DOCUMENT_VIEWED).count()


def test_an_altered_document_is_not_offered_as_others_are_and_one_button_stands_out(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    factories.signature_check(of_kind(session, "aml"), "ALTERED", explanation="changed_after")
    factories.report(session.case, "MADE")
    shown = pages.page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS])))
    views = [pages.words(element) for element in shown.xpath("//a[starts-with(normalize-space(.), 'View')]")]
    assert views == ["View anyway AML report", "View Certificate of registration", "View report 1"]
    filled = shown.xpath("//main//*[@data-variant='primary']")
    assert [pages.words(element) for element in filled] == ["Take the case"]


@pytest.mark.parametrize(
    ("view", "kind", "headers"),
    [
        ("show_document", "aml", ("application/pdf", 'inline; filename="{}-1-aml.pdf"')),
        ("save_document", "aml", ("application/pdf", 'attachment; filename="{}-1-aml.pdf"')),
        (
            "save_document",
            "certificate_of_registration",
            ("application/pdf", 'attachment; filename="{}-1-certificate-of-registration.pdf"'),
        ),
        ("save_document", "json", ("application/json", 'attachment; filename="{}-1-json.json"')),
    ],
)
def test_a_document_is_handed_out_byte_for_byte_under_a_safe_name(
    view: str, kind: str, headers: tuple[str, str], kari: Client, session: AmlSession
) -> None:
    answer = kari.get(address(view, session.case, kind))
    assert b"".join(answer.streaming_content) == stored(of_kind(session, kind)).read_bytes()
    assert answer["Content-Type"] == headers[0]
    assert answer["Content-Disposition"] == headers[1].format(session.case.reference)
    assert answer["Content-Length"] == str(of_kind(session, kind).size)


@pytest.mark.parametrize("view", ["show_document", "save_document"])
def test_a_document_can_run_and_load_nothing_and_is_kept_nowhere_on_the_way(
    view: str, kari: Client, session: AmlSession
) -> None:
    answer = kari.get(address(view, session.case, "aml"))
    assert answer["Content-Security-Policy"].startswith("default-src 'none';")
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_what_is_saved_is_sandboxed_besides(kari: Client, session: AmlSession) -> None:
    assert "sandbox" in kari.get(address("save_document", session.case, "json"))["Content-Security-Policy"]


def test_a_name_the_provider_gave_its_file_type_means_nothing(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, "aml", ArtefactState.CAPTURED, media_type="text/html")
    assert kari.get(address("show_document", session.case, "aml"))["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("view", ["show_document", "save_document"])
def test_every_opening_of_a_document_is_kept_with_the_capture_it_rests_on(
    view: str, kari: Client, session: AmlSession
) -> None:
    for _ in range(2):
        kari.get(address(view, session.case, "aml"))
    event = AuditEvent.objects.filter(verb=Verb.DOCUMENT_VIEWED).latest("pk")
    assert openings() == 2
    assert event.actor == factories.kari()
    assert event.subject == "session 1 aml"
    assert event.rests_on == of_kind(session, "aml").sha256


def test_the_list_and_the_page_around_a_document_are_no_opening_of_it(
    kari: Client, session: AmlSession
) -> None:
    kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS]))
    kari.get(address("document", session.case, "aml"))
    assert openings() == 0


def test_every_pdf_that_is_captured_says_when_nobody_has_looked_at_its_signature_yet(kari: Client) -> None:
    case = factories.session(
        state=SessionState.PARTIAL,
        results={"json": "CAPTURED", "aml": "CAPTURED", "certificate_of_registration": "FAILED"},
        checked=False,
    ).case
    answer = kari.get(reverse("case_tab", args=[case.reference, Tab.DOCUMENTS]))
    rows = [pages.words(row) for row in pages.page(answer).xpath("//article[contains(@class, 'document')]")]
    assert ["Being checked" in row for row in rows] == [False, True, False]


def test_a_pdf_is_shown_inside_the_page_of_the_case(kari: Client, session: AmlSession) -> None:
    page = Page(kari.get(address("document", session.case, "aml")).content.decode())
    frames = [attrs for tag, attrs in page.tags if tag == "iframe"]
    assert [frame["src"] for frame in frames] == [address("show_document", session.case, "aml")]
    assert frames[0]["title"] == f"AML report, {session.case.reference}"
    assert of_kind(session, "aml").sha256 in page.text


def test_json_is_never_shown_inside_the_page(kari: Client, session: AmlSession) -> None:
    assert kari.get(address("show_document", session.case, "json")).status_code == 404
    assert "<iframe" not in kari.get(address("document", session.case, "json")).content.decode()
    assert openings() == 0


def test_what_is_no_pdf_can_be_saved_as_bytes_and_never_shown(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(
        session, "aml", ArtefactState.CAPTURED, data=b"<script>alert(1)</script>", unreadable="invalid_pdf"
    )
    assert kari.get(address("show_document", session.case, "aml")).status_code == 404
    listed = Page(
        kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS])).content.decode()
    )
    assert "Captured, but not a complete PDF." in listed.text
    assert "It cannot be shown here" in kari.get(address("document", session.case, "aml")).content.decode()
    saved = kari.get(address("save_document", session.case, "aml"))
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["Content-Disposition"].endswith('-1-aml.bin"')


@pytest.mark.parametrize("view", ["document", "show_document", "save_document"])
@pytest.mark.parametrize(
    ("number", "kind"), [(2, "aml"), (0, "aml"), (1, "passport"), (1, "AML"), (99999999, "aml")]
)
def test_a_document_the_case_does_not_have_is_not_found(
    view: str, number: int, kind: str, kari: Client, session: AmlSession
) -> None:
    assert kari.get(address(view, session.case, kind, number)).status_code == 404
    assert openings() == 0


def test_a_document_of_another_case_is_not_found_under_this_one(kari: Client, session: AmlSession) -> None:
    other = factories.session(state=SessionState.COMPLETE)
    factories.session(other.case, SessionState.COMPLETE)
    assert kari.get(address("save_document", other.case, "aml", 2)).status_code == 200
    assert kari.get(address("save_document", session.case, "aml", 2)).status_code == 404


@pytest.mark.parametrize("state", [state for state in ArtefactState if state != ArtefactState.CAPTURED])
def test_a_document_that_was_not_captured_is_not_found(state: str, kari: Client) -> None:
    session = factories.session(results={"aml": state})
    for view in ("document", "show_document", "save_document"):
        assert kari.get(address(view, session.case, "aml")).status_code == 404


@pytest.mark.parametrize("role", ["stranger", "administrator"])
def test_who_may_not_see_the_case_gets_no_document(role: str, client: Client, session: AmlSession) -> None:
    client.force_login(factories.CAST[role]())
    assert client.get(address("save_document", session.case, "json")).status_code == 404
    assert openings() == 0


@pytest.mark.parametrize("role", ["reviewer", "lead", "auditor"])
def test_everybody_who_reads_cases_reads_documents(role: str, client: Client, session: AmlSession) -> None:
    client.force_login(factories.CAST[role]())
    assert client.get(address("show_document", session.case, "aml")).status_code == 200


# --- Files that are not what they were ---


@pytest.mark.parametrize("view", ["show_document", "save_document"])
def test_an_altered_document_is_never_handed_out(view: str, kari: Client, session: AmlSession) -> None:
    artefact = of_kind(session, "aml")
    stored(artefact).chmod(0o600)
    stored(artefact).write_bytes(b"%PDF-1.7 something else %%EOF")
    answer = kari.get(address(view, session.case, "aml"))
    text = Page(answer.content.decode()).text
    assert answer.status_code == 500
    assert "is not what was captured" in text
    assert artefact.sha256 in text
    assert "something else" not in text
    assert openings() == 0


def test_a_document_whose_file_is_gone_is_said_to_be(kari: Client, session: AmlSession) -> None:
    stored(of_kind(session, "aml")).unlink()
    answer = kari.get(address("show_document", session.case, "aml"))
    assert answer.status_code == 500
    assert "The stored file is gone." in Page(answer.content.decode()).text


def test_a_store_that_cannot_be_read_is_said_to_be(
    kari: Client, session: AmlSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_words: object) -> None:
        raise PermissionError

    monkeypatch.setattr(WriteOnceFiles, "open", refused)
    answer = kari.get(address("show_document", session.case, "aml"))
    assert answer.status_code == 500
    assert "cannot be read at the moment" in Page(answer.content.decode()).text


def test_whoever_runs_the_portal_is_told_of_a_spoiled_document(
    kari: Client, session: AmlSession, caplog: pytest.LogCaptureFixture
) -> None:
    stored(of_kind(session, "aml")).unlink()
    kari.get(address("show_document", session.case, "aml"))
    assert f"evidence of {session.case.reference}" in caplog.text


# --- The list ---


def test_the_list_says_of_every_result_what_it_is_or_why_it_is_not_there(kari: Client) -> None:
    session = factories.session(state=SessionState.PARTIAL)
    artefact = of_kind(session, "json")
    page = Page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS])).content.decode())
    assert artefact.sha256 in page.text
    assert "Failed: The provider reported that making it failed." in page.text
    assert "Expired before capture" in page.text


def test_the_list_holds_the_documents_of_every_capture(kari: Client, session: AmlSession) -> None:
    factories.session(session.case, SessionState.COMPLETE)
    page = Page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.DOCUMENTS])).content.decode())
    links = {attrs.get("href") for _tag, attrs in page.tags}
    assert {address("document", session.case, "aml", number) for number in (1, 2)} <= links

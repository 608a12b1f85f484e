"""What a person sees of signatures, and asks for: verdicts with their reasons, checks again, and warnings."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cases.models import Artefact, ArtefactState, AuditEvent, SessionState, SignatureCheck, Verb, Verdict
from cases.presentation import document_status
from cases.signatures import signature_result, signature_words
from cases.web.case_page.tab_names import Tab
from cases.workflows.background import signature_checks
from tests import factories
from tests.findings.reading import Page
from tests.signatures.pdfs import signed_pdfs
from tests.web import pages

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SIGNATURE = {
    "kind": "signature",
    "field": "Report",
    "revision": 1,
    "verdict": "VERIFIED",
    "explanation": "verified",
    "trusted": True,
    "intact": True,
    "coverage": "ENTIRE_FILE",
    "changes": "NONE",
    "digest": "sha256",
    "mechanism": "sha256_ecdsa",
    "claimed_at": "2026-11-20T10:00:00+00:00",
    "signer": {
        "name": "Nordlys Reports",
        "organisation": "Nordlys (invented)",
        "issuer": "Nordlys Issuing CA",
        "serial": "1A2B",
        "valid_from": "2026-01-01T00:00:00+00:00",
        "valid_until": "2027-01-01T00:00:00+00:00",
        "sha256": "ab" * 32,
    },
    "root": "Nordlys Root CA",
    "time_stamp": {"at": "2026-11-20T10:00:05+00:00", "trusted": True, "intact": True, "by": "Nordlys Time"},
}


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.fixture
def artefact() -> Artefact:
    """A captured report nobody has looked at; the capture is over."""
    case = factories.case(assignee=factories.kari())
    session = factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED"})
    return factories.artefact(session, "aml", "CAPTURED", data=signed_pdfs.report())


def listed(client: Client, artefact: Artefact) -> HttpResponse:
    return client.get(reverse("case_tab", args=[artefact.session.case.reference, Tab.DOCUMENTS]))


def address(artefact: Artefact, view: str = "check_signature", kind: str = "") -> str:
    return reverse(
        view, args=[artefact.session.case.reference, artefact.session.number, kind or artefact.kind]
    )


def text(answer: HttpResponse) -> str:
    return Page(answer.content.decode()).text


def message_text(answer: HttpResponse) -> str:
    return " ".join(str(get_message) for get_message in get_messages(answer.wsgi_request))


# --- What is seen ---


@pytest.mark.parametrize(
    ("verdict", "word"),
    [(verdict, word) for verdict, known in signature_words.EXPLANATIONS.items() for word in known],
)
@pytest.mark.one_database
def test_every_verdict_is_said_with_its_reason(
    verdict: Verdict, word: str, kari: Client, artefact: Artefact
) -> None:
    factories.signature_check(artefact, verdict, explanation=word)
    shown = text(listed(kari, artefact))
    assert str(verdict.label) in shown
    assert str(signature_words.sentence(word)) in shown
    assert verdict.value not in shown


def test_who_signed_and_when_is_said_and_by_whose_clock(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, explanation="verified", about_us=True, signatures=[SIGNATURE])
    shown = text(listed(kari, artefact))
    for words in (
        "Signer Nordlys Reports",
        "Signed at 20 Nov 2026, 11:00 by the signer’s own clock",
        "Time stamp 20 Nov 2026, 11:00 trusted",
        "Trusted by Nordlys Root CA",
        "issued by Nordlys Issuing CA",
        "valid 1 Jan 2026 – 1 Jan 2027",
        "ab" * 32,
        "Covers the whole file",
        "is not checked: nothing is fetched from elsewhere",
        "its text names the organisation",
    ):
        assert words in shown, words


def test_a_refusal_says_which_rule_on_the_page_and_on_paper(kari: Client, artefact: Artefact) -> None:
    missing = []
    for rule, words in signature_words.RULES.items():
        changed = {**SIGNATURE, "verdict": "ALTERED", "explanation": "changed_after", "rule": rule}
        check = factories.signature_check(
            artefact, Verdict.ALTERED, explanation="changed_after", signatures=[changed]
        )
        paper = render_to_string("paper/_verdict.html", {"entry": document_status.SignatureEntry(check)})
        for shown in (text(listed(kari, artefact)), Page(paper).text):
            if f"The rule: {words}. Another reader of PDFs may judge otherwise." not in shown:
                missing.append((rule, shown))
    assert missing == []


def test_what_a_certificate_says_is_shown_and_runs_nothing(kari: Client, artefact: Artefact) -> None:
    signer = {**SIGNATURE["signer"], "name": "<script>alert(1)</script>"}
    factories.signature_check(artefact, explanation="verified", signatures=[{**SIGNATURE, "signer": signer}])
    html = listed(kari, artefact).content.decode()
    assert "<script>alert" not in html
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in html


def test_a_check_of_another_version_is_shown_without_what_cannot_be_read(
    kari: Client, artefact: Artefact
) -> None:
    factories.signature_check(artefact, explanation="from_tomorrow", signatures=[{"kind": "seal"}, None])
    assert "a word that this version of the portal does not know" in text(listed(kari, artefact))


def test_until_somebody_has_looked_it_is_said_to_be_being_checked(kari: Client, artefact: Artefact) -> None:
    assert "Being checked" in text(listed(kari, artefact))
    assert "Signature is being checked" in text(listed(kari, artefact))


def test_earlier_checks_stay_with_who_asked_for_them(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, Verdict.NOT_TRUSTED, explanation="no_roots")
    factories.signature_check(artefact, Verdict.VERIFIED, explanation="verified", ordered_by=factories.ola())
    shown = text(listed(kari, artefact))
    assert "by Ola Hansen" in shown
    assert "1 earlier check" in shown
    assert shown.index("Signature verified", shown.index("AML report PDF")) < shown.index(
        "no roots are configured"
    )


def test_other_roots_than_it_was_checked_with_are_a_reason_to_check_again(
    kari: Client, artefact: Artefact, settings: Settings
) -> None:
    factories.signature_check(artefact, explanation="verified")
    assert "Other roots are trusted now" not in text(listed(kari, artefact))
    settings.AML_TRUST_ROOTS = [signed_pdfs.root().pem]
    assert "Other roots are trusted now" in text(listed(kari, artefact))


def test_the_page_of_a_document_says_the_same(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, Verdict.ALTERED, explanation="changed_after")
    shown = text(kari.get(address(artefact, "document")))
    assert "Altered, or the signature is invalid" in shown
    assert "Pages, text or other content were changed" in shown


def test_the_capture_clock_says_the_verdict_on_every_tab(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, Verdict.ALTERED, explanation="changed_after", about_us=False)
    page = pages.page(kari.get(reverse("case_tab", args=[artefact.session.case.reference, Tab.COMPANY])))
    step = pages.words(page.get_element_by_id("capture-aml"))
    assert "Altered, or the signature is invalid" in step
    assert "may be about another organisation" in step


def test_json_has_no_signature(kari: Client, artefact: Artefact) -> None:
    page = pages.page(listed(kari, artefact))
    assert not page.get_element_by_id("document-1-json").xpath(".//*[contains(@class, 'looked')]")


def test_many_captures_are_listed_a_portion_at_a_time(kari: Client, artefact: Artefact) -> None:
    for _ in range(9):
        factories.session(artefact.session.case, SessionState.COMPLETE)
    rows = pages.page(listed(kari, artefact)).xpath("//article[contains(@class, 'document')]")
    assert len(rows) == 24
    answer = kari.post(address(artefact))
    assert answer.url.endswith("/documents/?captures=2#document-1-aml")
    assert "document-1-aml" in kari.get(answer.url).content.decode()


def test_checks_take_no_more_queries_however_many_there_are(
    kari: Client, artefact: Artefact, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        factories.signature_check(
            artefact, explanation="verified", ordered_by=factories.ola(), signatures=[SIGNATURE]
        )
    listed(kari, artefact)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        listed(kari, artefact)


# --- Warnings ---


def warned(client: Client, artefact: Artefact) -> dict[str, str]:
    answer = client.get(reverse("case_tab", args=[artefact.session.case.reference, Tab.OVERVIEW]))
    found = pages.page(answer).xpath("//li[starts-with(@data-code, 'document_')]//bdi")
    return {item.xpath("./ancestor::li/@data-code")[0]: pages.words(item) for item in found}


def test_a_document_that_was_changed_is_the_first_thing_one_reads(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, Verdict.ALTERED, explanation="changed_after")
    page = pages.page(kari.get(reverse("case_tab", args=[artefact.session.case.reference, Tab.OVERVIEW])))
    (alert,) = page.xpath("//div[@data-code='document_altered']")
    assert page.xpath("//li[@data-code='document_altered']"), "an alarm is among the points to check too"
    assert alert.get("data-color") == "danger"
    assert "AML report: Pages, text or other content were changed" in pages.words(alert)
    assert alert.xpath(".//a")[0].get("href").endswith("/documents/")


def test_a_document_about_another_organisation_is_warned_of(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, explanation="verified", about_us=False)
    assert "names neither the number nor the name" in warned(kari, artefact)["document_about_another"]
    assert "it may be about another one" in text(listed(kari, artefact))


@pytest.mark.parametrize("about_us", [True, None])
def test_a_document_that_is_as_it_should_be_is_not(
    about_us: bool | None, kari: Client, artefact: Artefact
) -> None:
    factories.signature_check(artefact, explanation="verified", about_us=about_us)
    assert warned(kari, artefact) == {}


def test_the_newest_check_alone_warns(kari: Client, artefact: Artefact) -> None:
    factories.signature_check(artefact, Verdict.NOT_TRUSTED, explanation="no_roots")
    assert set(warned(kari, artefact)) == {"document_not_trusted"}
    factories.signature_check(artefact, Verdict.VERIFIED, explanation="verified")
    assert warned(kari, artefact) == {}


def test_the_same_of_several_documents_is_said_once(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, checked=False)
    for kind in ("aml", "certificate_of_registration"):
        factories.signature_check(session.artefacts.get(kind=kind), Verdict.UNSIGNED, explanation="unsigned")
    shown = warned(kari, session.artefacts.get(kind="aml"))
    assert shown["document_unsigned"].startswith("AML report, Certificate of registration: The PDF holds no")


# --- Checking again ---


def test_who_asks_for_a_check_gets_the_verdict_and_it_is_kept(kari: Client, artefact: Artefact) -> None:
    answer = kari.post(address(artefact))
    assert answer.url.endswith("/documents/#document-1-aml")
    assert message_text(kari.get(answer.url)) == "AML report was checked: No signature."
    check = artefact.signature_checks.get()
    assert (check.verdict, check.ordered_by) == (Verdict.UNSIGNED, factories.kari())
    assert AuditEvent.objects.filter(verb=Verb.SIGNATURE_CHECKED, actor=factories.kari()).count() == 1


def test_from_the_page_of_a_document_one_comes_back_to_it(kari: Client, artefact: Artefact) -> None:
    assert kari.post(address(artefact), {"from": "document"}).url == address(artefact, "document")
    assert kari.post(address(artefact), {"from": "https://elsewhere.example/"}).url.startswith("/cases/")


def test_a_document_whose_file_is_gone_is_said_to_be(kari: Client, artefact: Artefact) -> None:
    default_storage.delete(artefact.file)
    kari.post(address(artefact))
    assert "The stored file is gone, so there is nothing to check." in text(listed(kari, artefact))


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (signature_checks.Busy(), "Other signatures are being checked"),
        (signature_checks.CannotCheck(), "It could not be checked"),
        (signature_checks.BrokeOff("broke_off"), "It could not be read to the end"),
    ],
)
def test_what_keeps_a_check_from_being_made_is_said(
    problem: Exception, words: str, kari: Client, artefact: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(signature_checks, "check_again", fail)
    assert words in message_text(kari.get(kari.post(address(artefact)).url))
    assert SignatureCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("analyst", 302),
        ("reviewer", 302),
        ("lead", 302),
        ("auditor", 403),
        ("administrator", 403),
        ("stranger", 403),
    ],
)
def test_who_may_have_a_signature_checked(role: str, status: int, client: Client, artefact: Artefact) -> None:
    client.force_login(factories.CAST[role]())
    assert client.post(address(artefact)).status_code == status
    assert SignatureCheck.objects.count() == (status == 302)


def test_who_only_reads_is_offered_no_check(client: Client, artefact: Artefact) -> None:
    client.force_login(factories.auditor())
    assert "Check now" not in text(listed(client, artefact))


def test_a_check_is_asked_for_by_post_after_signing_in_and_with_its_token(
    client: Client, artefact: Artefact
) -> None:
    assert client.post(address(artefact)).url.startswith("/login/")
    client.force_login(factories.kari())
    assert client.get(address(artefact)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.kari())
    assert strict.post(address(artefact)).status_code == 403
    assert SignatureCheck.objects.count() == 0


@pytest.mark.parametrize("kind", ["json", "passport"])
def test_only_captured_documents_are_checked(kind: str, kari: Client, artefact: Artefact) -> None:
    assert kari.post(address(artefact, kind=kind)).status_code == 404


@pytest.mark.parametrize("state", [state for state in ArtefactState if state != ArtefactState.CAPTURED])
def test_a_document_that_was_not_captured_is_not_found(state: str, kari: Client) -> None:
    artefact_ = factories.artefact(factories.session(results={}), "aml", state)
    assert kari.post(address(artefact_)).status_code == 404


# --- The timeline ---


def test_the_timeline_tells_of_every_check_and_the_overview_not_of_the_portals_own(
    kari: Client, artefact: Artefact
) -> None:
    kari.post(address(artefact))
    case = artefact.session.case.reference
    shown = text(kari.get(reverse("case_tab", args=[case, Tab.TIMELINE])))
    assert "Kari Nordmann checked the signature of a document: AML report of capture 1" in shown
    assert "No signature SHA-256" in shown or "No signature · SHA-256" in shown
    assert "checked the signature" in text(kari.get(reverse("case_tab", args=[case, Tab.OVERVIEW])))


def test_the_portals_own_look_is_no_news_on_the_overview(kari: Client, artefact: Artefact) -> None:
    signature_checks._record(artefact, signature_result.SignatureResult(Verdict.UNSIGNED, "unsigned"))
    case = artefact.session.case.reference
    assert "checked the signature" not in text(kari.get(reverse("case_tab", args=[case, Tab.OVERVIEW])))
    assert "checked the signature" in text(kari.get(reverse("case_tab", args=[case, Tab.TIMELINE])))

"""Files come in through forms that take one, from people who have signed in, and are handed out to be saved."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cases.models import Attachment, AuditEvent, Case, Judgement, Verb
from tests import factories
from tests.judging import BORN, case_with, entry
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, NOT_FOUND = 302, 422, 404


def signed_in() -> Client:
    client = Client()
    client.force_login(factories.kari())
    return client


def send(client: Client, case: Case, file: SimpleUploadedFile | None, **fields: str) -> HttpResponse:
    usual = {
        "hit": case.hits.get().fingerprint,
        "newest": "0",
        "submission": str(uuid.uuid4()),
        "verdict": "FALSE_POSITIVE",
        "reason-FALSE_POSITIVE": "FP09",
        "particulars": "Passport of the chair",
        "rationale": "The passport shows another day of birth.",
    }
    files = {"attachment": file} if file else {}
    return client.post(reverse("judge_hit", args=[case.reference]), {**usual, **fields, **files})


def pdf(name: str = "passport.pdf", data: bytes = factories.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/x-lies")


def test_a_file_is_attached_and_handed_out_to_be_saved() -> None:
    client, case = signed_in(), case_with(entry(birthDate=BORN))
    assert send(client, case, pdf()).status_code == FOUND
    attachment = Attachment.objects.get()
    tab = page(client.get(reverse("case_tab", args=[case.reference, "screening"])))
    (link,) = tab.xpath("//p[@class='attached']/a")
    assert words(link) == "passport.pdf"
    answer = client.get(link.get("href"))
    assert b"".join(answer.streaming_content) == factories.PDF  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    (event,) = AuditEvent.objects.of_case(case).with_verbs(Verb.DOCUMENT_VIEWED)
    assert event.rests_on == attachment.sha256


def test_what_cannot_be_taken_is_refused_at_its_field_and_what_was_typed_stays(settings: Settings) -> None:
    settings.ATTACHMENT_BYTES = 2000
    client, case = signed_in(), case_with(entry(birthDate=BORN))
    for file, expected in (
        (None, "attach a file"),
        (pdf(data=b""), "The file is empty."),
        (pdf(data=b"MZ\x90"), "Attach a PDF"),
        (pdf(data=b"%PDF-" + b"x" * 2000), "larger than"),
    ):
        refused = send(client, case, file)
        assert refused.status_code == REFUSED
        assert expected in words(page(refused).xpath("//form//div[@class='errors']")[0])
        assert (
            "another day of birth" in page(refused).xpath("//textarea[@name='rationale']")[0].text_content()
        )
    assert not Judgement.objects.exists()


def test_a_stranger_s_file_is_not_even_read() -> None:
    case = case_with(entry(birthDate=BORN))
    answer = send(Client(), case, pdf())
    assert answer.status_code == FOUND
    assert "/login/" in answer.url
    assert not answer.wsgi_request.FILES
    client = signed_in()
    assert not client.post("/login/", {"username": pdf()}).wsgi_request.FILES


def test_an_attachment_of_another_case_is_not_found() -> None:
    client, case, other = signed_in(), case_with(entry(birthDate=BORN)), case_with()
    send(client, case, pdf())
    number = Attachment.objects.get().number
    assert client.get(reverse("attachment", args=[other.reference, number])).status_code == NOT_FOUND


def test_what_was_typed_comes_back_after_signing_in_again() -> None:
    case = case_with(entry(birthDate=BORN))
    browser = Client()
    address = reverse("case_tab", args=[case.reference, "screening"])
    sent = browser.post(
        reverse("judge_hit", args=[case.reference]),
        {
            "hit": case.hits.get().fingerprint,
            "newest": "0",
            "verdict": "CANNOT_TELL",
            "rationale": "Typed before.",
        },
        headers={"Referer": f"http://testserver{address}", "Sec-Fetch-Site": "same-origin"},
    )
    form = page(browser.get(sent.url)).xpath("//form[.//input[@name='password']]")[0]
    fields = {field.get("name"): field.get("value") or "" for field in form.xpath(".//input[@name]")}
    factories.kari()
    signed = browser.post(
        sent.url, {**fields, "username": "kari", "password": factories.PASSWORD}, follow=True
    )
    shown = page(signed)
    assert shown.xpath("//textarea[@name='rationale']")[0].text_content().strip() == "Typed before."
    assert shown.xpath("//input[@value='CANNOT_TELL'][@checked]")

"""The pages of policy: read, write a draft, compare, and have another person put it in force."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.assessment.policy.defaults import default
from cases.models import PolicyKind, PolicyState, PolicyVersion, User
from tests import factories
from tests.web.pages import page, words
from tests.workflows.policy.test_versions import changed, other_lead

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
KIND = PolicyKind.HIT_REASONS


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def write(client: Client, **fields: object) -> object:
    return client.post(reverse("import_policy", args=[KIND]), {"reason": "A larger sample", **fields})


def test_everybody_who_works_reads_what_is_in_force() -> None:
    for person in (factories.kari(), factories.ola(), factories.auditor()):
        answer = signed_in(person).get(reverse("policy"))
        assert "Default, to be reviewed" in words(answer)
        version = signed_in(person).get(reverse("policy_version", args=[KIND, 1]))
        assert "Another date of birth" in words(version)
        assert "Put in force" not in words(version)
    document = signed_in(factories.kari()).get(reverse("policy_json", args=[KIND, 1]))
    assert json.loads(document.content) == default(KIND)


def test_a_lead_writes_a_draft_and_another_puts_it_in_force() -> None:
    lena, lars = signed_in(factories.lead()), signed_in(other_lead())
    write(lena, document=json.dumps(changed()))
    draft = PolicyVersion.objects.get(kind=KIND, number=2)
    address = reverse("policy_version", args=[KIND, 2])
    own = words(lena.get(address))
    assert "another person must put it in force" in own
    assert "Second person › ‘Not the same’: sample of the rest, in per cent 5 10" in own
    assert "Why: A larger sample" in own
    assert lena.post(reverse("activate_policy", args=[KIND, 2])).status_code == 409
    draft.refresh_from_db()
    assert draft.state == PolicyState.DRAFT
    assert lars.post(reverse("activate_policy", args=[KIND, 2])).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.activated_by) == (PolicyState.ACTIVE, other_lead())
    compared = words(lars.get(address, {"beside": "1"}))
    assert "Changed against version 1" in compared


def test_what_is_wrong_is_told_and_what_was_typed_stays() -> None:
    lena = signed_in(factories.lead())
    document = changed()
    document["reasons"][0]["requires"] = {"shoes": "DIFFERENT"}
    for text, expected in (
        (json.dumps(document), "reasons[0].requires.shoes"),
        ("{", "This is no JSON: look at line 1."),
        ("", "Paste a document or choose a file: nothing stands here."),
    ):
        answer = write(lena, document=text)
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert expected in words(answer)  # type: ignore[arg-type]
        assert text in page(answer).xpath("//textarea[@name='document']")[0].text_content()  # type: ignore[arg-type]
    assert not PolicyVersion.objects.filter(kind=KIND, number=2).exists()


def test_a_document_may_be_imported_as_a_file() -> None:
    lena = signed_in(factories.lead())
    for data, expected in (
        (b"\xff\xfe\x00", "The file is no text in UTF-8"),
        (b"[]", "Give an object here"),
        (b"", "The submitted file is empty"),
    ):
        refused = write(lena, file=SimpleUploadedFile("draft.json", data))
        assert (refused.status_code, expected in words(refused)) == (422, True), words(refused)  # type: ignore
    with_mark = b"\xef\xbb\xbf" + json.dumps(changed()).encode()
    assert write(lena, file=SimpleUploadedFile("draft.json", with_mark)).status_code == 302  # type: ignore
    assert PolicyVersion.objects.get(kind=KIND, number=2).content == changed()


def test_what_is_hostile_in_a_document_is_shown_as_text() -> None:
    document = changed()
    document["reasons"][0]["words"] = "<script>alert(1)</script>"
    lena = signed_in(factories.lead())
    write(lena, document=json.dumps(document))
    shown = page(lena.get(reverse("policy_version", args=[KIND, 2])))
    assert not shown.xpath("//script[not(@src)]")
    assert "<script>alert(1)</script>" in words(shown)


def test_what_there_is_not_is_not_found() -> None:
    lena = signed_in(factories.lead())
    for address in (
        "/policy/nothing/1/",
        "/policy/hit_reasons/99/",
        "/policy/nothing/new/",
        "/policy/nothing/import/",
    ):
        assert lena.get(address).status_code == 404
    for number in ("x", "-1", "9" * 5000, "٣"):
        assert lena.get(reverse("policy_version", args=[KIND, 1]), {"beside": number}).status_code == 200
        assert lena.get(reverse("new_policy", args=[KIND]), {"copy": number}).status_code == 200

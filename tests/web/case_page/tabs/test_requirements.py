"""Requirements: what is computed stands beside what people say, and what they say holds while it is about the same."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement, fromstring

from cases.assessment.requirements.draft import StatementDraft
from cases.assessment.requirements.statement import Outcome, StatementKind
from cases.models import Case, RequirementStatement, User
from cases.presentation.paper.case_report import html
from cases.workflows.background.reports import gather
from cases.workflows.casework.requirements import requirement_status, stating
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.policy.versions import NothingInForce
from cases.workflows.verification import reconciling
from tests import chains, factories, judging
from tests.findings.reading import payload
from tests.judging import case_with, person
from tests.management.commands import run
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, FORBIDDEN, MISSING = 302, 422, 403, 404
WHY = "Searched in Nordlist, EU and UN, by name and day of birth."


def signed_in(person_: User) -> Client:
    client = Client()
    client.force_login(person_)
    return client


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


@pytest.fixture
def lead() -> Client:
    return signed_in(factories.lead())


@pytest.fixture
def case() -> Case:
    return case_with()


@pytest.fixture
def full() -> Case:
    """A case with everything that a provider can deliver, judged by nobody."""
    made = factories.case(assignee=factories.kari())
    document = payload("no_full")
    document["keyInformation"]["organizationNumber"] = made.organisation.value
    session = factories.session(made, "COMPLETE", {})
    factories.artefact(session, data=json.dumps(document).encode(), state="CAPTURED", about_us=True)
    for kind in ("aml", "certificate_of_registration"):
        factories.signature_check(factories.artefact(session, kind, "CAPTURED"), about_us=True)
    return made


def of_command(case: Case) -> dict[str, dict[str, Any]]:
    found = json.loads(run("requirements", "--case", case.reference, "--json").out)["requirements"]
    return {entry["id"]: entry for entry in found}


def problems(case: Case) -> list[str]:
    """What the check of rows against events finds about statements and attachments."""
    (found,) = reconciling.reconcile(case.reference)
    return [problem for problem in found.problems if "statement" in problem or "attachment" in problem]


def tab(client: Client, case: Case, requirement: str = "") -> HtmlElement:
    address = reverse("case_tab", args=[case.reference, "requirements"])
    return page(client.get(address, {"on": requirement} if requirement else {}))


def in_full(shown: HtmlElement) -> HtmlElement:
    return shown.get_element_by_id("requirement")


def send(client: Client, case: Case, requirement: str = "R16", **fields: Any) -> HttpResponse:
    """Send the form as it is served, with what a person fills in."""
    (form,) = in_full(tab(client, case, requirement)).xpath(".//form")
    served = {name: form.fields[name] for name in ("requirement", "newest", "known", "submission")}
    return client.post(
        reverse("state_requirement", args=[case.reference]), {**served, "words": WHY, **fields}
    )


def searched(**fields: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {"kind": "MET", "outcome": "NOTHING_FOUND", "evidence_day": today, **fields}


def test_the_full_result_meets_what_it_shows_and_nothing_more(full: Case) -> None:
    found = {name: entry["state"] for name, entry in of_command(full).items()}
    assert {name for name, state in found.items() if state == "met_by_evidence"} >= {
        "R01",
        "R03",
        "R15",
        "R25",
    }
    assert (found["R16"], found["R19"]) == ("cannot_be_known", "cannot_be_known")
    assert {found[name] for name in ("R05", "R08", "R14", "R17", "R22", "R28", "R29", "R30")} == {"open"}
    assert len(found) == 29


def test_what_is_met_names_what_it_rests_on(full: Case) -> None:
    artefacts = {str(artefact.kind): artefact.sha256 for artefact in full.sessions.get().artefacts.all()}
    found = of_command(full)
    assert [ref["hash"] for ref in found["R01"]["evidence"]] == [artefacts["json"]]
    assert [ref["hash"] for ref in found["R03"]["evidence"]] == [artefacts["certificate_of_registration"]]
    assert {ref["hash"] for ref in found["R25"]["evidence"]} == {*artefacts.values()}


def test_the_command_prints_the_same_twice_and_refuses_a_case_that_is_none(case: Case) -> None:
    first, again = (run("requirements", "--case", case.reference, "--json").out for _ in range(2))
    assert first == again
    assert run("requirements", "--case", "C-2020-000009", "--json").status == 2


def test_nothing_is_chosen_in_the_form_as_it_is_served(kari: Client, case: Case) -> None:
    shown = in_full(tab(kari, case, "R16"))
    assert not shown.xpath(".//input[@checked]")
    assert "Cannot be known from this provider" in words(shown)


def test_a_person_says_that_it_is_met_and_every_screen_says_so(kari: Client, case: Case) -> None:
    assert send(kari, case, **searched()).status_code == FOUND
    entry = of_command(case)["R16"]
    assert (entry["state"], entry["by"]) == ("met_by_person", "Kari Nordmann")
    assert entry["stale_on"] > timezone.localdate().isoformat()
    shown = words(in_full(tab(kari, case, "R16")))
    assert "Met by a person" in shown
    assert WHY in shown
    assert "Nothing was found" in shown
    report = words(fromstring(html(gather(factories.report(case, session=case.sessions.get())))))
    assert WHY in report
    assert "Met by a person: Kari Nordmann" in report
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "said how a requirement stands" in timeline
    assert "R16 Owners, controllers, representatives and former names searched" in timeline
    assert list(chains.breaks(case.reference)) == [None]
    assert not problems(case)


def test_a_new_director_opens_again_what_was_said_of_the_others(kari: Client, case: Case) -> None:
    send(kari, case, **searched())
    judging.capture(case, judging.entry(), boardMembers=[person("Marte Lysgard", "1975-05-21")])
    entry = of_command(case)["R16"]
    assert entry["state"] == "cannot_be_known"
    assert "new: Marte Lysgard" in entry["not_counted"]
    assert "Marte Lysgard" in words(
        in_full(tab(kari, case, "R16")).xpath(".//*[contains(@class, 'warning')]")[0]
    )


def test_evidence_grows_too_old(kari: Client, case: Case) -> None:
    send(kari, case, **searched())
    row = RequirementStatement.objects.get()
    today = timezone.localdate()
    later = requirement_status.of_case(case, today + datetime.timedelta(days=93)).by_id["R16"]
    assert later.state == "cannot_be_known"
    assert "too old since" in str(later.why_not)
    assert (
        requirement_status.of_case(case, today + datetime.timedelta(days=80)).by_id["R16"].by == row.by.name
    )


@pytest.mark.parametrize(
    ("requirement", "fields", "why"),
    [
        ("R16", searched(words="  "), "Say in words what it rests on."),
        ("R16", searched(outcome=""), "Say whether something was found."),
        ("R16", searched(evidence_day=""), "Give the day of the evidence"),
        ("R16", searched(evidence_day="2099-01-01"), "Give the day of the evidence"),
        ("R16", searched(evidence_day="2020-01-01"), "The evidence is too old"),
        ("R16", searched(kind=""), "Choose what you say of it."),
        ("R16", searched(kind="TAKEN_BACK"), "Nobody said anything that could be taken back."),
        ("R24", {"kind": "MET"}, "Attach the file that shows it."),
        ("R16", searched(kind="WAIVED"), "Only a lead may say this."),
        ("R16", searched(submission="none"), "The form was incomplete."),
    ],
)
def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(
    kari: Client, case: Case, requirement: str, fields: dict[str, str], why: str
) -> None:
    answer = send(kari, case, requirement, **fields)
    assert answer.status_code == REFUSED
    assert why in words(in_full(page(answer)))
    assert fields.get("words", WHY).strip() in words(in_full(page(answer)))
    assert not RequirementStatement.objects.exists()


def test_a_file_that_is_none_of_those_taken_is_refused_with_the_statement(kari: Client, case: Case) -> None:
    answer = send(kari, case, "R24", kind="MET", attachment=SimpleUploadedFile("a.exe", b"MZ\x00\x01"))
    assert answer.status_code == REFUSED
    assert "Attach a PDF" in words(in_full(page(answer)))
    assert not RequirementStatement.objects.exists()


def test_a_file_is_evidence_of_the_statement_and_handed_out(kari: Client, case: Case) -> None:
    file = SimpleUploadedFile("measures.pdf", factories.PDF)
    assert send(kari, case, "R24", kind="MET", attachment=file).status_code == FOUND
    (attachment,) = RequirementStatement.objects.get().attachments.all()
    assert {ref["hash"] for ref in of_command(case)["R24"]["evidence"]} >= {attachment.sha256}
    assert kari.get(reverse("attachment", args=[case.reference, attachment.number])).status_code == 200
    assert not problems(case)


def test_a_lead_waives_until_a_day_and_no_longer(lead: Client, case: Case) -> None:
    until = timezone.localdate() + datetime.timedelta(days=30)
    assert send(lead, case, kind="WAIVED").status_code == REFUSED
    assert send(lead, case, kind="WAIVED", until=until.isoformat()).status_code == FOUND
    entry = of_command(case)["R16"]
    assert (entry["state"], entry["until"]) == ("waived", until.isoformat())
    after = requirement_status.of_case(case, until + datetime.timedelta(days=1)).by_id["R16"]
    assert (after.state, "The waiver ended" in str(after.why_not)) == ("cannot_be_known", True)


def test_what_was_said_is_taken_back(kari: Client, case: Case) -> None:
    send(kari, case, **searched())
    assert send(kari, case, kind="TAKEN_BACK").status_code == FOUND
    assert of_command(case)["R16"]["state"] == "cannot_be_known"
    assert RequirementStatement.objects.filter(case=case).count() == 2


def test_the_same_form_sent_twice_is_one_statement(kari: Client, case: Case) -> None:
    (form,) = in_full(tab(kari, case, "R16")).xpath(".//form")
    served = {name: form.fields[name] for name in ("requirement", "newest", "known", "submission")}
    address = reverse("state_requirement", args=[case.reference])
    sent = {**served, **searched(words=WHY)}
    assert [kari.post(address, sent).status_code for _ in range(2)] == [FOUND, FOUND]
    assert RequirementStatement.objects.count() == 1
    # The form that was sent, filled in otherwise, is no repetition.
    changed = kari.post(address, {**sent, "words": "Another thing."})
    assert (changed.status_code, "Another thing." in words(in_full(page(changed)))) == (REFUSED, True)


def test_who_looks_at_older_facts_is_refused_and_keeps_what_was_typed(kari: Client, case: Case) -> None:
    (form,) = in_full(tab(kari, case, "R16")).xpath(".//form")
    served = {name: form.fields[name] for name in ("requirement", "newest", "known", "submission")}
    send(kari, case, **searched())
    answer = kari.post(
        reverse("state_requirement", args=[case.reference]), {**served, **searched(words="Mine")}
    )
    assert answer.status_code == REFUSED
    assert "Kari Nordmann said something of it meanwhile" in words(in_full(page(answer)))
    assert "Mine" in words(in_full(page(answer)))
    assert RequirementStatement.objects.count() == 1


@pytest.mark.parametrize("requirement", ["R01", "R17", "R22", "R28", "R30", "X99"])
def test_nobodys_word_meets_what_is_worked_out_alone(lead: Client, case: Case, requirement: str) -> None:
    present = requirement_status.of_case(case, timezone.localdate())
    known = stating.known(present.by_id[requirement]) if requirement in present.by_id else ""
    seen = stating.Seen(requirement, 0, known)
    for kind in (StatementKind.MET, StatementKind.WAIVED):
        draft = StatementDraft(kind, WHY, until=timezone.localdate())
        with pytest.raises(stating.NotStated):
            stating.state(case, seen, draft, factories.lead(), uuid.uuid4())
    assert not RequirementStatement.objects.exists()


def test_nothing_is_said_of_a_requirement_that_evidence_meets(full: Case) -> None:
    status = requirement_status.of_case(full, timezone.localdate()).by_id["R25"]
    seen = stating.Seen("R25", 0, stating.known(status))
    with pytest.raises(stating.Refused):
        stating.state(full, seen, StatementDraft(StatementKind.MET, WHY), factories.kari(), uuid.uuid4())


def test_an_auditor_reads_and_says_nothing(case: Case) -> None:
    auditor = signed_in(factories.auditor())
    assert not in_full(tab(auditor, case, "R16")).xpath(".//form")
    assert auditor.post(reverse("state_requirement", args=[case.reference])).status_code == FORBIDDEN
    status = requirement_status.of_case(case, timezone.localdate()).by_id["R16"]
    draft = StatementDraft(StatementKind.MET, WHY, Outcome.NOTHING_FOUND, timezone.localdate())
    with pytest.raises(stating.NotStated):
        stating.state(
            case, stating.Seen("R16", 0, stating.known(status)), draft, factories.auditor(), uuid.uuid4()
        )


def test_a_closed_case_is_only_read(kari: Client, case: Case) -> None:
    status = requirement_status.of_case(case, timezone.localdate()).by_id["R14"]
    Case.objects.filter(pk=case.pk).update(
        state="WITHDRAWN", withdrawn_reason="TYPO", withdrawn_at=timezone.now()
    )
    assert not in_full(tab(kari, case, "R14")).xpath(".//form")
    with pytest.raises(CaseIsClosed):
        stating.state(
            case,
            stating.Seen("R14", 0, stating.known(status)),
            StatementDraft(StatementKind.MET, WHY),
            factories.kari(),
            uuid.uuid4(),
        )


def test_the_database_keeps_what_was_said(case: Case) -> None:
    row = judging.statement_row(case)
    with pytest.raises(DatabaseError):
        RequirementStatement.objects.filter(pk=row.pk).update(words="Another.")


def test_a_statement_without_its_event_is_named_by_the_check(case: Case) -> None:
    judging.statement_row(case)
    assert any("no event tells of the statement" in problem for problem in problems(case))


def test_the_overview_leads_from_every_requirement_to_where_it_is_met(kari: Client, case: Case) -> None:
    shown = page(kari.get(reverse("case", args=[case.reference]))).get_element_by_id("requirement-list")
    found = {words(link): link.get("href") for link in shown.xpath(".//a")}
    screening = reverse("case_tab", args=[case.reference, "screening"])
    assert next(to for text, to in found.items() if "Every hit judged" in text) == screening
    assert len(found) == 29
    assert all(kari.get(to).status_code == 200 for to in found.values())


def test_where_no_set_is_in_force_the_tab_says_so(kari: Client, case: Case, monkeypatch: Any) -> None:
    def nothing(_case: Case) -> None:
        raise NothingInForce

    monkeypatch.setattr("cases.workflows.casework.requirements.set_version.of_case", nothing)
    assert "No requirement set is in force" in words(tab(kari, case))
    assert run("requirements", "--case", case.reference, "--json").status == 2


def test_a_result_about_another_organisation_meets_nothing(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    session = factories.session(made, "COMPLETE", {})
    data = json.dumps(payload("no_full")).encode()
    factories.artefact(session, data=data, state="CAPTURED", about_us=False)
    found = of_command(made)
    assert [name for name, entry in found.items() if entry["state"] == "met_by_evidence"] == []
    assert "another organisation" in found["R01"]["words"]
    assert "Nordlys" not in words(tab(kari, made, "R16"))

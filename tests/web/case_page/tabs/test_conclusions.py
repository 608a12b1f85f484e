"""Who is a beneficial owner: what is reckoned stands beside what people conclude, and what they conclude is kept."""

import copy
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml.html import HtmlElement, fromstring

from cases.assessment.owners.grounds import Conclusion
from cases.models import Case, OwnerConclusion, User
from cases.presentation.paper.case_report import html
from cases.workflows.background.reports import gather
from cases.workflows.casework.owners import concluding
from cases.workflows.casework.owners.concluding import ConclusionDraft
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.verification import reconciling
from tests import chains, factories, judging
from tests.findings.reading import payload
from tests.management.commands import run
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, FORBIDDEN = 302, 422, 403
WHY = "Shareholder register of 2025."
INGRID, AARNE = "Ingrid Solvang", "Aarne Koskela"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


def document(case: Case, **ownership: Any) -> dict[str, Any]:
    found = copy.deepcopy(payload("no_full"))
    found["keyInformation"]["organizationNumber"] = case.organisation.value
    found["ownership"] |= ownership
    return found


@pytest.fixture
def case() -> Case:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, document(made))
    return made


def of_command(case: Case) -> dict[str, dict[str, Any]]:
    found = json.loads(run("owners", "--case", case.reference, "--json").out)
    return {entry["name"]: entry for entry in found["owners"]}


def requirement(case: Case, name: str) -> dict[str, Any]:
    found = json.loads(run("requirements", "--case", case.reference, "--json").out)["requirements"]
    return next(entry for entry in found if entry["id"] == name)


def panel(answer: HttpResponse) -> HtmlElement:
    return page(answer).get_element_by_id("conclusions")


def tab(client: Client, case: Case) -> HtmlElement:
    return panel(client.get(reverse("case_tab", args=[case.reference, "ownership"])))


def served(shown: HtmlElement) -> dict[str, str]:
    """Everything that the form sends as it is served."""
    form = shown if shown.tag == "form" else shown.xpath(".//form")[0]
    return dict(form.form_values())


def key_of(shown: HtmlElement, name: str) -> str:
    (row,) = shown.xpath(f".//div[contains(@class, 'candidate')][.//h3[normalize-space()='{name}']]")
    return str(row.get("id")).removeprefix("person-")


def send(client: Client, case: Case, about: dict[str, dict[str, str]], **fields: Any) -> HttpResponse:
    """Send the form as it is served, with what a person fills in on these people, by name."""
    shown = tab(client, case)
    filled_in = {
        f"{key_of(shown, name)}-{field}": value
        for name, filled in about.items()
        for field, value in filled.items()
    }
    return client.post(
        reverse("conclude_owners", args=[case.reference]), {**served(shown), **filled_in, **fields}
    )


def an_owner(**fields: str) -> dict[str, str]:
    return {"conclusion": "BENEFICIAL_OWNER", "ground": "SHARES_OVER_LIMIT", "words": WHY, **fields}


NOT_ONE = {"conclusion": "NOT_ONE", "words": WHY}


def test_nothing_is_concluded_in_the_form_as_it_is_served(kari: Client, case: Case) -> None:
    shown = tab(kari, case)
    assert not shown.xpath(".//input[@checked]")
    assert {INGRID, AARNE} <= {words(title) for title in shown.xpath(".//h3")}
    assert "2 of 2 open" in words(shown)


def test_each_rule_set_answers_and_exactly_a_quarter_is_no_by_the_one_and_yes_by_the_other(
    case: Case,
) -> None:
    made = factories.case()
    shares = [
        {"name": "Liv Strand", "firstName": "Liv", "lastName": "Strand", "percentage": 25.0, "type": "PERSON"}
    ]
    rest = [
        {"name": "Resten AS", "organizationNumber": "312433060", "percentage": 75.0, "type": "ORGANIZATION"}
    ]
    judging.result_of(made, document(made, shareholders=shares + rest, beneficials=[]))
    entry = of_command(made)["Liv Strand"]
    assert {name: answer["answer"] for name, answer in entry["by_rule_set"].items()} == {
        "law_today": "no",
        "eu_2027": "yes",
    }
    assert entry["candidate_because"] == ["AT_LIMIT"]


def test_a_foundation_lists_board_and_chief_executive_with_the_ground_and_no_conclusion(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    found = document(made, shareholders=[], beneficials=[])
    found["keyInformation"]["organizationType"] = "FOUNDATION"
    judging.result_of(made, found)
    entries = of_command(made)
    assert {"Jonas Eikeland", INGRID, "Per Haugland", "Maja Lindqvist"} <= set(entries)
    assert {entry["conclusion"] for entry in entries.values()} == {None}
    shown = tab(kari, made)
    chosen = shown.xpath(f".//select[@name='{key_of(shown, INGRID)}-ground']/option[@selected]/@value")
    assert chosen == ["FOUNDATION_BOARD_OR_CHIEF"]


def test_a_family_is_a_question_and_no_conclusion(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    family = [
        {
            "name": f"{first} Brandvoll",
            "firstName": first,
            "lastName": "Brandvoll",
            "percentage": 13.0,
            "type": "PERSON",
        }
        for first in ("Solveig", "Ingvild")
    ]
    rest = {
        "name": "Resten AS",
        "organizationNumber": "312433060",
        "percentage": 74.0,
        "type": "ORGANIZATION",
    }
    judging.result_of(made, document(made, shareholders=[*family, rest], beneficials=[]))
    entry = of_command(made)["Solveig Brandvoll"]
    assert (entry["conclusion"], entry["questions"][0]["together"]) == (None, "26")
    assert "One family?" in words(tab(kari, made))


def test_conclusions_are_kept_together_and_meet_the_requirement(kari: Client, case: Case) -> None:
    assert "2 of 2 candidates are not concluded on" in requirement(case, "R08")["words"]
    assert send(kari, case, {INGRID: an_owner(percent="25")}).status_code == FOUND
    assert requirement(case, "R08")["state"] == "open"
    assert AARNE in requirement(case, "R08")["words"]
    assert send(kari, case, {AARNE: NOT_ONE}).status_code == FOUND
    met = requirement(case, "R08")
    assert (met["state"], met["by"]) == ("met_by_person", "Kari Nordmann")
    assert [ref["id"] for ref in met["evidence"]] == ["1", "2"]
    entry = of_command(case)[INGRID]
    assert (entry["conclusion"], entry["ground"], entry["percent"]) == (
        "BENEFICIAL_OWNER",
        "SHARES_OVER_LIMIT",
        "25",
    )
    shown = words(tab(kari, case))
    assert "0 of 2 open" in shown
    assert WHY in shown
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "concluded on a beneficial owner" in timeline
    report = fromstring(html(gather(factories.report(case, session=case.sessions.get()))))
    chapter = words(report.get_element_by_id("chapter-conclusions"))
    assert all(
        part in chapter for part in ("Beneficial owner · Shares over 25 %", WHY, "Kari Nordmann", "Not one")
    )
    assert list(chains.breaks(case.reference)) == [None]
    (reconciled,) = reconciling.reconcile(case.reference)
    assert not [problem for problem in reconciled.problems if "conclusion" in problem]


def test_where_nobody_is_an_owner_a_senior_manager_stands_in_after_a_search(kari: Client, case: Case) -> None:
    send(kari, case, {INGRID: NOT_ONE, AARNE: NOT_ONE})
    assert requirement(case, "R08")["state"] == "open"
    assert requirement(case, "R12")["state"] == "open"
    manager = {"conclusion": "SENIOR_MANAGER", "words": "Registers and accounts were searched."}
    refused = send(kari, case, {"Jonas Eikeland": manager})
    assert refused.status_code == REFUSED
    assert "Describe the search" in words(panel(refused))
    assert send(kari, case, {"Jonas Eikeland": {**manager, "is_search_stated": "on"}}).status_code == FOUND
    assert "Senior managers: Jonas Eikeland" in requirement(case, "R08")["words"]


@pytest.mark.parametrize(
    ("filled_in", "why"),
    [
        (an_owner(ground=""), "Choose the ground."),
        (an_owner(words=" "), "Write why."),
        (an_owner(percent="101"), "100"),
        ({"words": WHY}, "Choose a conclusion, or empty the other fields."),
    ],
)
def test_what_cannot_be_kept_says_why_and_nothing_of_the_sending_is_kept(
    kari: Client, case: Case, filled_in: dict[str, str], why: str
) -> None:
    answer = send(kari, case, {INGRID: filled_in, AARNE: NOT_ONE})
    assert answer.status_code == REFUSED
    assert why in words(panel(answer))
    assert WHY in [box.get("value") for box in panel(answer).xpath(".//input[@value]")]
    assert not OwnerConclusion.objects.exists()


def test_a_form_without_anything_filled_in_concludes_nothing(kari: Client, case: Case) -> None:
    answer = send(kari, case, {})
    assert answer.status_code == REFUSED
    assert "Conclude on at least one person." in words(panel(answer))


def test_a_person_is_added_whom_the_capture_does_not_name(kari: Client, case: Case) -> None:
    added = {
        "added-name": "Guro Stifter",
        "added-born": "1950",
        **{f"added-{k}": v for k, v in an_owner().items()},
    }
    assert send(kari, case, {}, **added).status_code == FOUND
    entry = of_command(case)["Guro Stifter"]
    assert (entry["conclusion"], entry["candidate_because"]) == ("BENEFICIAL_OWNER", [])
    for name in ("", " \u200b", "N/A"):
        nameless = {"added-name": name, **{f"added-{k}": v for k, v in an_owner().items()}}
        assert "Give the name of the person." in words(panel(send(kari, case, {}, **nameless)))


def test_another_share_in_the_next_capture_opens_the_conclusion_again(kari: Client, case: Case) -> None:
    send(kari, case, {INGRID: an_owner(), AARNE: an_owner(ground="SHARES_THROUGH_ANOTHER")})
    judging.result_of(case, document(case))
    assert requirement(case, "R08")["state"] == "met_by_person"
    beneficials = copy.deepcopy(payload("no_full")["ownership"]["beneficials"])
    beneficials[1]["integratedOwnership"] = 12.0
    judging.result_of(case, document(case, beneficials=beneficials))
    entries = of_command(case)
    assert entries[INGRID]["conclusion"] == "BENEFICIAL_OWNER"
    assert (entries[AARNE]["conclusion"], "another one" in entries[AARNE]["not_counted"]) == (None, True)


def test_who_saw_something_else_is_refused_and_keeps_what_was_typed(kari: Client, case: Case) -> None:
    shown = tab(kari, case)
    sent = {**served(shown), **{f"{key_of(shown, INGRID)}-{k}": v for k, v in an_owner(words="Mine").items()}}
    send(kari, case, {INGRID: NOT_ONE})
    answer = kari.post(reverse("conclude_owners", args=[case.reference]), sent)
    assert answer.status_code == REFUSED
    assert f"Somebody concluded on {INGRID} meanwhile" in words(panel(answer))
    assert "Mine" in [box.get("value") for box in panel(answer).xpath(".//input[@value]")]
    assert OwnerConclusion.objects.count() == 1


def test_the_same_form_sent_twice_is_one_conclusion(kari: Client, case: Case) -> None:
    shown = tab(kari, case)
    sent = {**served(shown), **{f"{key_of(shown, INGRID)}-{k}": v for k, v in an_owner().items()}}
    for _ in range(2):
        assert kari.post(reverse("conclude_owners", args=[case.reference]), sent).status_code == FOUND
    assert OwnerConclusion.objects.count() == 1


def test_what_is_added_to_a_form_that_was_sent_is_not_lost(kari: Client, case: Case) -> None:
    shown = tab(kari, case)
    sent = {**served(shown), **{f"{key_of(shown, INGRID)}-{k}": v for k, v in an_owner().items()}}
    address = reverse("conclude_owners", args=[case.reference])
    kari.post(address, sent)
    more = {f"{key_of(shown, AARNE)}-{k}": v for k, v in NOT_ONE.items()}
    answer = kari.post(address, {**sent, **more})
    assert answer.status_code == REFUSED
    assert f"Somebody concluded on {INGRID} meanwhile" in words(panel(answer))
    assert OwnerConclusion.objects.count() == 1


def test_what_is_refused_on_a_later_page_of_people_is_shown_there_again(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    people = [
        {
            "name": f"Liv Berg {n}",
            "firstName": "Liv",
            "lastName": f"Berg{n}",
            "dateOfBirth": f"1970-01-{n:02}",
        }
        for n in range(1, 26)
    ]
    judging.result_of(made, document(made, beneficials=people, shareholders=[]))
    address = reverse("case_tab", args=[made.reference, "ownership"])
    shown = panel(kari.get(address, {"conclusions": 2}))
    name = words(shown.xpath(".//h3")[0])
    filled_in = {f"{key_of(shown, name)}-{k}": v for k, v in an_owner(ground="").items()}
    answer = kari.post(shown.get("action"), {**served(shown), **filled_in})
    assert answer.status_code == REFUSED
    assert "Choose the ground." in words(panel(answer))
    assert WHY in [box.get("value") for box in panel(answer).xpath(".//input[@value]")]


def test_a_file_is_evidence_of_every_conclusion_of_the_sending(kari: Client, case: Case) -> None:
    file = SimpleUploadedFile("register.pdf", factories.PDF)
    send(kari, case, {INGRID: an_owner(), AARNE: NOT_ONE}, attachment=file)
    assert [row.attachments.count() for row in OwnerConclusion.objects.all()] == [1, 1]
    bad = send(kari, case, {INGRID: NOT_ONE}, attachment=SimpleUploadedFile("a.exe", b"MZ\x00"))
    assert (bad.status_code, "Attach a PDF" in words(panel(bad))) == (REFUSED, True)


def test_an_auditor_reads_and_concludes_nothing(case: Case) -> None:
    auditor = signed_in(factories.auditor())
    assert not tab(auditor, case).xpath(".//button")
    assert auditor.post(reverse("conclude_owners", args=[case.reference])).status_code == FORBIDDEN
    draft = ConclusionDraft("", "", Conclusion.NOT_ONE, None, None, WHY, name="Guro Stifter")
    with pytest.raises(concluding.NotConcluded):
        concluding.conclude(case, [draft], factories.auditor(), uuid.uuid4())


def test_a_closed_case_is_only_read(kari: Client, case: Case) -> None:
    case.withdraw("Opened in error", case.opened_at)
    case.save()
    assert not tab(kari, case).xpath(".//button")
    draft = ConclusionDraft("", "", Conclusion.NOT_ONE, None, None, WHY, name="Guro Stifter")
    with pytest.raises(CaseIsClosed):
        concluding.conclude(case, [draft], factories.kari(), uuid.uuid4())


def test_the_database_keeps_what_was_concluded(kari: Client, case: Case) -> None:
    send(kari, case, {INGRID: an_owner()})
    with pytest.raises(DatabaseError):
        OwnerConclusion.objects.update(conclusion="NOT_ONE", ground="")


def test_a_result_about_another_organisation_has_no_candidates(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    session = factories.session(made, "COMPLETE", {})
    factories.artefact(
        session, data=json.dumps(payload("no_full")).encode(), state="CAPTURED", about_us=False
    )
    assert of_command(made) == {}


def test_the_command_prints_the_same_twice(case: Case) -> None:
    first, again = (run("owners", "--case", case.reference, "--json").out for _ in range(2))
    assert first == again
    assert run("owners", "--case", "C-2020-000009", "--json").status == 2

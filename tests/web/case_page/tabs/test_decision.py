"""The tab Decision: nothing is chosen when it is served, a blocked approval names what blocks it, two people decide."""

import copy
import datetime
import json
import uuid
from typing import Any, NoReturn

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement

from cases.assessment.decision.outcomes import Outcome
from cases.assessment.policy.defaults import default
from cases.models import Case, CaseState, Decision, PolicyKind, User, Verb
from cases.models.audit.subject import EventSubject
from cases.presentation.paper.case_report import html
from cases.workflows.audit import trail
from cases.workflows.background.reports import gather
from cases.workflows.casework import comments
from cases.workflows.verification import reconciling
from tests import deciding, factories, judging
from tests.judging import case_with
from tests.management.commands import run
from tests.web.pages import page, words
from tests.workflows import forgery

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, FORBIDDEN = 302, 422, 403


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


@pytest.fixture
def ola() -> Client:
    return signed_in(factories.ola())


def tab(client: Client, case: Case) -> HtmlElement:
    return page(client.get(reverse("case_tab", args=[case.reference, "decision"])))


def propose(client: Client, case: Case, outcome: str, **fields: Any) -> HttpResponse:
    """Send the form as it is served, with this outcome and these fields."""
    form = tab(client, case).get_element_by_id("propose")
    sent = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    sent |= {"outcome": outcome, "rationale": deciding.RATIONALE, **fields}
    return client.post(reverse("propose_decision", args=[case.reference]), sent)


def answer(client: Client, case: Case, do: str, **fields: Any) -> HttpResponse:
    row = case.decisions.latest("number")
    address = reverse("answer_decision", args=[case.reference, row.number])
    return client.post(address, {"do": do, "digest": row.digest, **fields})


def harsher_model() -> dict[str, Any]:
    """The default risk model, in which every form of organisation has points."""
    model = copy.deepcopy(default(PolicyKind.RISK_MODEL))
    model["version"] = 2
    of_form = next(factor for factor in model["factors"] if factor["id"] == "C1")
    of_form["table"] = dict.fromkeys(of_form["table"], 7)
    return model


def test_nothing_is_chosen_when_it_is_served(kari: Client) -> None:
    form = tab(kari, deciding.ready()).get_element_by_id("propose")
    assert form.xpath(".//input[@name='outcome']")
    assert not form.xpath(".//input[@checked]")
    assert not form.xpath(".//button[@aria-disabled]")


def test_a_blocked_button_is_described_by_what_blocks_each_a_link(kari: Client) -> None:
    case = case_with()
    shown = tab(kari, case)
    (button,) = shown.xpath("//button[@aria-disabled='true']")
    blocks = shown.get_element_by_id(button.get("aria-describedby"))
    links = {words(link): link.get("href") for link in blocks.iter("a")}
    assert links["Every hit judged"].endswith("/screening/")
    assert links["Risk class by the model in force, with reasons"].endswith("/risk/#questions")
    refused = propose(kari, case, "APPROVE")
    assert refused.status_code == REFUSED
    again = page(refused)
    assert "approval is blocked" in words(again.get_element_by_id("propose"))
    assert deciding.RATIONALE in words(again.get_element_by_id("propose"))
    assert again.xpath("//input[@value='APPROVE'][@checked]")
    assert not Decision.objects.exists()


def test_two_people_decide_and_the_page_says_so(kari: Client, ola: Client) -> None:
    case = deciding.ready()
    assert propose(kari, case, "APPROVE").status_code == FOUND
    own = words(tab(kari, case))
    assert "You proposed it, so you cannot countersign it. Who can: Lena Lund, Ola Hansen" in own
    assert not tab(kari, case).xpath("//form[@id='answer']")
    assert answer(kari, case, "countersign", is_read="on").status_code == FORBIDDEN
    assert answer(ola, case, "countersign").status_code == REFUSED
    assert answer(ola, case, "countersign", is_read="on").status_code == FOUND
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED
    decided = words(tab(kari, case))
    made = case.decisions.get()
    for text in (
        "Signed off",
        "Kari Nordmann",
        "Ola Hansen",
        made.digest,
        "The case is closed and read only.",
    ):
        assert text in decided
    assert not tab(kari, case).xpath("//form[@id='propose' or @id='reopen']")
    assert tab(ola, case).xpath("//form[@id='reopen']")


def test_it_is_sent_back_with_words_alone_and_what_was_written_is_kept(kari: Client, ola: Client) -> None:
    case = deciding.ready()
    propose(kari, case, "APPROVE")
    assert answer(ola, case, "send_back", words=" ").status_code == REFUSED
    assert answer(ola, case, "send_back", words="Say which trade.").status_code == FOUND
    shown = tab(kari, case)
    assert "Ola Hansen sent the proposal back" in words(shown)
    form = shown.get_element_by_id("propose")
    assert dict(form.form_values())["rationale"].strip() == deciding.RATIONALE
    assert not form.xpath(".//input[@checked]")


def test_what_changed_is_said_part_by_part_and_voids_it(kari: Client, ola: Client) -> None:
    case = deciding.ready(judging.entry())
    propose(kari, case, "APPROVE")
    judging.judged(case, how=judging.draft("TRUE_MATCH"))
    shown = words(tab(ola, case))
    assert "The proposal is void: what it rests on changed" in shown
    assert "“Arvid Storholm”" in shown
    assert answer(ola, case, "countersign", is_read="on").status_code == REFUSED


def test_while_what_was_captured_is_out_of_reach_nothing_is_said_to_be_unchanged(
    ola: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = deciding.ready()
    deciding.proposed(case)
    assert "Nothing it rests on has changed since." in words(tab(ola, case))

    def away(*_where: object, **_how: object) -> NoReturn:
        raise OSError(5, "away")

    monkeypatch.setattr(type(default_storage._wrapped), "open", away)  # type: ignore[attr-defined]
    shown = words(tab(ola, case))
    assert "whether it changed is not known" in shown
    assert "not known just now" in shown
    assert "unchanged" not in shown
    assert "has changed since" not in shown


def test_what_came_beside_the_decision_is_told(ola: Client) -> None:
    case = deciding.ready()
    deciding.proposed(case)
    comments.comment(case, factories.maja(), "Looks good.", uuid.uuid4())
    session = case.sessions.get()
    late = EventSubject.result(session.number, "aml")
    with transaction.atomic():
        trail.record(case, Verb.ARTEFACT_CAPTURED, subject=late)
    assert "1 comment, 1 late PDF: no part of it" in words(tab(ola, case))


def test_a_capture_between_page_and_answer_is_told_to_who_answers(ola: Client) -> None:
    case = deciding.ready()
    deciding.proposed(case)
    found = deciding.document()
    found["keyInformation"]["statusCodes"] = ["BANKRUPT"]
    judging.result_of(case, found)
    assert "What it rests on has changed since" in words(tab(ola, case))
    refused = answer(ola, case, "countersign", is_read="on")
    assert refused.status_code == REFUSED
    assert "it is void" in words(page(refused))


def test_conditions_are_filled_in_row_by_row_and_shown_after(kari: Client, ola: Client) -> None:
    case = deciding.ready()
    due = (timezone.localdate() + datetime.timedelta(days=20)).isoformat()
    refused = propose(kari, case, "CONDITIONS", **{"conditions-0-words": "A copy of the passport"})
    assert refused.status_code == REFUSED
    assert "A copy of the passport" in refused.content.decode()
    fields = {"conditions-0-words": "A copy of the passport", "conditions-0-due": due}
    assert propose(kari, case, "CONDITIONS", **fields).status_code == FOUND
    answer(ola, case, "countersign", is_read="on")
    shown = tab(kari, case)
    (link,) = shown.xpath("//section[contains(@class, 'standing-of')]//a")
    assert words(link) == "A copy of the passport"
    statement = page(kari.get(link.get("href").partition("#")[0]))
    assert statement.xpath("//form[contains(@class, 'requirement-form')]")


def test_a_decided_case_is_reopened_with_a_reason(ola: Client) -> None:
    case = deciding.ready()
    deciding.decided(case)
    address = reverse("reopen_case", args=[case.reference])
    assert ola.post(address, {"reason": " "}).status_code == REFUSED
    assert ola.post(address, {"reason": "A new owner"}).status_code == FOUND
    case.refresh_from_db()
    assert case.state == CaseState.REOPENED
    shown = tab(ola, case)
    assert shown.xpath("//form[@id='propose']")
    assert "Earlier proposals" in words(shown)


def test_a_form_that_is_forged_or_old_keeps_what_was_typed(kari: Client) -> None:
    case = deciding.ready()
    for fields in ({"submission": "x"}, {"digest": "0" * 64}, {"newest": "7"}):
        refused = propose(kari, case, "REFUSE", reason="SANCTIONS", **fields)
        assert refused.status_code == REFUSED
        form = page(refused).get_element_by_id("propose")
        values = dict(form.form_values())
        assert (values["rationale"].strip(), values["reason"]) == (deciding.RATIONALE, "SANCTIONS")
        assert len(values["digest"]) == 64
        assert uuid.UUID(values["submission"])
    assert not Decision.objects.exists()


def test_my_work_leads_to_what_waits_for_a_countersignature(kari: Client, ola: Client) -> None:
    case = deciding.ready()
    deciding.proposed(case)
    assert "Kari Nordmann proposes: Approve" in words(page(ola.get(reverse("my_work"))))
    assert "proposes" not in words(page(kari.get(reverse("my_work"))))
    there = reverse("case_tab", args=[case.reference, "decision"])
    assert ola.get(reverse("countersign_next")).headers["Location"] == there
    deciding.countersigned(case, case.decisions.get())
    assert ola.get(reverse("countersign_next")).headers["Location"] == reverse("my_work")


def test_the_overview_leads_from_step_to_step(kari: Client, ola: Client) -> None:
    case = deciding.ready()
    seen: list[str] = []

    def look(client: Client) -> None:
        seen.append(words(page(client.get(reverse("case", args=[case.reference]))).find_class("next")[0]))

    look(kari)
    row = deciding.proposed(case)
    look(kari)
    look(ola)
    deciding.countersigned(case, row)
    look(kari)
    assert "Nothing is open but the decision." in seen[0]
    assert "it waits for a second person" in seen[1]
    assert "Countersign it" in seen[2]
    assert "The case is decided; it can be read, and reopened. See the decision" in seen[3]


def test_the_overview_tells_of_a_proposal_that_is_void(kari: Client) -> None:
    case = deciding.ready()
    deciding.proposed(case)
    status = deciding.present_of(case).requirements.by_id["R19"]
    deciding.state(case, status, "Asked again, with the declaration of each.")
    (step,) = page(kari.get(reverse("case", args=[case.reference]))).find_class("next")
    assert "The proposed decision is void: what it rests on changed." in words(step)


def test_the_report_and_the_command_tell_it_and_the_same_twice() -> None:
    case = deciding.ready()
    assert json.loads(run("decision", "--case", case.reference).out)["state"] == "none"
    made = deciding.decided(case, deciding.draft(Outcome.CONDITIONS))
    first, again = (run("decision", "--case", case.reference, "--json") for _twice in range(2))
    assert first.out == again.out
    found = json.loads(first.out)
    assert (found["state"], found["proposed_by"], found["approved_by"], found["digest"]) == (
        "countersigned",
        "Kari Nordmann",
        "Ola Hansen",
        made.digest,
    )
    assert set(found["rests_on"]) == {"capture", "hits", "owners", "risk", "requirements"}
    report = html(gather(factories.report(case)))
    for text in (made.digest, "Kari Nordmann", "Ola Hansen", "A certified copy of the passport"):
        assert text in report


def test_a_new_model_changes_no_decided_case() -> None:
    case = deciding.ready()
    deciding.decided(case)
    before = run("risk", "--case", case.reference).out
    judging.in_force_anew(PolicyKind.RISK_MODEL, harsher_model())
    assert run("risk", "--case", case.reference).out == before
    other = deciding.ready()
    assert json.loads(run("risk", "--case", other.reference).out)["points"] != json.loads(before)["points"]


def test_what_is_changed_past_the_portal_is_found() -> None:
    case = deciding.ready()
    made = deciding.decided(case)
    (sound,) = reconciling.reconcile(case.reference)
    assert not [problem for problem in sound.problems if "proposal" in problem]
    for change in ({"rationale": "Another."}, {"digest": "0" * 64}, {"second_by": factories.lead()}):
        with forgery.without_triggers(), transaction.atomic():
            Decision.objects.filter(pk=made.pk).update(**change)
            (forged,) = reconciling.reconcile(case.reference)
            assert any("proposal" in problem for problem in forged.problems), change
            transaction.set_rollback(True)


def test_a_proposal_past_the_portal_is_found() -> None:
    case = factories.case()
    judging.decision_row(case)
    (reconciled,) = reconciling.reconcile(case.reference)
    assert [problem for problem in reconciled.problems if "no event tells of the proposal" in problem]


def test_what_was_typed_survives_a_sign_in_that_was_over(kari: Client) -> None:
    case = deciding.ready()
    form = tab(kari, case).get_element_by_id("propose")
    sent = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    sent |= {"outcome": "REFUSE", "reason": "SANCTIONS", "rationale": "Typed before."}
    there = reverse("case_tab", args=[case.reference, "decision"])
    kari.logout()
    prompt = kari.post(
        reverse("propose_decision", args=[case.reference]),
        {**sent, "whose": str(factories.kari().pk)},
        headers={"referer": f"http://testserver{there}"},
    )
    asked = page(kari.get(prompt.url))
    fields = dict(asked.forms[-1].form_values()) | {"username": "kari", "password": factories.PASSWORD}
    back = kari.post("/login/", fields)
    values = dict(page(kari.get(back.url)).get_element_by_id("propose").form_values())
    assert (values["rationale"].strip(), values["reason"]) == ("Typed before.", "SANCTIONS")

"""The signatory check on the tab: asked without leaving it, answered from the capture, kept once if wanted."""

import json
import re
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from cases.models import AmlSession, ArtefactState, AuditEvent, SessionState, Verb
from cases.web.case_page.tab_names import Tab
from cases.web.sign_in import typed
from tests import chains, factories
from tests.findings.reading import Page
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.fixture
def full() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE)


def captured(document: dict[str, Any]) -> AmlSession:
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=json.dumps(document).encode())
    return session


def of_rule(*sets: list[str], **rule: Any) -> dict[str, Any]:
    options = [
        {"required": [{"name": name, "dateOfBirth": "1980-01-02"} for name in element]} for element in sets
    ]
    return {"authorities": {"signatureRights": {"status": "CONCLUSIVE", "options": options, **rule}}}


MARKS = {"check_signers": "/people/signers/", "keep_signers": "/people/signers/keep/"}


def form(answer: HttpResponse, name: str = "check_signers") -> dict[str, Any]:
    """The fields of a form as a browser would send them."""
    found = page(answer).xpath(f"//form[contains(@action, '{MARKS[name]}')]")[-1]
    hidden = {
        element.get("name"): element.get("value") for element in found.xpath(".//input[@type='hidden']")
    }
    signed = found.xpath(".//input[@name='signed' and (@checked or @type='hidden')]/@value")
    return {**hidden, "signed": signed}


def tick(answer: HttpResponse, *names: str) -> list[str]:
    labels = page(answer).xpath("//ul[@class='ticks']//label")
    return [label.xpath("./input/@value")[0] for label in labels if words(label.xpath(".//b")[0]) in names]


def open_tab(client: Client, session: AmlSession) -> HttpResponse:
    return client.get(reverse("case_tab", args=[session.case.reference, Tab.PEOPLE]))


def post(client: Client, address: str, data: dict[str, Any]) -> HttpResponse:
    """Send the check; give the tab that it leads to."""
    sent = client.post(address, data)
    assert sent.status_code == 302
    assert urlsplit(sent.url).path.endswith("/people/")
    return client.get(sent.url)


def check(client: Client, session: AmlSession, *names: str, **more: Any) -> HttpResponse:
    shown = open_tab(client, session)
    data = {**form(shown), "signed": tick(shown, *names), **more}
    return post(client, reverse("check_signers", args=[session.case.reference]), data)


def keep(client: Client, session: AmlSession, data: dict[str, Any]) -> HttpResponse:
    return client.post(reverse("keep_signers", args=[session.case.reference]), data)


def kept(session: AmlSession) -> list[AuditEvent]:
    return list(AuditEvent.objects.of_case(session.case).with_verbs(Verb.SIGNERS_CHECKED))


def answer_of(response: HttpResponse) -> str:
    found = page(response).xpath("//*[@id='signers-answer']")[0]
    return Page(html.tostring(found, encoding="unicode")).text


def test_everybody_who_may_have_signed_can_be_ticked(kari: Client, full: AmlSession) -> None:
    names = [words(element) for element in page(open_tab(kari, full)).xpath("//ul[@class='ticks']//b")]
    assert names[:3] == ["Ingrid Solvang", "Per Haugland", "Maja Lindqvist"]
    assert len(names) == len(set(names)) == 8


@pytest.mark.parametrize(
    ("names", "answer_text"),
    [
        (["Ingrid Solvang"], "Signature right Sufficient Fulfilled: Ingrid Solvang"),
        (["Per Haugland", "Maja Lindqvist"], "Fulfilled: Per Haugland"),
        (
            ["Per Haugland"],
            "Signature right Not sufficient Missing one of these, the nearest first: Ingrid Solvang",
        ),
        (["Silje Moen"], "Signature right Not sufficient Missing one of these"),
        ([], "Nobody is ticked Signature right Not sufficient"),
    ],
)
def test_the_answer_is_on_the_tab_with_the_ticks_as_they_were(
    names: list[str], answer_text: str, kari: Client, full: AmlSession
) -> None:
    answer = check(kari, full, *names)
    assert answer.status_code == 200
    assert answer_text in answer_of(answer)
    assert "Power of procuration Cannot be concluded" in answer_of(answer)
    assert form(answer)["signed"] == tick(answer, *names)
    assert "With a reservation: The data is incomplete" in answer_of(answer)


def test_a_signature_of_somebody_deceased_are_answered_and_kept_with_a_reservation(kari: Client) -> None:
    gone = {"name": "Eva", "dateOfBirth": "1980-01-02", "otherInformation": {"deceased": True}}
    session = captured({**of_rule(["Eva"]), "ownership": {"beneficials": [gone]}})
    answer = check(kari, session, "Eva")
    assert "Sufficient" in answer_of(answer)
    assert "With a reservation: registered as deceased: Eva, born 2 Jan 1980" in answer_of(answer)
    keep(kari, session, form(answer, "keep_signers"))
    tab = words(kari.get(reverse("case_tab", args=[session.case.reference, Tab.TIMELINE])))
    assert "Sufficient: Eva alone. Reservation: registered as deceased: Eva" in tab


def test_the_answer_takes_the_focus_and_names_stay_out_of_addresses(kari: Client, full: AmlSession) -> None:
    answer = check(kari, full, "Ingrid Solvang")
    assert page(answer).xpath("//*[@id='signers-answer']/@tabindex") == ["-1"]
    actions = page(answer).xpath("//section[@id='signing']//form/@action")
    assert all(action.endswith("#signers-answer") and "?" not in action for action in actions)


def test_a_tick_of_nobody_we_know_is_nobody_s_signature(kari: Client, full: AmlSession) -> None:
    answer = check(kari, full, signed=["0" * 16, "<script>", "Ingrid Solvang"])
    assert "Nobody is ticked" in answer_of(answer)


def test_who_reads_the_address_of_the_form_comes_to_the_tab(kari: Client, full: AmlSession) -> None:
    answer = kari.get(reverse("check_signers", args=[full.case.reference]))
    assert answer.url == f"/cases/{full.case.reference}/people/"


def test_a_newer_capture_does_not_change_who_was_meant(kari: Client, full: AmlSession) -> None:
    shown = open_tab(kari, full)
    data = {**form(shown), "signed": tick(shown, "Ingrid Solvang")}
    session = factories.session(full.case, SessionState.COMPLETE, results={})
    newer = json.dumps(of_rule(["Eva"])).encode()
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=newer)
    answer = post(kari, reverse("check_signers", args=[full.case.reference]), data)
    assert "Please tick again" in answer_of(answer)
    assert form(answer)["signed"] == []
    answer = kari.get(keep(kari, full, {**data, "submission": str(uuid.uuid4())}).url)
    assert "Please tick again" in answer_of(answer)
    assert kept(full) == []


def test_an_earlier_capture_that_is_read_is_the_one_that_answers(kari: Client, full: AmlSession) -> None:
    session = factories.session(full.case, SessionState.COMPLETE, results={})
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=json.dumps(of_rule(["Eva"])).encode())
    address = reverse("case_tab", args=[full.case.reference, Tab.PEOPLE])
    shown = kari.get(address, {"session": "1"})
    action = page(shown).xpath("//section[@id='signing']//form/@action")[0]
    answer = post(kari, action, {**form(shown), "signed": tick(shown, "Ingrid Solvang")})
    assert "by capture 1" in words(answer)
    assert "Fulfilled: Ingrid Solvang" in answer_of(answer)


def test_back_and_reload_show_the_answer_again_and_no_name_is_in_an_address(
    kari: Client, full: AmlSession
) -> None:
    shown = open_tab(kari, full)
    data = {**form(shown), "signed": tick(shown, "Ingrid Solvang")}
    address = kari.post(reverse("check_signers", args=[full.case.reference]), data).url
    assert re.fullmatch(r"/cases/C-[0-9-]+/people/\?typed=[0-9a-f]{12}#signers-answer", address)
    first, again = kari.get(address), kari.get(address)
    assert answer_of(first) == answer_of(again)
    saved = {keep(kari, full, form(response, "keep_signers")).url for response in (first, again)}
    assert len(saved) == len(kept(full)) == 1
    other = tick(shown, "Per Haugland")
    one_more = kari.post(reverse("check_signers", args=[full.case.reference]), {**data, "signed": other}).url
    assert "Fulfilled: Ingrid Solvang" in answer_of(kari.get(address))
    assert "Not sufficient" in answer_of(kari.get(one_more))


def test_a_check_of_another_sign_in_is_not_shown_and_that_is_said(client: Client, full: AmlSession) -> None:
    client.force_login(factories.kari())
    shown = open_tab(client, full)
    data = {**form(shown), "signed": tick(shown, "Ingrid Solvang")}
    address = client.post(reverse("check_signers", args=[full.case.reference]), data).url
    client.logout()
    client.force_login(factories.ola())
    there = client.get(address)
    assert "That check was made in another sign-in" in words(there)
    assert not page(there).xpath("//*[@id='signers-answer']")


def test_more_than_can_be_kept_is_answered_all_the_same(kari: Client, full: AmlSession) -> None:
    shown = open_tab(kari, full)
    data = {**form(shown), "signed": tick(shown, "Ingrid Solvang"), "more": "x" * typed.LONGEST}
    answer = kari.post(reverse("check_signers", args=[full.case.reference]), data)
    assert answer.status_code == 200
    assert "Fulfilled: Ingrid Solvang" in answer_of(answer)


# --- Keeping it ---


def test_a_kept_answer_holds_the_rule_who_signed_the_words_and_the_capture(
    kari: Client, full: AmlSession
) -> None:
    answer = keep(kari, full, form(check(kari, full, "Per Haugland"), "keep_signers"))
    (event,) = kept(full)
    assert answer.url == f"/cases/{full.case.reference}/timeline/#event-{event.sequence}"
    assert event.rests_on == full.artefacts.get(kind="json").sha256
    assert event.subject == "session 1"
    detail = json.loads(event.detail.body)
    assert {
        name: value.replace("\N{NO-BREAK SPACE}", " ") if isinstance(value, str) else value
        for name, value in detail.items()
    } == {
        "actor": "Kari Nordmann",
        "was": "",
        "now": "",
        "signed": ["Per Haugland, born 12\N{NO-BREAK SPACE}Apr\N{NO-BREAK SPACE}1975"],
        "signature_right": "Not sufficient. Missing, in one of these ways: Ingrid Solvang; or Maja Lindqvist.",
        "signature_rule": "Styrets leder alene, eller to styremedlemmer i fellesskap.",
        "procuration": "Cannot be concluded. The provider could not turn the rule into sets of"
        " signers it vouches for. Reservation: The data is incomplete: The rule refers to a decision that is"
        " not registered.",
        "procuration_rule": "Daglig leder etter styrets nærmere bestemmelse.",
    }
    text = words(kari.get(reverse("case_tab", args=[full.case.reference, Tab.TIMELINE])))
    assert "Kari Nordmann checked who signed: capture 1" in text
    assert (
        "Signature right: Not sufficient. Missing, in one of these ways: Ingrid Solvang; or Maja Lindqvist."
        in text
    )
    assert list(chains.breaks(full.case.reference)) == [None]


def test_an_answer_is_kept_once_however_often_it_is_sent(kari: Client, full: AmlSession) -> None:
    data = form(check(kari, full, "Ingrid Solvang"), "keep_signers")
    assert keep(kari, full, data).url == keep(kari, full, data).url
    assert len(kept(full)) == 1


def test_what_is_kept_is_made_anew_and_not_taken_from_the_form(kari: Client, full: AmlSession) -> None:
    data = form(check(kari, full, "Per Haugland"), "keep_signers")
    keep(kari, full, {**data, "signature_right": "Sufficient.", "answer": "sufficient", "rests_on": "0" * 64})
    detail = json.loads(kept(full)[0].detail.body)
    assert detail["signature_right"].startswith("Not sufficient.")


@pytest.mark.parametrize("more", [{"submission": "none"}, {"signed": []}])
def test_nothing_is_kept_of_half_a_form(more: dict[str, Any], kari: Client, full: AmlSession) -> None:
    data = form(check(kari, full, "Per Haugland"), "keep_signers")
    assert "signers-answer" in keep(kari, full, {**data, **more}).url
    assert kept(full) == []


def test_the_auditor_checks_and_keeps_nothing(client: Client, full: AmlSession) -> None:
    client.force_login(factories.auditor())
    answer = check(client, full, "Ingrid Solvang")
    assert "Fulfilled: Ingrid Solvang" in answer_of(answer)
    assert not page(answer).xpath("//form[contains(@action, 'keep')]")
    assert keep(client, full, {"signed": []}).status_code == 403


# --- Odd and large results ---


@pytest.mark.parametrize("payload", ["se", "fi", "dk", "no_odd", "no_null", "no_null_inside", "no_holding"])
def test_there_is_a_check_only_where_there_is_a_rule_and_somebody(payload: str, kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload=payload)
    shown = open_tab(kari, session)
    has_form = bool(page(shown).xpath("//section[@id='signing']//form"))
    assert has_form == (payload in {"se"})
    answer = post(kari, reverse("check_signers", args=[session.case.reference]), {"signed": ["x"]})
    assert answer.status_code == 200


@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.FAILED])
def test_without_a_result_there_is_nothing_to_check(state: str, kari: Client) -> None:
    session = factories.session(state=state)
    assert not page(open_tab(kari, session)).xpath("//section[@id='signing']//form")
    assert keep(kari, session, {"signed": ["x"], "submission": str(uuid.uuid4())}).status_code == 302


def test_names_that_are_markup_are_ticked_and_kept_as_names(kari: Client) -> None:
    name = "<script>alert(1)</script>"
    session = captured(of_rule([name]))
    answer = check(kari, session, name)
    assert f"Fulfilled: {name}" in answer_of(answer)
    keep(kari, session, form(answer, "keep_signers"))
    shown = kari.get(reverse("case_tab", args=[session.case.reference, Tab.TIMELINE]))
    assert f"Sufficient: {name} alone." in words(shown)
    assert b"<script>alert" not in answer.content + shown.content


def test_ticks_on_another_part_of_a_long_list_are_not_lost(kari: Client) -> None:
    names = [f"Signer {number:03}" for number in range(250)]
    session = captured(of_rule(names[:2], *([name] for name in names[2:])))
    shown = open_tab(kari, session)
    address = reverse("check_signers", args=[session.case.reference])
    turned = post(kari, address, {**form(shown), "signed": tick(shown, "Signer 000"), "turn": "2"})
    assert "101–200 of 250" in words(turned)
    assert not page(turned).xpath("//*[@id='signers-answer']")
    back = {**form(turned), "signed": form(turned)["signed"] + tick(turned, "Signer 150")}
    answer = post(kari, address, back)
    assert "With these 2 signatures" in answer_of(answer)
    assert "101–200 of 250" in words(answer)


def test_no_signature_is_held_against_the_rules_of_another_organisation(kari: Client) -> None:
    """What was kept would read as valid in five years."""
    session = captured(of_rule(["Ingrid Solvang"]))
    other = factories.session(state=SessionState.COMPLETE, results={})
    data = json.dumps(of_rule(["Ingrid Solvang"])).encode()
    factories.artefact(other, "json", ArtefactState.CAPTURED, data=data, about_us=False)
    ticks = form(open_tab(kari, session))
    kept_back = open_tab(kari, other)
    assert "Ingrid Solvang" not in kept_back.content.decode()
    shown = kari.get(reverse("case_tab", args=[other.case.reference, "people"]), {"anyway": "1"})
    assert "The result is about another organisation" in words(page(shown).get_element_by_id("signing"))
    sent = {**ticks, "capture": other.artefacts.get().sha256, "signed": ["0", "1"]}
    kari.post(reverse("keep_signers", args=[other.case.reference]), sent)
    assert not AuditEvent.objects.of_case(other.case).with_verbs(Verb.SIGNERS_CHECKED).exists()


def test_where_no_signature_can_be_held_against_a_rule_the_page_says_why(kari: Client) -> None:
    shown = open_tab(kari, captured({"roles": {"ceo": {"name": "Kari"}}}))
    assert "There is no rule to hold signatures against" in words(page(shown).get_element_by_id("signing"))

"""Every form that may be sent by somebody whose sign-in is over, and what becomes of it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import AuditEvent, Verb
from cases.web.sign_in import typed
from cases.web.sign_in.sign_in_answers import CARRIED
from tests import factories
from tests.web.pages import page
from tests.web.sign_in.test_session_over import SITE, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

C = "/cases/{case}/"
# Every form that may be sent by somebody whose sign-in is over: its name, where it stands, a field and its words.
SENT: tuple[tuple[str, str, str, str], ...] = (
    ("new_case", "/cases/new/", "purpose", "New customer"),
    ("comment", f"{C}timeline/", "text", "Call them"),
    ("order_again", f"{C}order/", "language", "no"),
    ("resolve_capture", f"{C}resolve/", "reason", "They say it was taken"),
    ("check_signers", f"{C}people/", "signer", "p1"),
    ("keep_signers", f"{C}people/", "signer", "p1"),
    ("judge_hit", f"{C}screening/", "rationale", "The passport shows it"),
    ("conclude_owners", f"{C}ownership/", "0-words", "She sold her shares"),
    ("state_requirement", f"{C}requirements/", "words", "Seen in the register"),
    ("record_search", f"{C}requirements/", "source", "Nordlist"),
    ("answer_risk", f"{C}risk/", "answer-A1", "yes"),
    ("override_risk", f"{C}risk/", "rationale", "We know the owners"),
    ("propose_decision", f"{C}decision/", "rationale", "The structure is simple"),
    ("answer_decision", f"{C}decision/", "words", "Say which trade"),
    ("reopen_case", f"{C}decision/", "reason", "A new owner"),
    ("change_case", f"{C}change/", "purpose", "Asked by the bank"),
    ("correct_number", f"{C}number/", "identifier", "316923232"),
    ("withdraw_case", f"{C}withdraw/", "reason", "Opened by mistake"),
    ("recuse", f"{C}recuse/", "reason", "The owner is my brother"),
    ("wait_for_information", f"{C}wait/", "for_what", "The passport of the chair"),
    ("cases", "/cases/", "q", "Solvang"),
    # Of these nothing is typed.
    ("take", C, "", ""),
    ("hand_back", C, "", ""),
    ("go_on", C, "", ""),
    ("poll_again", C, "", ""),
    ("order_report", f"{C}documents/", "", ""),
    ("take_next", "/", "", ""),
    ("password_change", "/password/", "old_password", ""),
)


def test_a_form_sent_too_late_is_answered_by_the_address_of_a_page_that_one_can_go_back_to(
    client: Client,
) -> None:
    kari, case = factories.kari(), factories.session(factories.case(), "FAILED").case
    assert {name for name, _on, field, words_of in SENT if words_of} == typed.FORMS
    wrong = []
    for name, place, field, text in SENT:
        of_case = [] if name in {"new_case", "take_next", "cases", "password_change"} else [case.reference]
        of_case += [1] if name == "answer_decision" else []
        on = place.replace("{case}", case.reference)
        data = {field: text, "whose": str(kari.pk)} if field else {}
        answer = client.post(reverse(name, args=of_case), data, headers={"referer": f"{SITE}{on}"})
        prompt = client.get(answer.url) if answer.status_code == 302 else answer
        hidden = page(prompt).xpath("//form//input[@name='typed']/@value")
        kept = typed.unseal({"typed": hidden[0]}) if hidden else None
        back = sign_in(client, prompt)
        again = client.get(answer.url if kept else "/")
        if (
            (answer.status_code, urlsplit(answer.url).path) != (302, "/login/")
            or parse_qs(urlsplit(answer.url).query).get("next") != [on]
            or (text and text in answer.url)
            or (kept.fields.get(field) if kept else [""]) != [text]
            or urlsplit(back.url).path != on
            or client.get(back.url).status_code not in {200, 302}
            or (kept and (again.status_code, again.url) != (302, on))
            or client.cookies[CARRIED].value
        ):
            wrong.append((name, answer.status_code, answer.url, back.url))
        client.logout()
    assert wrong == []
    assert not AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).exists()

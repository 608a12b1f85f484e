"""The tab Suspicion: for suspicion officers alone, with the notes, their form, and who opened them."""

import datetime
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import AuditEvent, Case, SessionState, SuspicionNote, Verb
from cases.web.case_page.suspicion.suspicion_form import LONGEST
from tests import factories, judging
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OK, FOUND, MISSING, UNPROCESSABLE = 200, 302, 404, 422
TYPED = {"words": "Cash in sacks.\nTwice.", "conclusion": "REPORTED"}


@pytest.fixture
def siv(client: Client) -> Client:
    client.force_login(factories.officer())
    return client


@pytest.fixture
def case() -> Case:
    return factories.session(factories.case(), SessionState.COMPLETE).case


def tab(case: Case) -> str:
    return reverse("case_tab", args=[case.reference, "suspicion"])


def send(client: Client, case: Case, **fields: str) -> HttpResponse:
    usual = {**TYPED, "submission": str(uuid.uuid4())}
    return client.post(reverse("note_suspicion", args=[case.reference]), {**usual, **fields})


def opened(case: Case) -> int:
    events = AuditEvent.of_suspicion.filter(chain__suspicion_of=case)
    return events.with_verbs(Verb.SUSPICION_VIEWED).count()


def test_it_is_a_tab_of_every_page_of_the_case_and_says_whom_it_is_for(siv: Client, case: Case) -> None:
    found = page(siv.get(f"/cases/{case.reference}/company/"))
    assert found.xpath("//a[@id='tab-suspicion']/@href") == [tab(case)]
    shown = siv.get(tab(case))
    assert "Only suspicion officers see this. Do not tell the customer." in words(shown)
    assert page(shown).xpath("//a[@id='tab-suspicion']/@aria-current") == ["page"]
    assert not page(shown).xpath("//main//input[@checked]")


def test_nobody_else_has_it(client: Client, case: Case) -> None:
    for role in ("analyst", "lead", "auditor"):
        client.force_login(factories.CAST[role]())
        assert "uspicion" not in client.get(f"/cases/{case.reference}/company/").content.decode()
        assert client.get(tab(case)).status_code == MISSING
        assert send(client, case).status_code == MISSING
        assert client.get(reverse("case_live", args=[case.reference]), {"tab": "suspicion"}).status_code == OK
    assert not SuspicionNote.objects.exists()
    assert opened(case) == 0


def test_a_note_is_kept_and_shown_the_newest_first(siv: Client, case: Case) -> None:
    assert send(siv, case).url == tab(case)
    send(siv, case, words="Then nothing more.", conclusion="STILL_LOOKED_INTO")
    shown = siv.get(tab(case))
    assert "It is kept." in words(shown)
    notes = [words(note) for note in page(shown).xpath("//ol[contains(@class, 'suspicion-notes')]/li")]
    assert [("Still looked into · Siv Moen" in notes[0]), ("Reported · Siv Moen" in notes[1])] == [True, True]
    assert "Cash in sacks." in notes[1]
    assert "Cash in sacks.<br>Twice." in shown.content.decode()


def test_it_is_sent_once(siv: Client, case: Case) -> None:
    submission = page(siv.get(tab(case))).xpath("//input[@name='submission']/@value")[-1]
    for _ in range(2):
        assert send(siv, case, submission=submission).status_code == FOUND
    assert SuspicionNote.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"words": " "}, "Say in words what was considered."),
        ({"conclusion": ""}, "Choose a conclusion."),
        ({"conclusion": "FINE"}, "FINE"),
        ({"words": "x" * (LONGEST + 1)}, "5000"),
        ({"submission": "x"}, "The form was incomplete."),
    ],
)
def test_what_is_refused_stays_as_it_was_typed(
    siv: Client, case: Case, fields: dict[str, str], problem: str
) -> None:
    shown = send(siv, case, **fields)
    assert shown.status_code == UNPROCESSABLE
    assert problem in words(shown)
    sent = {**TYPED, **fields}
    area = page(shown).xpath("//textarea[@name='words']")[0].text
    assert (area or "").strip() == sent["words"].strip()
    assert page(shown).xpath("//input[@name='conclusion'][@checked]/@value") == (
        [sent["conclusion"]] if sent["conclusion"] == "REPORTED" else []
    )
    assert not SuspicionNote.objects.exists()
    submission = page(shown).xpath("//form[contains(@action, 'suspicion')]//input[@name='submission']/@value")
    assert uuid.UUID(submission[0])


def test_words_are_text_and_nothing_else(siv: Client, case: Case) -> None:
    send(siv, case, words="<script>alert(1)</script> \u202eback")
    shown = siv.get(tab(case)).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "\u202e" not in shown


def test_a_closed_case_takes_notes(siv: Client) -> None:
    case = factories.case(state="WITHDRAWN", withdrawn_reason="TYPO", withdrawn_at=timezone.now())
    assert page(siv.get(tab(case))).xpath("//form[contains(@action, 'suspicion')]")
    assert send(siv, case).status_code == FOUND
    assert SuspicionNote.objects.get().case == case


def test_who_opens_the_notes_is_recorded_once_in_half_an_hour_as_long_as_none_is_added(
    siv: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        siv.get(tab(case))
    assert opened(case) == 1
    send(siv, case)
    siv.get(tab(case))
    assert opened(case) == 2
    later = timezone.now() + datetime.timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    siv.get(tab(case))
    assert opened(case) == 3
    assert words(siv.get(tab(case))).count("Siv Moen ·") >= 3


def test_the_form_by_its_address_alone_leads_to_the_tab(siv: Client, case: Case) -> None:
    assert siv.get(reverse("note_suspicion", args=[case.reference])).url == tab(case)
    assert siv.put(reverse("note_suspicion", args=[case.reference])).status_code == 405


def test_a_running_capture_does_not_replace_what_somebody_writes(siv: Client) -> None:
    case = factories.session(factories.case()).case
    shown = siv.get(tab(case))
    (address,) = page(shown).xpath("//*[contains(@hx-get, '/live/')]/@hx-get")
    assert "tab=suspicion" in address
    assert siv.get(address).status_code == 204
    factories.session(case, SessionState.COMPLETE)
    assert 'id="content"' not in siv.get(address).content.decode()


def test_what_gives_rise_to_it_is_shown_until_it_was_considered(siv: Client) -> None:
    case = judging.case_with(judging.entry(source="EU_GLOBAL", birthDate=judging.BORN))
    judging.judged_by_two(case, how=judging.draft("TRUE_MATCH"))

    def triggers() -> str:
        return words(page(siv.get(tab(case))).get_element_by_id("triggers"))

    assert "Open To be considered. A hit is confirmed: Arvid Storholm." in triggers()
    send(siv, case, conclusion="STILL_LOOKED_INTO")
    assert "It is still looked into." in triggers()
    send(siv, case)
    assert "What gives rise to it so far was considered, and this is still open" in triggers()
    reported, *_others = SuspicionNote.objects.order_by("-number")
    assert [key.partition(" ")[0] for key in reported.triggers if key.startswith("hit")] == ["hit"]

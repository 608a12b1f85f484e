"""What was ordered anew and did not come is told wherever the case is, and no document before it is in order."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from cases.findings.vocabulary.formats import date_words
from cases.models import ArtefactState, Case, SessionState, Verb
from cases.workflows.capture import end
from cases.workflows.ordering import session_requests
from cases.workflows.results import rederive
from tests import factories
from tests.findings.reading import Page
from tests.workflows.capture.test_smaller_captures import (
    ACCOUNTS,
    CERTIFICATE,
    NO_HITS,
    PDFS,
    SCREENING,
    capture,
    in_vain,
    printed,
    shown,
    whole,
)
from tests.workflows.results.test_columns import on_the_page

pytestmark = pytest.mark.django_db


def test_no_document_is_in_order_where_the_newest_order_of_it_brought_nothing_of_ours() -> None:
    brings: dict[str, dict[str, Any]] = {
        "failed": {"state": SessionState.FAILED, "results": {"json": "FAILED", PDFS[1]: "FAILED"}},
        "expired": {
            "state": SessionState.PARTIAL,
            "results": {"json": "CAPTURED", PDFS[1]: "EXPIRED"},
        },
        "refused": {
            "state": SessionState.FAILED,
            "results": {"json": "FAILED", PDFS[1]: "FAILED"},
            "reason": "bad_request",
        },
        "with another": {"state": SessionState.COMPLETE, "results": {PDFS[1]: "CAPTURED"}},
    }
    wrong = []
    for name, of_order in brings.items():
        case = whole()
        session = factories.session(case, expands=CERTIFICATE, reports=PDFS[1:], **of_order)
        if name == "with another":
            factories.artefact(session, state=ArtefactState.CAPTURED, about_us=False)
        for later in (False, True):
            if later:
                capture(case, ACCOUNTS)
            case.refresh_from_db()
            expected = "alarm" if name == "with another" else "points_to_check"
            if case.verdicts["documents"] != expected or case.verdicts != on_the_page(case):
                wrong.append((name, later, case.verdicts["documents"]))
            if (case.evidence == "ABOUT_ANOTHER") != (name == "with another"):
                wrong.append((name, later, case.evidence))
        capture(case, CERTIFICATE, PDFS[1:])
        if case.verdicts["documents"] != "in_order":
            wrong.append((name, "anew", case.verdicts["documents"]))
    assert not wrong


def test_a_document_that_is_awaited_anew_leaves_the_one_before_in_place() -> None:
    case = whole()
    awaited = {"json": "ASKED", PDFS[1]: "ASKED"}
    factories.session(case, SessionState.OPEN, awaited, expands=CERTIFICATE, reports=PDFS[1:])
    case.refresh_from_db()
    assert case.verdicts["documents"] == "in_order"


def cell(client: Client, case: Case) -> str:
    """What the list says of the screening."""
    shown = html.fromstring(client.get(reverse("cases"), {"q": case.reference}).content)
    (found,) = shown.xpath("//tbody//td[@data-label='Screening']")
    return " ".join(found.text_content().split())


def test_no_hits_of_an_earlier_capture_bear_their_day_in_list_page_and_report(client: Client) -> None:
    client.force_login(factories.kari())
    day = date_words(timezone.localdate()).replace("\xa0", " ")
    case = whole(sanction=NO_HITS)
    assert cell(client, case) == "no hits"
    assert f"No hits ({day})" not in Page(shown(client, case)).text + printed(case)
    in_vain(case, ACCOUNTS)
    places = {"in vain": cell(client, case)}
    capture(case, ACCOUNTS)
    places |= {"accounts": cell(client, case)}
    factories.session(case, SessionState.OPEN, {"json": "ASKED"}, expands=SCREENING, reports=[])
    places |= {"awaited": cell(client, case)}
    assert places == dict.fromkeys(places, f"no hits ({day})")
    assert f"No hits ({day})" in Page(shown(client, case)).text
    assert f"No hits ({day})" in printed(case)


def test_a_screening_that_was_ordered_anew_in_vain_says_so_in_list_and_my_work(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole(sanction=NO_HITS)
    in_vain(case, SCREENING)
    assert cell(client, case) == "Ordered anew, without an outcome"
    capture(case, ACCOUNTS)
    assert cell(client, case) == "Ordered anew, without an outcome"
    work = Page(client.get(reverse("my_work")).content.decode()).text
    assert "Order the screening: ordered anew, it brought no outcome" in work
    assert "nobody is known to be screened" not in work


def test_a_result_about_another_organisation_stays_an_alarm_until_an_order_brings_another(
    client: Client,
) -> None:
    client.force_login(factories.kari())
    case = whole()
    foreign = factories.session(case, SessionState.COMPLETE, {}, expands=[*SCREENING, "roles"], reports=[])
    factories.artefact(foreign, state=ArtefactState.CAPTURED, about_us=False)
    later = factories.session(case, SessionState.OPEN, {"json": "ASKED"}, expands=ACCOUNTS, reports=[])
    case.refresh_from_db()
    assert case.verdicts["identity"] == "not_done"
    with transaction.atomic():
        end.fail_session(later, "no_answer_in_time", "")
    case.refresh_from_db()
    assert (case.verdicts["identity"], case.evidence) == ("alarm", "ABOUT_ANOTHER")
    assert case.verdicts == on_the_page(case)
    work = Page(client.get(reverse("my_work")).content.decode()).text
    assert "Result is about another organisation" in work
    assert "This result is about another organisation" in Page(shown(client, case)).text
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}
    capture(case, SCREENING, sanction=NO_HITS)
    assert case.verdicts["identity"] == "in_order"


def test_the_moment_an_order_ends_in_vain_the_list_says_what_the_page_does() -> None:
    case = whole(sanction=NO_HITS)
    words = [*SCREENING, *CERTIFICATE]
    awaited = {"json": "ASKED", PDFS[1]: "ASKED"}
    session = factories.session(case, SessionState.OPEN, awaited, expands=words, reports=PDFS[1:])
    case.refresh_from_db()
    assert (case.screening, case.verdicts["documents"]) == ("NONE", "in_order")
    with transaction.atomic():
        for artefact in session.artefacts.all():
            end.fail(session, artefact, "provider_failed")
        end.end(session, timezone.now())
    case.refresh_from_db()
    assert (case.screening, case.verdicts["sanctions"]) == ("UNCERTAIN", "alarm")
    assert case.verdicts["documents"] == "points_to_check"
    assert case.verdicts == on_the_page(case)
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}


def test_a_stuck_order_that_a_person_closes_ended_in_vain_too() -> None:
    for state in (SessionState.UNKNOWN, SessionState.QUARANTINED):
        case = whole(sanction=NO_HITS)
        awaited = {"json": "ASKED", PDFS[1]: "ASKED"}
        words = [*SCREENING, *CERTIFICATE]
        session = factories.session(case, state, awaited, expands=words, reports=PDFS[1:])
        case.refresh_from_db()
        assert (case.screening, case.verdicts["documents"]) == ("NONE", "in_order"), state
        closed = session_requests.close(session.pk, factories.kari())
        case.refresh_from_db()
        assert (case.screening, case.verdicts["sanctions"]) == ("UNCERTAIN", "alarm"), state
        assert case.verdicts["documents"] == "points_to_check", state
        assert case.verdicts == on_the_page(case), state
        assert case.updated_at == closed.ended_at, state
        event = case.audit_chain.events.order_by("sequence").last()
        assert (event.verb, event.actor) == (Verb.SESSION_ENDED, factories.kari()), state

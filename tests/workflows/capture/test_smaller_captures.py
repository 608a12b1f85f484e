"""A capture that orders less than an earlier one takes the place of what it ordered, and of nothing else."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.evidence import evidence_files
from cases.findings.as_json.findings import plain
from cases.findings.verdicts.signs import SCREENED_ON
from cases.models import AmlSession, ArtefactState, Case, SessionState
from cases.presentation.paper import case_report
from cases.web.case_list.case_list import GROUPS
from cases.web.case_page.tab_names import Tab
from cases.workflows.background import reports
from cases.workflows.results import derive, parsed_result, rederive
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import to_read
from tests import factories
from tests.findings.reading import Page
from tests.findings.reading import payload as result_in
from tests.workflows.results.test_columns import its_sessions, on_the_page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVERYTHING = [
    "keyInformation.lei",
    "address",
    "financials.accounting",
    "financials.keyFigures",
    "financials.auditor",
    "financials.accountant",
    "ownership.beneficials",
    "ownership.subsidiaries",
    "ownership.shareholders",
    "ownership.indicators",
    "authorities",
    "roles",
    "sanction",
]
ACCOUNTS = ["financials.accounting"]
SCREENING = ["sanction"]
CERTIFICATE = ["links.reports.certificate_of_incorporation"]
PDFS = ("aml", "certificate_of_registration")
STEPS = ((ACCOUNTS, ()), (SCREENING, ()), (CERTIFICATE, PDFS[1:]))


def ordered(words: Iterable[str], **changed: Any) -> dict[str, Any]:
    """What the provider sends of those elements: key information always, the rest only where it was ordered."""
    whole, found = result_in("no_full"), {}
    found["keyInformation"] = {**whole["keyInformation"], "leiNumber": None}
    for word in words:
        chapter, _dot, part = word.partition(".")
        if word == "keyInformation.lei":
            found["keyInformation"]["leiNumber"] = whole["keyInformation"]["leiNumber"]
        elif chapter in whole and not word.startswith("links"):
            there = (
                {"metadata": whole[chapter].get("metadata"), part: whole[chapter].get(part)}
                if part
                else whole[chapter]
            )
            found[chapter] = {**found.get(chapter, {}), **there}
    return {**found, **changed}


def capture(case: Case, words: Sequence[str], pdfs: Sequence[str] = (), **changed: Any) -> AmlSession:
    """A capture of the case that ordered those words, and brought just these."""
    captured = dict.fromkeys(pdfs, "CAPTURED")
    session = factories.session(case, SessionState.COMPLETE, captured, expands=[*words], reports=[*pdfs])
    factories.artefact(
        session, state=ArtefactState.CAPTURED, data=json.dumps(ordered(words, **changed)).encode()
    )
    case.refresh_from_db()
    return session


def whole(**changed: Any) -> Case:
    case = factories.case(assignee=factories.kari())
    capture(case, [*EVERYTHING, "links.reports.aml", *CERTIFICATE], PDFS, **changed)
    return case


def columns(case: Case) -> dict[str, Any]:
    names = ("screening", "hit_count", "likely_hit_count", "beneficial_owner_count", "verdicts", "evidence")
    found = {name: getattr(case, name) for name in names}
    # That the screening is of an earlier capture is told beside the verdicts.
    return found | {
        "verdicts": {word: verdict for word, verdict in case.verdicts.items() if word != SCREENED_ON}
    }


def as_json(case: Case) -> Any:
    of_case = its_sessions(case)
    reading = read_session(to_read(of_case), of_case)
    found = reading.summary(case.organisation.number, timezone.localdate(), of_case)
    document = plain(reading.result, found)
    return {name: value for name, value in document.items() if name not in {"links", "as_it_came", "origins"}}


def found_by(client: Client, case: Case, **query: str) -> bool:
    return case.reference in client.get(reverse("cases"), query).content.decode()


def shown(client: Client, case: Case, tab: Tab = Tab.OVERVIEW, query: str = "") -> str:
    return client.get(reverse("case_tab", args=[case.reference, tab]) + query).content.decode()


def printed(case: Case) -> str:
    session = to_read(its_sessions(case))
    return Page(case_report.html(reports.gather(factories.report(case, session=session)))).text


def test_hits_owners_documents_and_authority_stay_until_they_are_ordered_anew(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole()
    at_first, document = columns(case), as_json(case)
    assert case.hit_count
    owner, hit = document["owners"][0]["name"], document["hits"][0]["name"]
    assert document["verdicts"]["documents"]["state"] == "in_order"
    groups = [{"group": word} for word in GROUPS]
    in_group = [query for query in groups if found_by(client, case, **query)]
    assert in_group
    states = {topic: entry["state"] for topic, entry in document["verdicts"].items()}
    for words, pdfs in STEPS:
        capture(case, words, pdfs)
        assert columns(case) == at_first, words
        assert as_json(case) == document, words
        assert on_the_page(case) == case.verdicts, words
        assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}, words
        for query in ({"q": owner}, {"q": hit}, {"screening": "HITS"}, *in_group):
            assert found_by(client, case, **query), (words, query)
        for tab in Tab:
            text = shown(client, case, tab)
            assert "Nobody was screened" not in text, (words, tab)
            assert "No documents were ordered" not in text, (words, tab)
        report = printed(case)
        assert "Nobody was screened" not in report
        assert owner in report
        assert {verdict.topic: verdict.state for verdict in _verdicts(case)} == states, words


def _verdicts(case: Case) -> Any:
    of_case = its_sessions(case)
    reading = read_session(to_read(of_case), of_case)
    return reading.summary(case.organisation.number, timezone.localdate(), of_case).verdicts


def test_the_page_and_the_report_say_from_which_capture_each_part_is(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole()
    capture(case, ACCOUNTS)
    first = case.sessions.get(number=1).artefacts.get(kind="json")
    text = Page(shown(client, case)).text
    assert "Capture 2" in text
    assert "ordered only: Accounts." in text
    assert "From capture 1" in Page(shown(client, case, Tab.SCREENING)).text
    assert "From capture 1" in Page(shown(client, case, Tab.PEOPLE)).text
    assert 'href="' + reverse("case_tab", args=[case.reference, "overview"]) + '?session=1"' in shown(
        client, case
    )
    assert first.sha256 in printed(case)
    capture(case, SCREENING)
    assert "From capture" not in Page(shown(client, case, Tab.SCREENING)).text
    assert "From capture 2" in Page(shown(client, case, Tab.FINANCIALS)).text
    assert "From capture" not in Page(shown(client, case, Tab.PEOPLE, "?session=1")).text


def test_what_is_ordered_anew_replaces_what_was_known() -> None:
    """Hits of before do not stay for ever: a later screening without any is what is read."""
    none = {"status": "NONE", "sanctionResults": [], "metadata": result_in("no_full")["sanction"]["metadata"]}
    case = whole()
    owners = case.beneficial_owner_count
    capture(case, ["ownership.beneficials", *SCREENING], sanction=none)
    assert (case.hit_count, case.beneficial_owner_count) == (0, owners)
    capture(case, ACCOUNTS)
    assert case.hit_count == 0
    nobody = {"beneficials": [], "metadata": {}}
    capture(case, ["ownership.beneficials"], ownership=nobody)
    assert (case.hit_count, case.beneficial_owner_count) == (0, 0)
    of_case = its_sessions(case)
    result = read_session(of_case[0], of_case).result
    assert result.ownership.shareholders
    assert "ownership.beneficials" in result.nothing


def test_a_screening_that_was_ordered_anew_and_did_not_come_is_not_the_one_before() -> None:
    case = whole()
    capture(case, SCREENING, sanction=None)
    assert case.verdicts["sanctions"] == "alarm"
    assert case.hit_count == 0


def test_an_earlier_result_that_cannot_be_used_gives_nothing() -> None:
    case = factories.case()
    session = factories.session(case, SessionState.COMPLETE, {})
    factories.artefact(session, state=ArtefactState.CAPTURED, about_us=False)
    capture(case, ACCOUNTS)
    assert (case.hit_count, case.screening, case.evidence) == (0, "NOT_RUN", "USABLE")
    assert case.verdicts["owners"] == "not_done"


def test_of_an_earlier_file_that_is_gone_nothing_reads_as_not_ordered(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole()
    capture(case, ACCOUNTS)
    first = case.sessions.get(number=1).artefacts.get(kind="json")
    factories.default_storage.delete(first.file)
    text = Page(shown(client, case)).text
    assert "Nobody was screened: sanctions lists were not ordered" not in text
    assert "Capture 1: The stored file is gone" in text
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}


def test_the_earlier_one_that_comes_last_fills_what_the_later_did_not_order() -> None:
    case = factories.case()
    words = [*EVERYTHING]
    first = factories.session(case, SessionState.COMPLETE, {}, expands=words, reports=[])
    capture(case, ACCOUNTS)
    assert case.hit_count == 0
    factories.artefact(first, state=ArtefactState.CAPTURED, data=json.dumps(ordered(words)).encode())
    case.refresh_from_db()
    assert case.hit_count
    assert case.beneficial_owner_count
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}


def test_a_signatory_check_rests_on_the_capture_whose_rules_it_was_held_against(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole()
    capture(case, ACCOUNTS)
    of_case = its_sessions(case)
    rules = read_session(to_read(of_case), of_case).artefact_of("authorities")
    assert rules is not None
    assert rules.session.number == 1


def test_while_the_store_is_away_nothing_is_read_beside_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    case = whole()
    second = factories.session(case, SessionState.OPEN, {}, expands=ACCOUNTS, reports=[])

    def away(*_args: object) -> bytes:
        raise evidence_files.NotAsCaptured("unreachable")

    monkeypatch.setattr(evidence_files, "read_as_captured", away)
    with pytest.raises(evidence_files.StorageTrouble):
        parsed_result.beside(second.pk)


def in_vain(case: Case, words: Sequence[str], pdfs: Sequence[str] = ()) -> None:
    """An order of which nothing came."""
    lost = dict.fromkeys(("json", *pdfs), "FAILED")
    factories.session(case, SessionState.FAILED, lost, expands=[*words], reports=[*pdfs])
    derive.follow(case)


NO_HITS = {"status": "NONE", "sanctionResults": [], "metadata": {"sources": ["EU"]}}


def test_key_information_is_the_newest_also_that_of_an_order_of_documents_alone(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole()
    hits = case.hit_count
    key = {**result_in("no_full")["keyInformation"], "statusCodes": ["BANKRUPT"], "leiNumber": None}
    capture(case, CERTIFICATE, PDFS[1:], keyInformation=key)
    assert (case.verdicts["identity"], case.hit_count) == ("alarm", hits)
    assert "Bankrupt" in Page(shown(client, case)).text
    assert "Bankrupt" in printed(case)
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}
    capture(case, ACCOUNTS)
    assert case.verdicts["identity"] == "in_order"


def test_documents_alone_with_a_result_that_cannot_be_used_replace_nothing() -> None:
    case = whole()
    at_first = columns(case)
    for changed in ({"about_us": False}, {"data": b"no result at all", "unreadable": "not_json"}):
        second = factories.session(case, SessionState.COMPLETE, {}, expands=CERTIFICATE, reports=PDFS[1:])
        factories.artefact(second, state=ArtefactState.CAPTURED, **changed)
        case.refresh_from_db()
        assert columns(case) == at_first


def test_an_order_in_vain_makes_what_is_older_no_all_clear(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole(sanction=NO_HITS)
    assert case.screening == "NONE"
    in_vain(case, [*SCREENING, "ownership.beneficials", *CERTIFICATE], PDFS[1:])
    capture(case, ACCOUNTS)
    assert (case.screening, case.verdicts["sanctions"]) == ("UNCERTAIN", "alarm")
    assert case.verdicts["documents"] == "points_to_check"
    assert case.verdicts == on_the_page(case)
    assert case.beneficial_owner_count
    for text in (Page(shown(client, case, Tab.SCREENING)).text, printed(case)):
        assert "ordered anew with capture 2" in text
        assert "of capture 1" in text
    assert "Ordered anew with capture 2" in Page(shown(client, case)).text
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}
    capture(case, SCREENING, sanction=NO_HITS)
    assert (case.screening, case.verdicts["sanctions"]) == ("NONE", "points_to_check")


def test_a_newest_order_in_vain_makes_what_is_older_no_all_clear(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole(sanction=NO_HITS)
    at_first = columns(case)
    in_vain(case, [*SCREENING, "ownership.beneficials"])
    case.refresh_from_db()
    assert (case.screening, case.verdicts["sanctions"]) == ("UNCERTAIN", "alarm")
    assert case.verdicts["owners"] == "points_to_check"
    assert case.verdicts == on_the_page(case)
    assert "ordered anew with capture 2" in Page(shown(client, case, Tab.SCREENING)).text
    assert "ordered anew with capture 2" in printed(case)
    assert not {*next(rederive.reread(case.reference)).columns} - {"unplaced"}
    capture(case, [*SCREENING, "ownership.beneficials"], sanction=NO_HITS)
    assert case.screening == at_first["screening"] == "NONE"
    assert case.verdicts == on_the_page(case)


def test_of_each_kind_of_document_the_newest_order_counts_and_a_later_one_that_brought_it() -> None:
    case = whole()
    missing = [*EVERYTHING, "links.reports.aml", *CERTIFICATE]
    second = capture(case, missing, PDFS[:1])
    factories.artefact(second, PDFS[1], ArtefactState.FAILED)
    derive.follow(case)
    case.refresh_from_db()
    assert case.verdicts["documents"] == "points_to_check"
    capture(case, ACCOUNTS)
    assert case.verdicts["documents"] == "points_to_check"
    capture(case, CERTIFICATE, PDFS[1:])
    assert case.verdicts["documents"] == "in_order"
    assert case.verdicts == on_the_page(case)

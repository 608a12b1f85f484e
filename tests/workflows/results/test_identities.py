"""One firm has several numbers: captures teach them, notices and search look in all, and nobody is merged."""

import datetime
import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from cases.findings.identity import numbers as stated
from cases.findings.search.folded_words import Query
from cases.models import (
    ArtefactKind,
    ArtefactState,
    AuditEvent,
    Case,
    CaseSearch,
    Organisation,
    OrganisationIdentity,
    SessionState,
    Verb,
)
from cases.models.casework.identity import Number, firm_of
from cases.provider.numbers.identifiers import Identifier
from cases.provider.result.wire import KeyInformation
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.ordering import ordered_lately
from cases.workflows.ordering.ordered_lately import Earlier, Outcome
from cases.workflows.results import identities, parsed_result, rederive, searching
from tests import chains, factories
from tests.findings.reading import payload

pytestmark = pytest.mark.django_db

ORG, DUNS = Identifier("no", "ORG", "317835337"), Identifier("no", "DUNS", "301234567")
LEI = "5493001KJTIIGC8Y1R12"


@transaction.atomic
def captured(identifier: Identifier, *, about_us: bool | None = True, **key: object) -> Case:
    """A case on this number, captured just now: no_full with these fields of key information."""
    document = payload("no_full")
    document["keyInformation"] |= {"leiNumber": LEI, **key}
    about = identities.organisation_of(identifier)
    case = factories.case(about)
    session = factories.session(case, SessionState.COMPLETE, {})
    factories.artefact(
        session,
        ArtefactKind.JSON,
        ArtefactState.CAPTURED,
        data=json.dumps(document).encode(),
        about_us=about_us,
    )
    return case


def known(organisation: Organisation) -> set[tuple[str, str]]:
    return {(identity.kind, identity.value) for identity in organisation.identities.all()}


def about(identifier: Identifier) -> list[Case]:
    return list(Case.objects.about(identifier))


def in_which(identifier: Identifier) -> Case | None:
    """The case of the order that another would be charged beside."""
    earlier = ordered_lately.ordered_lately(identifier)
    return earlier.case if earlier else None


def found(text: str) -> set[Case]:
    return set(Case.objects.found_by(Query(text)))


def test_a_capture_teaches_numbers_and_name_of_its_organisation() -> None:
    case = captured(DUNS)
    assert known(case.organisation) == {
        ("ORG", "317835337"),
        ("LEI", LEI),
        ("NAME", "FJELLHEIM ENERGI AS"),
    }
    assert about(ORG) == about(DUNS) == [case]
    assert in_which(ORG) == in_which(DUNS) == case


def test_a_case_by_one_number_is_found_by_every_other_whichever_was_captured() -> None:
    first = captured(DUNS)
    second = open_case(NewCase(ORG, again_reason="Board changed"), None)
    assert set(about(ORG)) == set(about(DUNS)) == {first, second}
    for text in ("317 835 337", "30-123-4567", LEI):
        assert found(text) == {first, second}, text


def test_a_case_opened_before_the_numbers_were_learned_is_found_by_them_too() -> None:
    waiting = open_case(NewCase(ORG), None)
    assert found("30-123-4567") == set()
    captured(DUNS)
    assert waiting in found("30-123-4567")


@pytest.mark.parametrize("about_us", [False, None])
def test_nothing_is_learned_of_a_result_that_is_not_surely_about_it(about_us: bool | None) -> None:
    captured(DUNS, about_us=about_us)
    assert not OrganisationIdentity.objects.exists()
    assert about(ORG) == []


NOBODYS = [
    {"organizationNumber": "000000000", "dunsNumber": "999999999", "leiNumber": "0" * 20},
    {"organizationNumber": "999 999 999", "dunsNumber": "N/A", "leiNumber": "unknown"},
    {"organizationNumber": "12", "dunsNumber": "", "leiNumber": None},
    {"organizationNumber": "317835337", "country": "DE", "dunsNumber": None, "leiNumber": LEI[:-1] + "3"},
]


def test_placeholders_and_what_is_no_number_identify_nobody() -> None:
    wrong = [nobody for nobody in NOBODYS if [*stated.numbers(KeyInformation.model_validate(nobody), "no")]]
    assert not wrong


def test_numbers_are_kept_in_the_form_of_their_country() -> None:
    key = KeyInformation.model_validate(
        {"organizationNumber": "SE556036079301", "country": "SWE", "dunsNumber": "51-536-7214"}
    )
    assert [*stated.numbers(key, "no")] == [("ORG", "se", "556036-0793"), ("DUNS", "", "515367214")]


def test_a_name_that_changed_is_still_found() -> None:
    case = captured(ORG)
    factories.artefact(
        factories.session(case, results={}),
        ArtefactKind.JSON,
        ArtefactState.CAPTURED,
        data=json.dumps(
            {"keyInformation": {"name": "NYTT NAVN AS", "organizationNumber": ORG.value}}
        ).encode(),
    )
    assert found("fjellheim energi") == found("nytt navn") == {case}


# --- Contradictions ---


def test_two_organisations_with_one_duns_number_are_linked_said_and_never_merged() -> None:
    first = captured(ORG)
    other = Identifier("no", "ORG", "312433060")
    second = captured(other, organizationNumber="312433060", leiNumber=None)
    assert first.organisation != second.organisation
    firm = firm_of(Number.of(other))
    assert firm.organisations == {second.organisation_id}
    assert firm.contradicted == {first.organisation_id}
    assert about(other) == about(ORG) == [second, first]
    assert in_which(ORG) == first
    assert in_which(other) == second
    event = AuditEvent.objects.of_case(second).with_verbs(Verb.IDENTITY_SHARED).get()
    assert f"NO 317 835 337 ({first.reference})" in event.detail.body
    assert not AuditEvent.objects.of_case(first).with_verbs(Verb.IDENTITY_SHARED).exists()
    assert not [found_break for found_break in chains.breaks() if found_break]


def test_what_a_firm_is_known_by_is_asked_once_however_many_cases_it_has() -> None:
    about = factories.session(results={"json": "CAPTURED"}).case.organisation
    questions = []
    for more in (0, 19):
        for _ in range(more):
            factories.case(about)
        cases = Case.objects.filter(organisation=about).select_related("organisation")
        with CaptureQueriesContext(connection) as statements:
            searching.refresh(cases)
        questions.append(len(statements))
    assert questions[0] == questions[1]
    found = CaseSearch.objects.filter(case__organisation=about)
    assert found.count() == 20
    assert all(row.known_as for row in found)


def test_a_number_that_very_many_have_links_only_so_many() -> None:
    captured(ORG)
    artefact = OrganisationIdentity.objects.first().learned_from
    rows = [
        OrganisationIdentity(
            organisation=factories.organisation(), kind="DUNS", value=DUNS.value, learned_from=artefact
        )
        for _ in range(110)
    ]
    OrganisationIdentity.objects.bulk_create(rows)
    firm = firm_of(Number.of(DUNS))
    assert len(firm.organisations | firm.contradicted) <= 200


# --- Captured lately ---


def test_another_order_within_the_days_of_the_setting_needs_a_reason(settings: Settings) -> None:
    first = captured(DUNS)
    before = Case.objects.count(), AuditEvent.objects.count()
    with pytest.raises(ordered_lately.OrderedLately) as refused:
        open_case(NewCase(ORG), None)
    assert refused.value.earlier == Earlier(first, Outcome.CAPTURED)
    assert (Case.objects.count(), AuditEvent.objects.count()) == before
    again = open_case(NewCase(ORG, again_reason="New owner"), factories.kari())
    event = AuditEvent.objects.of_case(again).with_verbs(Verb.CASE_CREATED).get()
    assert json.loads(event.detail.body)["again_reason"] == "New owner"
    settings.RECENT_CAPTURE_DAYS = 0
    open_case(NewCase(ORG), None)


@pytest.mark.parametrize(("days", "counts"), [(29, True), (31, False)])
def test_what_was_captured_longer_ago_is_not_lately(days: int, counts: bool) -> None:
    session = factories.session(factories.case(factories.organisation(ORG.value)), SessionState.COMPLETE, {})
    at = timezone.now() - datetime.timedelta(days=days)
    factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, captured_at=at)
    assert (in_which(ORG) is not None) == counts


@pytest.mark.parametrize(("about_us", "data"), [(False, None), (None, b"{")])
@transaction.atomic
def test_what_came_and_cannot_be_used_needs_a_reason_too(about_us: bool | None, data: bytes | None) -> None:
    """The same number would bring it again, and is charged again."""
    session = factories.session(
        factories.case(identities.organisation_of(ORG)), SessionState.COMPLETE, results={}
    )
    factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, data=data, about_us=about_us)
    assert ordered_lately.ordered_lately(ORG) == Earlier(session.case, Outcome.NOT_USABLE)
    with pytest.raises(ordered_lately.OrderedLately):
        open_case(NewCase(ORG), None)


UNDER_WAY = {
    SessionState.REQUESTED: Outcome.AWAITED,
    SessionState.CREATING: Outcome.AWAITED,
    SessionState.OPEN: Outcome.AWAITED,
    SessionState.DOUBTFUL: Outcome.NOT_CONFIRMED,
    SessionState.UNKNOWN: Outcome.NOT_CONFIRMED,
    SessionState.QUARANTINED: Outcome.STOPPED,
    SessionState.FAILED: None,
}


@pytest.mark.parametrize(("state", "outcome"), UNDER_WAY.items())
def test_an_order_that_has_not_ended_counts_like_a_capture(state: str, outcome: Outcome | None) -> None:
    case = factories.case(factories.organisation(ORG.value))
    factories.session(case, state)
    assert ordered_lately.ordered_lately(ORG) == (Earlier(case, outcome) if outcome else None)
    if outcome is None:
        assert open_case(NewCase(ORG), None) != case
        return
    with pytest.raises(ordered_lately.OrderedLately) as refused:
        open_case(NewCase(ORG), None)
    assert case.reference in refused.value.earlier.words


def test_a_duns_number_typed_as_an_organisation_number_is_the_firms_all_the_same() -> None:
    case = captured(ORG)
    as_typed = Identifier("no", "ORG", DUNS.value)
    assert in_which(as_typed) == case
    elsewhere = Identifier("dk", "ORG", "24256790")
    assert in_which(elsewhere) is None


def test_a_capture_by_a_duns_number_whose_result_states_that_number_is_about_it() -> None:
    assert captured(DUNS, about_us=None, organizationNumber="987654325")
    document = payload("no_full")
    document["keyInformation"] |= {"organizationNumber": "987654325", "dunsNumber": "30-123-4567"}
    assert parsed_result.parse_bytes(json.dumps(document).encode()).about(DUNS) is True


def test_a_reason_that_was_not_needed_is_not_kept() -> None:
    case = open_case(NewCase(ORG, again_reason="Just so"), None)
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_CREATED).get()
    assert json.loads(event.detail.body)["again_reason"] == ""


def test_reread_learns_what_captures_of_before_taught() -> None:
    case = captured(DUNS)
    OrganisationIdentity.objects.all().delete()
    searching.refresh([case])
    assert [done.columns for done in rederive.reread()] == [("identities", "search")]
    assert [done.columns for done in rederive.reread()] == [()]
    assert about(ORG) == [case]

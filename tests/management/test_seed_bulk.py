"""Copies are as if they had come about, but for their files: chains hold, rows are as told, searches find them."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest
from django.db.models import Model
from django.test import Client
from django_q.models import OrmQ
from pytest_django import Settings

from cases.findings.names.collation import sort_key
from cases.management.sandbox_organisations import SandboxOrganisations
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactState,
    AuditChain,
    AuditDetail,
    AuditEvent,
    Case,
    CaseSearch,
    Delivery,
    Hit,
    Organisation,
    OrganisationIdentity,
    PendingSignatureCheck,
    Screening,
    SessionState,
)
from cases.models.capture.session import ACTIVE
from cases.provider.numbers.identifiers import Identifier, check_lei, parse
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.demo_data import bulk
from cases.workflows.demo_data.bulk import crew, names, numbers, openings, pattern_rows, writing
from cases.workflows.demo_data.outcomes import OUTCOMES
from cases.workflows.results import searching
from cases.workflows.verification import reconciling
from tests import chains, factories
from tests.management.commands import run

NOW = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
MANY, BATCH, FEW = 200, 80, 60
SEED = 4  # some of whose few patterns have hits
ORGANISATIONS = SandboxOrganisations()


@pytest.fixture(autouse=True)
def few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "FURTHER", ("analyst",) * 4 + ("lead",))


def made(number: int, together: int = BATCH) -> Iterator[bulk.Counts]:
    """With as few patterns as show every outcome."""
    return bulk.cases(number, SEED, ORGANISATIONS, NOW, variety=0.05, together=together)


# --- All that there is, made once ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_copies_are_as_if_they_had_come_about() -> None:
    """One test, because making the patterns takes longest: each part names what it holds."""
    counts: Counter[type[Model]] = sum(made(MANY), Counter())
    of_portal = {AuditChain: 1, AuditEvent: 12, AuditDetail: 12}  # which tells of the people
    assert {model: model._default_manager.count() - of_portal.get(model, 0) for model in counts} == counts
    chains_and_rows_hold()
    every_state_occurs()
    nothing_is_left_to_go_on_with()
    numbers_are_valid_and_each_is_another()
    searches_are_as_if_derived()
    times_run_forwards()
    lists_and_search_find_them()


def chains_and_rows_hold() -> None:
    assert list(chains.breaks()) == [None] * (MANY + 1)
    some = islice(reconciling.reconcile(), FEW)
    assert [problem for case in some for problem in case.problems] == []
    assert list(reconciling.references.problems()) == []
    assert Case.objects.count() == AuditEvent.objects.filter(sequence=1).exclude(chain__case=None).count()


def every_state_occurs() -> None:
    assert set(Case.objects.values_list("state", flat=True)) == {"NEW", "IN_REVIEW", "WITHDRAWN"}
    assert set(AmlSession.objects.values_list("state", flat=True)) == {*SessionState.values} - {*ACTIVE}
    assert set(Artefact.objects.values_list("state", flat=True)) == {*ArtefactState.values}
    assert set(Case.objects.values_list("organisation__country", flat=True)) == {"no", "se", "fi", "dk"}
    assert {Screening.NONE, Screening.NOT_RUN} <= set(Case.objects.values_list("screening", flat=True))
    assert Hit.objects.exists()
    assert Delivery.objects.exists()
    assert 0 < Case.objects.unassigned().count() < MANY / 10
    assert Case.objects.values("assignee").distinct().count() == 6 + 1


def nothing_is_left_to_go_on_with() -> None:
    assert not AmlSession.objects.active().exists()
    assert not PendingSignatureCheck.objects.exists()
    assert not OrmQ.objects.exists()


def numbers_are_valid_and_each_is_another() -> None:
    assert Organisation.objects.count() == MANY
    for organisation in Organisation.objects.all():
        identifier = organisation.identifier
        assert parse(organisation.country, organisation.kind, organisation.value) == (identifier, [])
        assert organisation.sort_key == (sort_key(organisation.name) or None)
    identities = OrganisationIdentity.objects.exclude(kind="NAME")
    assert identities.count() == identities.values("kind", "country", "value").distinct().count()
    named = Organisation.objects.exclude(name="").values_list("name", flat=True)
    assert len({*named}) > 0.95 * len(named)


def searches_are_as_if_derived() -> None:
    for row in CaseSearch.objects.select_related("case__organisation"):
        derived = searching.rows({row.case: row.stated})[0]
        assert (row.stated, row.words) == (derived.stated, derived.words)
        assert sorted(row.known_as) == sorted(derived.known_as)


def times_run_forwards() -> None:
    assert Case.objects.order_by("opened_at").first() == Case.objects.order_by("reference").first()
    assert Case.objects.order_by("-opened_at")[0].opened_at > NOW - datetime.timedelta(days=10)
    for case in Case.objects.all():
        times = list(case.audit_chain.events.order_by("sequence").values_list("at", flat=True))
        assert case.opened_at == times[0]
        assert times == sorted(times)
        assert max(times[-1], case.updated_at) <= NOW


def lists_and_search_find_them() -> None:
    client = Client()
    client.force_login(factories.lead())
    assert client.get("/cases/").status_code == 200
    assert client.get("/").status_code == 200
    case = Case.objects.exclude(organisation__name="").order_by("-pk")[0]
    for text in (case.reference, case.organisation.number, case.organisation.name):
        found = client.get(client.post("/cases/", {"q": text}).url)
        assert case.reference in found.content.decode()
    captured = Case.objects.exclude(result_at=None).order_by("pk")[0]
    for tab in ("", "timeline/"):
        assert client.get(f"/cases/{captured.reference}/{tab}").status_code == 200


# --- Broken off ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_whole_batches_are_left_when_it_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "OUTCOMES", OUTCOMES[:2])
    database = type(writing.database())
    write = database.write

    def breaks_in_the_second_batch(self: writing.Database, model: type[Model], rows: list[object]) -> None:
        if model is AuditEvent and Case.objects.count() > 10:
            raise KeyboardInterrupt
        write(self, model, rows)

    monkeypatch.setattr(database, "write", breaks_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        sum(made(30, together=10), Counter())
    assert Case.objects.count() == CaseSearch.objects.count() == 10
    assert list(chains.breaks()) == [None] * 11
    monkeypatch.setattr(database, "write", write)
    assert sum(made(30, together=10), Counter())[Case] == 20
    assert list(reconciling.references.problems()) == []


@pytest.mark.django_db
def test_more_can_be_made_and_opened_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "OUTCOMES", OUTCOMES[:2])
    assert sum(made(10), Counter())[Case] == 10
    own = open_case(NewCase(Identifier("no", "ORG", "317835337")), factories.kari())
    assert sum(made(10), Counter()) == Counter()
    assert sum(made(15), Counter())[Case] == 5
    other = open_case(NewCase(Identifier("no", "ORG", "974760673")), factories.kari())
    assert Case.objects.filter(pk__in=[own.pk, other.pk]).count() == 2
    assert list(chains.breaks()) == [None] * (15 + 2 + 1)
    assert list(reconciling.references.problems()) == []


# --- The command ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_command_says_what_was_made_and_what_was_not(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = [bulk.Counts({Case: 40, AuditEvent: 560}), bulk.Counts({Case: 20, AuditEvent: 280})]
    monkeypatch.setattr(bulk, "cases", lambda *_: iter(batches))
    outcome = run("seed", "--bulk", "--cases", "70")
    assert outcome.status == 0
    assert "cannot be opened" in outcome.out
    assert "840 cases_auditevent" in outcome.out
    assert "60 cases added, 10 were there already" in outcome.out
    assert "40 of 70 cases" in outcome.err


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_command_says_how_far_it_came_when_it_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(*_: object) -> Iterator[bulk.Counts]:
        yield bulk.Counts({Case: 40})
        raise KeyboardInterrupt

    monkeypatch.setattr(bulk, "cases", broken_off)
    outcome = run("seed", "--bulk", "--cases", "70")
    assert outcome.status == 1
    assert "40 cases were added" in outcome.err


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("words", [["--bulk"], ["--bulk", "--people"], ["--bulk", "--cases", "2000001"]])
def test_bad_input_adds_nothing(words: list[str]) -> None:
    assert run("seed", *words).status == 1
    assert not Case.objects.exists()


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_portal_that_people_work_with_is_not_filled_by_mistake(settings: Settings) -> None:
    settings.AML_ISSUER = "https://provider.example/auth"
    outcome = run("seed", "--bulk", "--cases", "2")
    assert outcome.status == 1
    assert "--anyway" in outcome.err
    assert not Case.objects.exists()


# --- Parts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["no", "se", "fi", "dk"])
def test_every_key_has_a_number_of_its_own(country: str) -> None:
    keys = (*range(1, 2000), *range(numbers.MOST_KEYS - 2000, numbers.MOST_KEYS + 1))
    values = [numbers.number("ORG", country, key) for key in keys]
    assert len({*values}) == len(values)
    for value in values:
        identifier, warnings = parse(country, "ORG", value)
        assert (identifier.value, warnings) == (value, [])


def test_numbers_of_the_world_are_valid_and_end() -> None:
    assert all(check_lei(numbers.number("LEI", "", key)) == "valid" for key in range(1, 500))
    assert parse("no", "DUNS", numbers.number("DUNS", "no", 42))[0].value == "500000042"
    with pytest.raises(numbers.NoNumbersLeft):
        numbers.number("ORG", "no", numbers.MOST_KEYS + 1)


@pytest.mark.parametrize(
    "text",
    [
        *("NO 320 000 024", "SE 322000-0248", "FI 3200024-5", "DK 32000245", "NO DUNS 50-000-0042"),
        *("320000024", "322000-0248", "3220000248", "3200024-5", "32000245", "500000042", "50-000-0042"),
    ],
)
def test_the_quick_words_of_numbers_are_those_of_the_search(text: str) -> None:
    assert names.words_of_number(text) == names.words(text)


@pytest.mark.parametrize("text", ["C-2026-000001", "C-2026-123456", "C-2023-1000020"])
def test_the_quick_words_of_references_are_those_of_the_search(text: str) -> None:
    assert names.words_of_reference(text) == names.words(text)


def test_cases_are_opened_one_after_the_other_on_working_days_more_and_more_of_them() -> None:
    of_thousand = openings.Openings(1000, NOW)
    times = [of_thousand.at(place) for place in range(1000)]
    assert times == sorted(times)
    assert all(at.weekday() < 5 and 6 <= at.hour < 16 and at < NOW for at in times)
    middle = NOW - datetime.timedelta(days=openings.DAYS / 2)
    assert sum(at > middle for at in times) > 600


def test_a_copy_is_known_again_by_its_submission() -> None:
    assert bulk.submission(1, 2) == bulk.submission(1, 2) != bulk.submission(2, 1)
    assert isinstance(bulk.submission(1, 2), uuid.UUID)


@pytest.mark.django_db
def test_every_table_that_belongs_to_cases_is_copied_or_known_not_to_be() -> None:
    """A table that a migration adds must be thought of here."""
    not_copied = {
        "CaseReport",
        "Note",
        "UnreadableAnswer",
        "PendingSignatureCheck",
        "Judgement",
        "Attachment",
        "Decision",
        "Recusal",
        "RiskAnswers",
        "OwnerConclusion",
        "PartySearch",
        "RequirementSetChoice",
        "RequirementStatement",
        "RiskOverride",
        "SuspicionNote",
    }
    of_cases, found = {Case}, {Case}
    while found:
        found = {
            relation.related_model
            for model in found
            for relation in model._meta.related_objects
            if not relation.many_to_many and relation.related_model not in of_cases
        }
        of_cases |= found
    assert {model.__name__ for model in of_cases - {*pattern_rows.OF_CASE}} == not_copied

"""What belongs to no case has a chain of its own: the same form, the same triggers, the same walk."""

import hashlib
import json
from collections import Counter

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from amlportal.chaos.plan import Plan
from cases.management.under_load import accounted
from cases.models import AuditChain, AuditEvent, Verb
from cases.workflows.audit import chain_walk, trail
from cases.workflows.audit.chain_walk import OF_PORTAL, Break, Walked
from cases.workflows.audit.erasing import erase
from tests import factories
from tests.management.commands import run
from tests.workflows.forgery import event, execute, forge, long_case, without_triggers

pytestmark = pytest.mark.django_db


@transaction.atomic
def searches(number: int) -> None:
    for words in map(str, range(number)):
        detail = {"words": words}
        trail.record(None, Verb.SEARCHED, actor=factories.kari(), subject="cases", detail=detail)


def of_portal() -> AuditChain:
    return AuditChain.objects.get(case=None)


def broken() -> list[Break]:
    return [place for walked in chain_walk.walk() if walked.reference == OF_PORTAL for place in walked.breaks]


def test_it_is_there_and_empty_on_a_database_just_made() -> None:
    assert (of_portal().length, of_portal().head) == (0, "")
    assert list(chain_walk.walk()) == []


def test_it_grows_beside_those_of_cases_and_is_walked_with_them() -> None:
    case = long_case(3)
    searches(2)
    assert list(chain_walk.walk()) == [Walked(case.reference, 3, 0, ()), Walked(OF_PORTAL, 2, 0, ())]
    assert list(chain_walk.walk(case.reference)) == [Walked(case.reference, 3, 0, ())]
    assert AuditEvent.objects.of_portal().count() == 2
    assert AuditEvent.objects.of_case(case).count() == 3


def test_its_canonical_form_has_null_for_the_case() -> None:
    searches(1)
    row = AuditEvent.objects.of_portal().values().get()
    at = row["at"].strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    form = {"actor": row["actor_id"], "at": at, "case": None, "detail": row["detail_hash"], "previous": ""}
    form |= {"rests_on": "", "sequence": 1, "subject": "cases", "verb": "SEARCHED"}
    text = json.dumps(form, sort_keys=True, separators=(",", ":"))
    assert '"case":null' in text
    assert row["hash"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE cases_auditevent SET subject = 'else' WHERE id = %s", (2, "was altered")),
        ("UPDATE cases_auditdetail SET body = 'else' WHERE event_id = %s", (2, "has an altered detail")),
        ("DELETE FROM cases_auditdetail WHERE event_id = %s", (2, "has lost its detail")),
        (
            "UPDATE cases_auditchain SET length = 4 WHERE case_id IS NULL AND %s > 0",
            (4, "is missing; the head of the chain counts 4 events"),
        ),
        (
            "UPDATE cases_auditchain SET length = 0, head = '' WHERE case_id IS NULL AND %s > 0",
            (3, "was added without the head of the chain, which counts 0 events"),
        ),
    ],
)
def test_what_was_altered_is_named(statement: str, problem: tuple[int, str]) -> None:
    searches(3)
    forge(statement, event(None, 2).pk)
    assert [(place.sequence, place.problem) for place in broken()] == [problem]


def test_that_all_of_it_was_removed_is_named() -> None:
    searches(2)
    forge("DELETE FROM cases_auditdetail")
    forge("DELETE FROM cases_auditevent")
    assert broken() == [Break(OF_PORTAL, 1, None, "the portal has no events")]
    forge("DELETE FROM cases_auditchain")
    assert broken() == [Break(OF_PORTAL, 1, None, "the portal has no chain")]
    outcome = run("verify_audit")
    assert outcome.status == 1
    assert "portal: the portal has no chain" in outcome.out


def test_without_its_row_nothing_can_be_recorded() -> None:
    """A chain begun anew by whoever comes next would hide that the old one is gone."""
    forge("DELETE FROM cases_auditchain WHERE case_id IS NULL")
    with pytest.raises(AuditChain.DoesNotExist):
        searches(1)
    with without_triggers():
        AuditChain.objects.create(case=None)


def test_there_is_one_and_no_other() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditChain.objects.create(case=None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_auditchain SET case_id = %s, length = length + 1 WHERE case_id IS NULL",
        "UPDATE cases_auditchain SET case_id = NULL, length = length + 1 WHERE case_id = %s",
    ],
)
def test_a_chain_never_changes_hands(statement: str) -> None:
    case = factories.case()
    if "SET case_id = NULL" in statement:
        forge("DELETE FROM cases_auditchain WHERE case_id IS NULL")
    else:
        forge("DELETE FROM cases_auditdetail")
        forge("DELETE FROM cases_auditevent")
        forge("DELETE FROM cases_auditchain WHERE case_id = %s", case.pk)
    with pytest.raises(DatabaseError, match="only grow"), transaction.atomic():
        execute(statement, case.pk)


def test_verify_audit_says_that_it_walked_it() -> None:
    long_case(2)
    searches(3)
    outcome = run("verify_audit")
    assert "1 cases and the portal, 5 events, 0 details erased: every chain holds.\n" in outcome.out


def test_a_detail_can_be_erased() -> None:
    searches(2)
    erase(None, 1, "Asked for by a person", factories.kari())
    assert list(chain_walk.walk()) == [Walked(OF_PORTAL, 3, 1, ())]


def test_a_run_under_load_counts_it_beside_the_chains_of_cases() -> None:
    case = long_case(2)
    searches(2)
    broken_by = {None: (1, True), event(None, 1).pk: (1, False), event(case, 1).pk: (0, False)}
    for pk, (held, is_portal_chain_held) in broken_by.items():
        if pk is not None:
            forge("UPDATE cases_auditevent SET subject = 'else' WHERE id = %s", pk)
        account = accounted(Plan((), ()), Counter())
        found = (account.chains, account.chains_held, account.is_portal_chain_held)
        assert found == (1, held, is_portal_chain_held), pk
    assert "0 of 1 hold; the portal's own does not" in "\n".join(account.lines())

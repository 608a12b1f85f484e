"""Events that are written together are as if each had been written by itself."""

import datetime
import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import AuditEvent, Case, Verb
from cases.models.audit.subject import CASE, EventSubject
from cases.workflows.audit import trail
from tests import chains, factories

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 23, 7, 20, 19, tzinfo=datetime.UTC)

events = st.lists(
    st.fixed_dictionaries(
        {
            "verb": st.sampled_from([Verb.COMMENTED, Verb.SESSION_ENDED, Verb.ARTEFACT_CAPTURED]),
            "subject": st.sampled_from([CASE, EventSubject.session(1), EventSubject.result(2, "json")]),
            "was": st.sampled_from(["", "OPEN"]),
            "rests_on": st.sampled_from(["", "ab" * 32]),
            "detail": st.dictionaries(
                st.sampled_from(["text", "size"]), st.text(max_size=9) | st.integers(0, 9)
            ),
        }
    ),
    max_size=6,
)


def chained(
    case: Case, found: Sequence[dict[str, Any]], way: Callable[[], AbstractContextManager[None]]
) -> tuple[object, ...]:
    """The chain as it is when these were recorded in such a block; nothing of it stays."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        turn = count()
        patch.setattr(timezone, "now", lambda: AT + datetime.timedelta(seconds=next(turn)))
        patch.setattr(secrets, "token_hex", lambda length: f"{next(turn):x}".zfill(2 * length))
        with way():
            for event in found:
                trail.record(case, **event)
        columns = ("sequence", "at", "hash", "previous_hash", "detail_hash", "detail__salt", "detail__body")
        rows = [*AuditEvent.objects.of_case(case).order_by("sequence").values_list(*columns)]
        case.refresh_from_db()
        chain = (case.audit_chain.length, case.audit_chain.head)
        transaction.set_rollback(True)
    return rows, chain


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=events)
def test_they_have_the_same_hashes_as_one_by_one(found: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        case = factories.case()
        alone = chained(case, found, nullcontext)
        assert chained(case, found, lambda: trail.together(case)) == alone
        transaction.set_rollback(True)


def test_however_many_they_are_they_cost_what_one_does() -> None:
    case = factories.case()
    costs = []
    for many in (1, 7):
        with CaptureQueriesContext(connection) as asked, transaction.atomic(), trail.together(case):
            for number in range(many):
                trail.record(case, Verb.COMMENTED, subject=CASE, detail={"text": str(number)})
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).count() == 8
    assert [*chains.breaks()].count(None) == len([*chains.breaks()])


def test_what_is_told_of_another_case_meanwhile_is_written_there() -> None:
    case, other = factories.case(), factories.case()
    with transaction.atomic(), trail.together(case):
        trail.record(case, Verb.COMMENTED, subject=CASE)
        trail.record(other, Verb.COMMENTED, subject=CASE)
        assert AuditEvent.objects.of_case(other).with_verbs(Verb.COMMENTED).exists()
        assert not AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).exists()
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).exists()


def test_nothing_is_told_of_what_broke_off() -> None:
    case = factories.case()

    def broken_off() -> None:
        with transaction.atomic(), trail.together(case):
            trail.record(case, Verb.COMMENTED, subject=CASE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    trail.record(case, Verb.CASE_CHANGED, subject=CASE)
    assert not AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).exists()
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_CHANGED).exists()

"""Whatever is worked on by lease is claimed, held, fenced and freed in one way."""

import datetime
from collections.abc import Callable

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from amlportal import process_identity
from cases.assessment.policy.defaults import default
from cases.models import (
    AmlSession,
    ArtefactKind,
    ArtefactState,
    CaseReport,
    DispatcherTurn,
    PendingSignatureCheck,
    PolicyImpact,
    PolicyKind,
    ReportState,
)
from cases.models.lease import Leased
from cases.workflows.locks import leases
from cases.workflows.policy import versions
from tests import factories

pytestmark = pytest.mark.django_db


def pending_signature_check() -> PendingSignatureCheck:
    pdf = factories.artefact(factories.session(results={}), ArtefactKind.AML, ArtefactState.CAPTURED)
    return pdf.pending_signature_check


def impact_of_a_draft() -> PolicyImpact:
    versions.draft(PolicyKind.RISK_MODEL, default(PolicyKind.RISK_MODEL), "Why", factories.lead())
    return PolicyImpact.objects.get()


# One of each kind on which there is work to do. A new kind needs a line here, and no code of its own for its leases.
WAITING: dict[type[Leased], Callable[[], Leased]] = {
    AmlSession: factories.session,
    CaseReport: lambda: factories.report(state=ReportState.ORDERED),
    PendingSignatureCheck: pending_signature_check,
    PolicyImpact: impact_of_a_draft,
    DispatcherTurn: lambda: DispatcherTurn.objects.create(pk=DispatcherTurn.ONLY),
}


@pytest.fixture(params=WAITING, ids=lambda kind: kind.__name__)
def row(request: pytest.FixtureRequest) -> Leased:
    return WAITING[request.param]()


def claimed(row: Leased) -> leases.Lease:
    lease = leases.claim(type(row), row.pk)
    assert lease is not None
    return lease


def is_due(row: Leased) -> bool:
    return type(row).rows().due(timezone.now()).filter(pk=row.pk).exists()


def test_every_kind_is_tried_here() -> None:
    assert {model for model in apps.get_models() if issubclass(model, Leased)} == set(WAITING)


def test_of_two_who_claim_one_gets_it_and_the_claim_is_counted(row: Leased) -> None:
    lease = claimed(row)
    assert leases.claim(type(row), row.pk) is None
    row.refresh_from_db()
    assert (row.lease, row.claims, row.lease_owner) == (lease.token, 1, process_identity.this_process())
    assert not is_due(row)


@pytest.mark.parametrize("too_late", [False, True])
def test_a_lease_that_ran_out_or_ends_later_than_any_counts_for_nothing(row: Leased, too_late: bool) -> None:
    lease = claimed(row)
    ends_in = type(row).rows().longest_lease() if too_late else datetime.timedelta()
    end = timezone.now() + ends_in + datetime.timedelta(seconds=60 if too_late else -1)
    type(row).rows().filter(pk=row.pk).update(lease_until=end)
    assert is_due(row)
    assert claimed(row).token != lease.token
    row.refresh_from_db()
    assert row.claims == 2
    with pytest.raises(leases.LeaseLost):
        lease.require(row)
    with pytest.raises(leases.LeaseLost):
        lease.renew()


def test_a_machine_whose_clock_is_behind_takes_nothing_that_another_holds() -> None:
    """A report is leased for all of LEASE_SECONDS at once; seen from six seconds ago it ends later than that."""
    report = WAITING[CaseReport]()
    assert leases.claim(CaseReport, report.pk, settings.LEASE_SECONDS)
    behind = timezone.now() - datetime.timedelta(seconds=6)
    assert not CaseReport.objects.due(behind).exists()


def test_who_holds_it_may_hold_it_longer_and_write(row: Leased) -> None:
    lease = claimed(row)
    row.refresh_from_db()
    until = row.lease_until
    lease.renew(settings.LEASE_SECONDS)
    row.refresh_from_db()
    assert until is not None
    assert row.lease_until is not None
    assert row.lease_until > until
    lease.require(row)


def test_what_a_dead_process_held_is_free_at_once_and_its_claim_stays_counted(
    row: Leased, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(row)
    assert leases.free_what_the_dead_hold() == 0
    monkeypatch.setattr(process_identity, "is_dead", lambda _owner: True)
    assert leases.free_what_the_dead_hold() == 1
    row.refresh_from_db()
    assert (row.lease, row.lease_until, row.lease_owner, row.claims) == ("", None, "", 1)
    assert is_due(row)

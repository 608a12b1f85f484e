"""What a case keeps for lists is what its page says, whichever capture is read and whatever became of its results."""

import datetime
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from cases.findings.verdicts.signs import kept
from cases.models import AmlSession, ArtefactState, Case, SessionState, Verdict
from cases.presentation.capture_reading import CaptureReading
from cases.workflows.capture import end
from cases.workflows.ordering import session_requests
from cases.workflows.results import rederive
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import to_read
from tests import factories

pytestmark = pytest.mark.django_db

OF_REPORTS = {"reports": ["aml"], "expands": ["links.reports.aml"]}
OF_CERTIFICATE = {
    "reports": ["certificate_of_registration"],
    "expands": ["links.reports.certificate_of_incorporation"],
}
LONG_AGO = datetime.timedelta(days=150)


def its_sessions(case: Case) -> list[AmlSession]:
    return list(case.sessions.order_by("-number").prefetch_related("artefacts__signature_checks"))


def read_of(case: Case) -> CaptureReading:
    of_case = its_sessions(case)
    return read_session(to_read(of_case), of_case)


def on_the_page(case: Case) -> dict[str, object]:
    read = read_of(case)
    found = read.summary(case.organisation.number, timezone.localdate(), its_sessions(case))
    return kept(found.verdicts, read.result.screening)


def cautions_of(case: Case) -> set[str]:
    found = read_of(case).summary(case.organisation.number, timezone.localdate(), its_sessions(case))
    return {caution.code for caution in found.cautions}


def says_not_whom() -> Case:
    session = factories.session(results={"aml": "CAPTURED", "certificate_of_registration": "CAPTURED"})
    factories.artefact(session, state=ArtefactState.CAPTURED, about_us=None)
    return session.case


def refused() -> Case:
    failed = {"json": "FAILED", "aml": "FAILED", "certificate_of_registration": "FAILED"}
    return factories.session(state=SessionState.FAILED, results=failed, reason="not_found").case


def captured_long_ago() -> Case:
    session = factories.session(results={"json": "CAPTURED", "aml": "CAPTURED"})
    old = factories.artefact(
        session,
        "certificate_of_registration",
        ArtefactState.CAPTURED,
        captured_at=timezone.now() - LONG_AGO,
    )
    factories.signature_check(old)
    return session.case


def with_a_new_certificate() -> Case:
    case = captured_long_ago()
    factories.session(
        case,
        SessionState.COMPLETE,
        {"json": "CAPTURED", "certificate_of_registration": "CAPTURED"},
        **OF_CERTIFICATE,
    )
    return case


def with_an_altered_report(first: str = Verdict.VERIFIED, second: str = Verdict.ALTERED) -> Case:
    """The first capture brought a report, and a capture of reports alone another."""
    case = factories.session(state=SessionState.COMPLETE, checked=False).case
    factories.session(
        case, SessionState.COMPLETE, {"json": "CAPTURED", "aml": "CAPTURED"}, checked=False, **OF_REPORTS
    )
    for number, verdict in enumerate((first, second), 1):
        factories.signature_check(case.sessions.get(number=number).artefacts.get(kind="aml"), verdict)
    return case


def with_a_report_beside_another_organisation() -> Case:
    case = factories.session(results={"json": "CAPTURED", "aml": "FAILED"}, state=SessionState.PARTIAL).case
    second = factories.session(case, SessionState.COMPLETE, {"aml": "CAPTURED"}, **OF_REPORTS)
    factories.artefact(second, state=ArtefactState.CAPTURED, about_us=False)
    return case


def looked_for_again() -> Case:
    session = factories.session(state=SessionState.FAILED, provider_id="session-lost")
    session_requests.poll_again(session.pk, factories.kari())
    return session.case


def looked_for_again_in_vain_beside_a_newer_one() -> Case:
    first = factories.session(state=SessionState.FAILED, provider_id="session-lost")
    factories.session(first.case)
    again = session_requests.poll_again(first.pk, factories.kari())
    with transaction.atomic():
        for artefact in again.artefacts.all():
            end.fail(again, artefact, "provider_failed")
    return first.case


def of_reports_alone_overtaken() -> Case:
    """Neither asked for owners; the one that was asked for first comes last."""
    case = factories.case()
    first = factories.session(case, SessionState.COMPLETE, {"aml": "CAPTURED"}, **OF_REPORTS)
    factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED", "aml": "CAPTURED"}, **OF_REPORTS)
    factories.artefact(first, state=ArtefactState.CAPTURED, about_us=False)
    return case


def with_an_unreadable_newest_result() -> Case:
    case = factories.session(state=SessionState.COMPLETE).case
    factories.artefact(
        factories.session(case, results={}), state=ArtefactState.CAPTURED, data=b"no result at all"
    )
    return case


def ordered_again_after_a_result_about_another() -> Case:
    """The one before that must not come back meanwhile."""
    case = factories.session(state=SessionState.COMPLETE).case
    second = factories.session(case, SessionState.COMPLETE, {"aml": "CAPTURED"})
    factories.artefact(second, state=ArtefactState.CAPTURED, about_us=False)
    session_requests.request(case, session_requests.ResultRequest(), factories.kari())
    return case


SOME = {
    "says not whom": (says_not_whom, {"identity": "points_to_check"}, "USABLE"),
    "old": (captured_long_ago, {"documents": "points_to_check"}, "USABLE"),
    "a new certificate": (with_a_new_certificate, {"documents": "in_order"}, "USABLE"),
    "an altered report beside": (with_an_altered_report, {"documents": "alarm"}, "ALTERED"),
    "a good report beside an altered one": (
        lambda: with_an_altered_report(Verdict.ALTERED, Verdict.VERIFIED),
        {"documents": "alarm"},
        "ALTERED",
    ),
    "a newer report that cannot be judged": (
        lambda: with_an_altered_report(Verdict.VERIFIED, Verdict.CANNOT_TELL),
        {"documents": "points_to_check"},
        "USABLE",
    ),
    "a report beside another organisation": (
        with_a_report_beside_another_organisation,
        {"documents": "alarm"},
        "ABOUT_ANOTHER",
    ),
    "looked for again": (looked_for_again, {"sanctions": "not_done", "documents": "not_done"}, "USABLE"),
    "looked for again in vain": (
        looked_for_again_in_vain_beside_a_newer_one,
        {"sanctions": "not_done", "documents": "not_done"},
        "USABLE",
    ),
    "ordered again": (
        ordered_again_after_a_result_about_another,
        {"identity": "not_done", "sanctions": "not_done", "documents": "not_done"},
        "USABLE",
    ),
    "refused": (refused, {"identity": "not_done", "sanctions": "not_done", "pep": "not_done"}, "USABLE"),
    "not readable": (
        with_an_unreadable_newest_result,
        {"identity": "not_done", "documents": "not_done"},
        "UNREADABLE",
    ),
    "reports alone, overtaken": (of_reports_alone_overtaken, {}, "USABLE"),
}


@pytest.mark.parametrize(("made", "expected", "evidence"), SOME.values(), ids=SOME)
def test_lists_keep_what_the_page_says_and_deriving_it_anew_changes_nothing(
    made: Callable[[], Case], expected: dict[str, str], evidence: str
) -> None:
    case = made()
    case.refresh_from_db()
    assert case.verdicts == on_the_page(case)
    alarms = {topic for topic, state in case.verdicts.items() if state == "alarm"}
    assert alarms <= set(case.verdicts.get("reasons", {}))
    assert case.verdicts.items() >= expected.items()
    assert case.evidence == evidence
    (again,) = rederive.reread(case.reference)
    assert not {*again.columns} - {"unplaced"}


@pytest.mark.parametrize("made", [looked_for_again, looked_for_again_in_vain_beside_a_newer_one])
def test_a_look_that_is_under_way_is_no_failed_screening(made: Callable[[], Case]) -> None:
    case = made()
    case.refresh_from_db()
    assert case.screening == "NOT_RUN"


def test_under_a_number_that_was_refused_nobody_was_screened_and_nothing_was_lost() -> None:
    case = refused()
    assert case.screening == "NOT_RUN"
    assert {"screening_not_possible"} == cautions_of(case) & {
        "screening_not_possible",
        "screening_not_delivered",
    }


@pytest.mark.parametrize(
    ("verdict", "code"), [("CANNOT_TELL", "not_a_pdf"), ("UNSIGNED", "not_a_pdf"), ("ALTERED", "altered")]
)
def test_a_document_that_cannot_be_read_is_said_to_be_that_unless_it_was_altered(
    verdict: str, code: str
) -> None:
    session = factories.session(results={"json": "CAPTURED"})
    damaged = factories.artefact(session, "aml", ArtefactState.CAPTURED, unreadable="invalid_pdf")
    factories.signature_check(damaged, verdict)
    of_signatures = {caution for caution in cautions_of(session.case) if caution.startswith("document_")}
    assert of_signatures == {f"document_{code}"}


def test_a_new_certificate_makes_the_old_one_no_point_to_check_any_more() -> None:
    assert "certificate_old" in cautions_of(captured_long_ago())
    case = with_a_new_certificate()
    read = to_read(its_sessions(case))
    assert read is not None
    assert read.number == 2
    assert "certificate_old" not in cautions_of(case)
    case.refresh_from_db()
    assert case.certificate_from == timezone.localdate()

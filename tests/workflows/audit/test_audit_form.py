"""The form of an event, and what of it is chained: so that anybody can check it who has docs/audit.md."""

import datetime
import hashlib
import json

import pytest

from cases.models import AuditChain, AuditDetail, AuditEvent, Case, Verb
from cases.workflows.audit import trail
from cases.workflows.audit.chain import Link
from tests import chains, factories
from tests.workflows.forgery import long_case

pytestmark = pytest.mark.django_db


def test_the_canonical_form_is_the_one_in_the_docs() -> None:
    """Computed here by hand, as somebody would who has only docs/audit.md."""
    link = Link(7, 2, "2026-11-23T07:20:19.000000+00:00", "CASE_VIEWED", 3, "case", "", "dd", "pp")
    text = (
        '{"actor":3,"at":"2026-11-23T07:20:19.000000+00:00","case":7,"detail":"dd","previous":"pp",'
        '"rests_on":"","sequence":2,"subject":"case","verb":"CASE_VIEWED"}'
    )
    assert link.hash() == hashlib.sha256(text.encode("ascii")).hexdigest()


def test_a_third_party_comes_to_the_same_hashes_from_the_rows() -> None:
    factories.session(factories.case(opened_by=factories.person("k", first_name="Åse")))
    long_case(3)
    for case in Case.objects.all():
        previous = ""
        for row in AuditEvent.objects.filter(chain__case=case).order_by("sequence").values():
            detail = AuditDetail.objects.get(event_id=row["id"])
            assert (
                row["detail_hash"] == hashlib.sha256((detail.salt + detail.body).encode("ascii")).hexdigest()
            )
            form = {
                "actor": row["actor_id"],
                "at": row["at"].astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
                "case": case.pk,
                "detail": row["detail_hash"],
                "previous": previous,
                "rests_on": row["rests_on"],
                "sequence": row["sequence"],
                "subject": row["subject"],
                "verb": row["verb"],
            }
            text = json.dumps(form, sort_keys=True, separators=(",", ":"))
            previous = hashlib.sha256(text.encode("ascii")).hexdigest()
            assert row["hash"] == previous
        assert AuditChain.objects.get(case=case).head == previous


def test_what_is_recorded_can_be_read_again() -> None:
    case = factories.case()
    event = trail.record(
        case,
        Verb.CASE_TAKEN,
        actor=factories.kari(),
        subject="case",
        was="NEW",
        now="IN_REVIEW",
        detail={"note": "Ødegård \u2028\x00", "size": 3, "kinds": ["json"]},
    )
    assert json.loads(event.detail.body) == {
        "actor": "Kari Nordmann",
        "was": "NEW",
        "now": "IN_REVIEW",
        "note": "Ødegård \u2028\x00",
        "size": 3,
        "kinds": ["json"],
    }
    assert list(chains.breaks()) == [None]


def test_the_chained_part_holds_no_name_of_a_person() -> None:
    case = factories.case(opened_by=factories.kari())
    event = trail.record(
        case, Verb.CASE_TAKEN, actor=factories.kari(), subject="case", detail={"who": "Kari Nordmann"}
    )
    row = AuditEvent.objects.filter(pk=event.pk).values().get()
    assert "Nordmann" not in str(row)


def test_the_same_detail_never_hashes_alike() -> None:
    """Without a salt of its own, an erased detail could be found again by trying names."""
    case = factories.case()
    hashes = {trail.record(case, Verb.CASE_VIEWED, subject="case").detail_hash for _ in range(3)}
    assert len(hashes) == 3

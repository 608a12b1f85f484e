"""`policy_impact` says what a document would do to the stored cases, and writes nothing."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from cases.assessment.policy.defaults import default
from cases.models import AuditEvent, Case, PolicyVersion
from tests import factories
from tests.judging import case_with, entry, judged_by_two
from tests.management.commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def impact(folder: Path, document: dict[str, Any]) -> dict[str, Any]:
    file = folder / "draft.json"
    file.write_text(json.dumps(document))
    first, again = (run("policy_impact", str(file), "--json") for _ in range(2))
    assert (first.status, first.out) == (0, again.out), first.err
    return json.loads(first.out)


def snapshot() -> tuple[Any, ...]:
    cases = list(Case.objects.order_by("pk").values())
    return cases, AuditEvent.objects.count(), list(PolicyVersion.objects.values())


def test_the_document_in_force_changes_nothing(tmp_path: Path) -> None:
    factories.session(state="COMPLETE")
    judged_by_two(case_with())
    before = snapshot()
    for kind in ("risk_model", "hit_reasons", "requirement_set"):
        found = impact(tmp_path, default(kind))
        assert (found["kind"], found["cases"], found["changes"]) == (kind, 2, [])
    assert snapshot() == before


def test_a_model_with_other_bands_tells_who_would_change_class(tmp_path: Path) -> None:
    full, other = (
        factories.session(state="COMPLETE").case,
        factories.session(state="COMPLETE", payload="no_clean").case,
    )
    closed = factories.session(state="COMPLETE").case
    Case.objects.filter(pk=closed.pk).update(
        state="WITHDRAWN", withdrawn_at=closed.opened_at, withdrawn_reason="Opened in error"
    )
    draft = copy.deepcopy(default("risk_model"))
    draft["bands"][0]["to"] = 900
    found = impact(tmp_path, draft)
    changed = {change["case"]: (change["was"], change["now"]) for change in found["changes"]}
    assert found["cases"] == 2
    assert set(changed.values()) == {("high", "normal")}
    assert set(changed) <= {full.reference, other.reference}


def test_hit_reasons_that_refuse_more_name_the_judgements_they_would_not_allow(tmp_path: Path) -> None:
    case = case_with(entry())
    judged_by_two(case)
    draft = copy.deepcopy(default("hit_reasons"))
    draft["reasons"][0]["requires"] = {"born": "DIFFERENT", "country": "DIFFERENT"}
    draft["second_person"]["FALSE_POSITIVE"]["match_at_least"] = 100
    found = impact(tmp_path, draft)
    whats = {change["what"] for change in found["changes"]}
    assert "reason_not_allowed" in whats
    assert {change["case"] for change in found["changes"]} == {case.reference}


def test_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("{")
    (tmp_path / "none").write_text('{"format": "hit-reasons/1"}')
    for name, words in (
        ("broken", "is not a JSON object"),
        ("none", "is no policy document that can be used"),
        ("nowhere", "cannot be read"),
    ):
        answer = run("policy_impact", str(tmp_path / name), "--json")
        assert (answer.status, answer.out) == (2, "")
        assert words in answer.err


def test_another_requirement_set_names_the_requirements_that_would_stand_otherwise(tmp_path: Path) -> None:
    case = case_with()
    document = default("requirement_set")
    document["requirements"] = [one for one in document["requirements"] if one["id"] != "R29"]
    document["unexplained_at_most"] = 100
    document["lists"].append("PEP_EDGE")
    found = impact(tmp_path, document)
    assert (found["kind"], found["changed"]) == ("requirement_set", 1)
    assert [
        (change["case"], change["what"], change["was"], change["now"]) for change in found["changes"]
    ] == [
        (case.reference, "R15", "met_by_evidence", "open"),
        (case.reference, "R29", "open", ""),
    ]

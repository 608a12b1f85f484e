"""`risk` prints the class of a case with all that it came from, and keeps nothing."""

import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from cases.models import Artefact, ArtefactState, AuditEvent
from cases.workflows.casework.judging import second
from tests import factories
from tests.assessment.risk.assessing import filled
from tests.judging import case_with, draft, judged, reading_of
from tests.management.commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_class_of_a_case_is_the_same_twice_and_says_what_is_open() -> None:
    case = factories.session(state="COMPLETE").case
    events = AuditEvent.objects.count()
    first, second = (run("risk", "--case", case.reference, "--json") for _ in range(2))
    assert (first.status, first.out) == (0, second.out)
    assessment = json.loads(first.out)
    assert assessment["model"] == {"name": "Nordic business customers - proposed default", "version": 1}
    assert assessment["provisional"] is True
    assert sum(group["points"] for group in assessment["groups"].values()) == assessment["points"]
    states = {factor["id"]: factor["state"] for factor in assessment["factors"]}
    assert {states[question] for question in ("A1", "A2", "A3", "A4", "A5", "A6", "A7")} == {"unanswered"}
    assert (states["C1"], states["S2"]) == ("known", "unanswered")
    assert states["G1"] == "unknown", "the lists of the default are empty"
    assert AuditEvent.objects.count() == events


def test_of_a_case_without_a_result_nothing_is_known() -> None:
    case = factories.session(results={"json": "ASKED"}).case
    assessment = json.loads(run("risk", "--case", case.reference).out)
    assert {factor["state"] for factor in assessment["factors"]} <= {
        "unknown",
        "unanswered",
        "not_applicable",
    }
    assert (assessment["class"], assessment["provisional"]) == ("normal", True)


def test_another_model_is_read_from_its_file(tmp_path: Path) -> None:
    case = factories.session(state="COMPLETE").case
    file = tmp_path / "model.json"
    file.write_text(json.dumps({**filled(), "name": "Ours", "version": 7}))
    assessment = json.loads(run("risk", "--case", case.reference, "--model", str(file)).out)
    assert assessment["model"] == {"name": "Ours", "version": 7}
    assert {factor["id"]: factor["state"] for factor in assessment["factors"]}["G1"] == "known"


def test_what_cannot_be_worked_out_is_said_and_nothing_is_printed(tmp_path: Path) -> None:
    case = factories.session(state="COMPLETE").case
    session = factories.session(state="COMPLETE", results={})
    factories.artefact(session, state=ArtefactState.CAPTURED, about_us=False)
    another = session.case
    gone = factories.session(state="COMPLETE", payload="no_odd").case
    Path(default_storage.path(Artefact.objects.get(session__case=gone, kind="json").file)).unlink()
    files = {
        "broken": "{",
        "list": "[]",
        "none": '{"format": "risk-model/1"}',
        "large": "{" + " " * 2**20 + "}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    cases = [
        (("--case", "C-1999-000001"), "There is no case 'C-1999-000001'."),
        (("--case", another.reference), "The result is about another organisation."),
        (("--case", gone.reference), "The stored file is gone."),
        (("--case", case.reference, "--model", str(tmp_path / "nowhere")), "cannot be read"),
        (("--case", case.reference, "--model", str(tmp_path / "broken")), "is not a JSON object"),
        (("--case", case.reference, "--model", str(tmp_path / "list")), "is not a JSON object"),
        (
            ("--case", case.reference, "--model", str(tmp_path / "none")),
            "is no risk model that can be used:\n",
        ),
        (("--case", case.reference, "--model", str(tmp_path / "large")), "is larger than 1 MiB"),
    ]
    for words, expected in cases:
        outcome = run("risk", *words)
        assert (outcome.status, outcome.out) == (2, ""), words
        assert expected in outcome.err, words


def test_what_people_judged_counts_and_what_waits_does_not() -> None:
    case = case_with()
    waiting = judged(case, how=draft("TRUE_MATCH", "TM01"))
    assessment = json.loads(run("risk", "--case", case.reference).out)
    states = {factor["id"]: factor["state"] for factor in assessment["factors"]}
    assert (states["S2"], assessment["gates"]) == ("unanswered", [])
    second.confirm(reading_of(case), waiting, factories.ola())
    assessment = json.loads(run("risk", "--case", case.reference).out)
    assert (assessment["class"], [gate["id"] for gate in assessment["gates"]]) == ("prohibited", ["X1"])
    states = {factor["id"]: factor["state"] for factor in assessment["factors"]}
    assert states["S2"] == "known"

"""Paths without a place are kept with each captured result, and derived anew like everything else."""

import json

import pytest

from cases.models import Unplaced
from cases.workflows.results.rederive import reread
from tests import factories
from tests.findings.reading import payload

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str]]:
    return [*Unplaced.objects.order_by("kind", "path").values_list("kind", "path")]


def test_a_captured_result_leaves_its_paths_and_no_value() -> None:
    document = payload("no_clean")
    document["keyInformation"] |= {"newField": "Olav Prøvesen", "statusCodes": ["FROM_TOMORROW"]}
    session = factories.session(factories.case(), "COMPLETE", {})
    factories.artefact(session, "json", "CAPTURED", data=json.dumps(document).encode())
    assert kept() == [("field", "keyInformation.newField"), ("word", "keyInformation.statusCodes")]


def test_rereading_keeps_what_was_captured_before_and_drops_what_has_a_place_by_now() -> None:
    document = {**payload("no_clean"), "newField": 1}
    session = factories.session(factories.case(), "COMPLETE", {})
    artefact = factories.artefact(session, "json", "CAPTURED", data=json.dumps(document).encode())
    Unplaced.objects.all().delete()
    Unplaced.objects.create(artefact=artefact, kind="field", path="known.by.now")
    assert ["unplaced" in done.columns for done in reread()] == [True]
    assert kept() == [("field", "newField")]
    assert not any(done.is_changed for done in reread())

"""A case keeps the requirement set it was opened under, until a person moves it to the one in force."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.assessment.policy.defaults import default
from cases.models import Case, PolicyKind, PolicyVersion, RequirementSetChoice
from cases.workflows import heartbeat
from cases.workflows.background import policy_impacts
from cases.workflows.casework.requirements import moving_set, stating
from cases.workflows.policy import versions
from cases.workflows.verification import reconciling
from tests import factories
from tests.judging import case_with
from tests.web.case_page.tabs.test_requirements import FOUND, of_command, signed_in, tab
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


@pytest.fixture
def case() -> Case:
    return case_with()


@pytest.fixture
def newer() -> PolicyVersion:
    """A version of the set, put in force after the case was opened, without R29, and with nothing that may lack."""
    document = default("requirement_set")
    document["requirements"] = [one for one in document["requirements"] if one["id"] != "R29"]
    document["unexplained_at_most"] = 100
    version = versions.draft(PolicyKind.REQUIREMENT_SET, document, "Fewer questions.", factories.lead())
    policy_impacts.do(heartbeat.Beats())
    return versions.activate(version, factories.person("liv", "lead"))


def move(client: Client, case: Case, **fields: str) -> HttpResponse:
    shown = tab(client, case).get_element_by_id("newer-set")
    (form,) = shown.xpath(".//form")
    return client.post(
        reverse("move_requirement_set", args=[case.reference]), {**dict(form.form_values()), **fields}
    )


def test_a_case_keeps_the_set_it_was_opened_under_and_shows_what_the_newer_one_changes(
    kari: Client, case: Case, newer: PolicyVersion
) -> None:
    assert "R29" in of_command(case)
    shown = words(tab(kari, case).get_element_by_id("newer-set"))
    assert "R29 Customer informed about processing: Open → not in the set" in shown
    later = case_with()
    assert "R29" not in of_command(later)


def test_a_case_is_moved_to_the_newest_set_by_a_person(
    kari: Client, case: Case, newer: PolicyVersion
) -> None:
    assert move(kari, case).status_code == FOUND
    assert "R29" not in of_command(case)
    assert not tab(kari, case).xpath("//*[@id='newer-set']")
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "moved the case to another requirement set" in timeline
    assert "from Requirement set 1 · to Requirement set 2" in timeline
    (found,) = reconciling.reconcile(case.reference)
    assert not [problem for problem in found.problems if "move" in problem]


def test_who_saw_other_versions_moves_nothing(kari: Client, case: Case, newer: PolicyVersion) -> None:
    assert move(kari, case, wanted="7").status_code == FOUND
    assert move(kari, case, seen="x").status_code == FOUND
    assert not RequirementSetChoice.objects.exists()


def test_one_move_is_one_row_however_often_it_is_sent(kari: Client, case: Case, newer: PolicyVersion) -> None:
    submission = uuid.uuid4()
    for _ in range(2):
        moving_set.move(case, 1, 2, factories.kari(), submission)
    assert RequirementSetChoice.objects.count() == 1
    with pytest.raises(stating.NotStated):
        moving_set.move(case, 1, 2, factories.auditor(), uuid.uuid4())

"""What the factories make is what they say, so that tests built on them mean something."""

import pytest

from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, ArtefactState, Case, SessionState
from tests import chains, factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", SessionState.values)
def test_a_session_can_be_made_in_every_state(state: str) -> None:
    made = factories.session(state=state)
    assert AmlSession.objects.get().state == state
    assert made.artefacts.count() == 3


@pytest.mark.parametrize("state", ArtefactState.values)
def test_a_result_can_be_made_in_every_state(state: str) -> None:
    made = factories.session(results={"json": state})
    assert Artefact.objects.get(session=made).state == state


def test_a_captured_result_has_its_bytes_and_the_case_its_columns() -> None:
    made = factories.session(state=SessionState.COMPLETE)
    json = made.artefacts.get(kind="json")
    assert evidence_files.read(json.file) == (factories.PAYLOADS / "no_full.json").read_bytes()
    assert evidence_files.digest(json.file) == json.sha256
    case = Case.objects.get()
    assert case.organisation.name
    assert case.result_at is not None


def test_the_audit_chain_of_a_case_that_was_made_holds() -> None:
    factories.session(factories.case(assignee=factories.kari()))
    assert list(chains.breaks()) == [None]


@pytest.mark.parametrize("role", factories.CAST)
def test_everybody_of_the_cast_has_their_role(role: str) -> None:
    roles = set(factories.CAST[role]().groups.values_list("name", flat=True))
    assert roles == (set() if role == "stranger" else {role})

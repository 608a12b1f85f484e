"""Versions of policy: a draft by one person is put in force by another, and what was in force never changes."""

import copy
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases.assessment.policy.defaults import default
from cases.assessment.policy.problems import PolicyRefused
from cases.models import AuditEvent, PolicyKind, PolicyState, PolicyVersion, User, Verb
from cases.workflows.policy import versions
from cases.workflows.policy.versions import NotAllowed
from tests import chains, factories
from tests.assessment.risk.assessing import filled

pytestmark = pytest.mark.django_db
KIND = PolicyKind.HIT_REASONS


def other_lead() -> User:
    return factories.person("lars", "lead", first_name="Lars", last_name="Lie")


def changed(percent: int = 10) -> dict:
    document = copy.deepcopy(default(KIND))
    document["second_person"]["FALSE_POSITIVE"]["sample_percent_of_the_rest"] = percent
    return document


def test_the_defaults_are_in_force_from_the_first_and_say_that_nobody_reviewed_them() -> None:
    found = {version.kind: version for version in PolicyVersion.objects.all()}
    assert set(found) == set(PolicyKind.values)
    for kind, version in found.items():
        assert (version.number, version.state, version.is_default) == (1, PolicyState.ACTIVE, True)
        assert version.content == default(kind)
    assert versions.install_defaults() == []


def test_another_person_than_its_author_puts_a_draft_in_force() -> None:
    draft = versions.draft(KIND, changed(), "A larger sample", factories.lead())
    assert (draft.number, draft.state) == (2, PolicyState.DRAFT)
    with pytest.raises(NotAllowed):
        versions.activate(draft, factories.lead())
    versions.activate(draft, other_lead())
    first, second = PolicyVersion.objects.of_kind(KIND).order_by("number")
    assert (first.state, second.state) == (PolicyState.RETIRED, PolicyState.ACTIVE)
    assert versions.hit_reasons_of(versions.in_force(KIND)).second.sample_percent == 10
    events = AuditEvent.objects.of_portal().order_by("sequence").select_related("detail")
    assert [event.verb for event in events] == [Verb.POLICY_DRAFTED, Verb.POLICY_ACTIVATED]
    assert {event.rests_on for event in events} == {second.sha256}
    assert list(chains.breaks()) == [None]


def test_who_may_not_set_policy_writes_and_activates_nothing() -> None:
    draft = versions.draft(KIND, changed(), "", factories.lead())
    for person in (factories.kari(), factories.ola(), factories.auditor(), factories.admin()):
        with pytest.raises(NotAllowed):
            versions.draft(KIND, changed(), "", person)
        with pytest.raises(NotAllowed):
            versions.activate(draft, person)
        with pytest.raises(NotAllowed):
            versions.discard(draft, person)
    assert PolicyVersion.objects.in_force(KIND).number == 1


def test_a_document_that_cannot_be_used_makes_no_draft() -> None:
    document = changed()
    document["reasons"][0]["requires"] = {"shoes": "DIFFERENT"}
    with pytest.raises(PolicyRefused):
        versions.draft(KIND, document, "", factories.lead())
    for text in ("{", "", "[" * 100_000, '{"a": NaN}', "x" * (versions.LONGEST_DOCUMENT + 1)):
        with pytest.raises(PolicyRefused):
            versions.parsed(text)
    assert PolicyVersion.objects.of_kind(KIND).count() == 1


def test_a_model_that_lacks_its_lists_is_a_draft_and_never_in_force() -> None:
    kind = PolicyKind.RISK_MODEL
    lacking = versions.draft(kind, default(kind), "", factories.lead())
    with pytest.raises(PolicyRefused) as refused:
        versions.activate(lacking, other_lead())
    assert "lists.HIGH_RISK_THIRD" in [problem.place for problem in refused.value.problems]
    whole = versions.draft(kind, filled(), "", factories.lead())
    assert versions.activate(whole, other_lead()).is_in_force


def test_a_draft_that_is_discarded_or_in_force_is_put_in_force_no_more() -> None:
    draft = versions.draft(KIND, changed(), "", factories.lead())
    versions.discard(draft, factories.lead())
    active = versions.in_force(KIND)
    for version in (draft, active):
        with pytest.raises(NotAllowed):
            versions.activate(version, other_lead())
        with pytest.raises(NotAllowed):
            versions.discard(version, other_lead())


SQL = [
    "UPDATE cases_policyversion SET state = 'ACTIVE', activated_by_id = author_id, activated_at = written_at",
    "UPDATE cases_policyversion SET author_id = NULL",
    "UPDATE cases_policyversion SET kind = 'risk_model'",
    "DELETE FROM cases_policyversion",
]


def test_the_database_refuses_what_the_workflow_refuses() -> None:
    draft = versions.draft(KIND, changed(), "", factories.lead())
    for statement in SQL:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [draft.pk])
    retired = versions.in_force(KIND)
    versions.activate(draft, other_lead())
    retired.refresh_from_db()
    retired.document = json.dumps(changed(50))
    with pytest.raises(DatabaseError), transaction.atomic():
        retired.save()
    draft.refresh_from_db()
    draft.activated_by = draft.author
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        draft.save()


def test_of_two_who_activate_two_drafts_at_once_one_is_in_force() -> None:
    drafts = [versions.draft(KIND, changed(percent), "", factories.lead()) for percent in (10, 20)]
    for draft in drafts:
        versions.activate(draft, other_lead())
    in_force = PolicyVersion.objects.filter(kind=KIND, state=PolicyState.ACTIVE)
    assert [version.pk for version in in_force] == [drafts[1].pk]
    assert timezone.now() >= in_force[0].activated_at

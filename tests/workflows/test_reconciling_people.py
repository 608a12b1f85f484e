"""What people may do is held against the portal's own chain; what was changed past the portal is named."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from cases.models import User
from cases.workflows.people import people
from cases.workflows.people.people import By, access_before, by_command, record_changes
from cases.workflows.verification.reconciling import people as reconciling
from cases.workflows.verification.reconciling.trail import BEFORE, ERASED
from tests import factories
from tests.management.commands import run
from tests.workflows.forgery import execute, forge

pytestmark = pytest.mark.django_db


TAMPERINGS = [
    (
        "UPDATE cases_user SET is_superuser = true WHERE id = {eva}",
        "has another set of roles than event 3 tells",
    ),
    ("UPDATE cases_user SET is_staff = true WHERE id = {eva}", "has another set of roles than event 3 tells"),
    ("DELETE FROM cases_user_groups WHERE group_id = {lead}", "has another set of roles than event 3 tells"),
    ("UPDATE cases_user SET is_active = false WHERE id = {eva}", "they may sign in than event 5 tells"),
    ("UPDATE cases_user SET username = 'else' WHERE id = {eva}", "has another user name than event 1 tells"),
    ("UPDATE cases_user SET last_name = 'Lund' WHERE id = {eva}", "has another name than event 2 tells"),
    ("UPDATE cases_user SET email = 'a@b.no' WHERE id = {eva}", "has another email than event 1 tells"),
]


@pytest.fixture
def eva() -> User:
    """Somebody who was added as analyst, renamed, made lead, deactivated and activated again."""
    factories.kari()
    with transaction.atomic():
        user = User(username="eva", first_name="Eva", last_name="Lund")
        user.set_unusable_password()
        was = access_before(user)
        user.save()
        user.groups.add(Group.objects.get(name="analyst"))
        record_changes(user, was, by_command("test"))
    for change in (
        lambda: User.objects.filter(pk=user.pk).update(last_name="Berg"),
        lambda: user.groups.add(Group.objects.get(name="lead")),
        lambda: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda: User.objects.filter(pk=user.pk).update(is_active=True),
    ):
        with transaction.atomic():
            was = access_before(user)
            change()
            record_changes(user, was, By(factories.kari()))
    people.set_password(user, factories.PASSWORD, By(factories.kari()))
    user.refresh_from_db()
    return user


def test_whatever_is_changed_past_the_portal_is_named(eva: User) -> None:
    assert reconciling.held().problems == []
    known, missed = {"eva": eva.pk, "lead": Group.objects.get(name="lead").pk}, {}
    for statement, sentence in TAMPERINGS:
        with transaction.atomic():
            execute(statement.format(**known))
            found = reconciling.held().problems
            transaction.set_rollback(True)
        if not any(text.startswith(f"person {eva.pk} ") and text.endswith(sentence) for text in found):
            missed[statement] = found
    assert missed == {}
    assert reconciling.held().problems == []


def test_who_came_past_the_portal_went_or_holds_more_than_roles_is_named(eva: User) -> None:
    other = User.objects.create(username="mallory", is_superuser=True)
    assert reconciling.held().problems == [f"no event tells that person {other.pk} was added"]
    outcome = run("verify_audit")
    assert outcome.status == 1
    assert f"portal: no event tells that person {other.pk} was added" in outcome.out
    other.delete()
    eva.user_permissions.add(Permission.objects.first())
    assert reconciling.held().problems == [
        f"person {eva.pk} holds a permission beside their roles, and the portal gives none"
    ]
    eva.user_permissions.clear()
    eva.groups.clear()
    execute("DELETE FROM cases_user WHERE id = %s", eva.pk)
    assert reconciling.held().problems == [f"event 5 tells of person {eva.pk}, and there is no such row"]
    factories.kari().groups.clear()


def test_who_was_there_before_and_what_was_erased_cannot_be_compared(eva: User) -> None:
    assert {why for _what, why in reconciling.held().uncompared} == {BEFORE}  # Kari, whom no event tells of
    forge("UPDATE cases_auditdetail SET body = '', salt = '', erased_at = CURRENT_TIMESTAMP")
    found = reconciling.held()
    assert found.problems == []
    assert {why for _what, why in found.uncompared} == {BEFORE, ERASED}

"""Whatever an administrator does to who may sign in, and as what, is an event in the same transaction."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from cases.models import AuditDetail, AuditEvent, User, Verb
from cases.workflows.audit import trail
from tests import chains, factories
from tests.web import people_events

pytestmark = pytest.mark.django_db

NEW = "an entirely new one 7"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(factories.admin())
    return client


def change(client: Client, person: User, **fields: Any) -> Any:
    """Send the form of a person as it is, with what is changed; None takes a field away."""
    sent = {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "is_active": "on" if person.is_active else None,
        "is_staff": "on" if person.is_staff else None,
        "groups": list(person.groups.values_list("pk", flat=True)),
        **fields,
    }
    sent = {name: value for name, value in sent.items() if value is not None}
    return client.post(f"/admin/cases/user/{person.pk}/change/", sent)


def groups(*names: str) -> list[int]:
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def by_adam(detail: dict[str, Any]) -> dict[str, Any]:
    return {"actor": "Adam Ask", **detail}


@pytest.mark.parametrize(
    ("fields", "verb", "detail"),
    [
        ({"groups": ("analyst", "lead")}, Verb.ROLES_CHANGED, {"roles": ["analyst", "analyst, lead"]}),
        ({"groups": ()}, Verb.ROLES_CHANGED, {"roles": ["analyst", ""]}),
        ({"is_staff": "on"}, Verb.ROLES_CHANGED, {"roles": ["analyst", "analyst, staff"]}),
        ({"is_active": None}, Verb.PERSON_DEACTIVATED, {}),
        ({"email": "k@example.org"}, Verb.PERSON_CHANGED, {"email": ["", "k@example.org"]}),
        ({"last_name": "Berg"}, Verb.PERSON_CHANGED, {"name": ["Kari Nordmann", "Kari Berg"]}),
        ({"username": "kari2"}, Verb.PERSON_CHANGED, {"username": ["kari", "kari2"]}),
    ],
)
def test_a_change_is_told_from_what_to_what(
    admin: Client, fields: dict[str, Any], verb: Verb, detail: dict[str, Any]
) -> None:
    kari = factories.kari()
    if "groups" in fields:
        fields = {**fields, "groups": groups(*fields["groups"])}
    assert change(admin, kari, **fields).status_code == 302
    assert people_events.events_of(kari) == [(verb, by_adam(detail))]
    event = AuditEvent.objects.of_portal().get()
    assert event.actor == factories.admin()
    assert all(item is None for item in chains.breaks())


def test_a_form_that_changes_nothing_tells_nothing(admin: Client) -> None:
    assert change(admin, factories.kari()).status_code == 302
    assert people_events.events_of(factories.kari()) == []


def test_somebody_who_may_sign_in_again_is_told(admin: Client) -> None:
    kari = factories.kari()
    User.objects.filter(pk=kari.pk).update(is_active=False)
    change(admin, kari, is_active="on")
    assert people_events.verbs(kari) == [Verb.PERSON_ACTIVATED]


def test_a_form_that_is_older_than_a_change_takes_nothing_back(admin: Client) -> None:
    """The password, and that it must be changed, are no fields of the form."""
    kari = factories.kari()
    User.objects.filter(pk=kari.pk).update(must_change_password=True)
    change(admin, kari, last_name="Berg")
    kari.refresh_from_db()
    assert kari.must_change_password
    assert kari.check_password(factories.PASSWORD)


def add(client: Client, **fields: Any) -> User:
    sent = {"username": "new", "first_name": "Nora", "last_name": "Ny", "groups": groups("auditor"), **fields}
    assert client.post("/admin/cases/user/add/", sent).status_code == 302
    return User.objects.get(username="new")


def test_who_is_added_is_told_and_must_change_the_password(admin: Client) -> None:
    new = add(admin, usable_password="true", password1=NEW, password2=NEW)
    known = {"username": "new", "name": "Nora Ny", "email": "", "roles": "auditor"}
    added = {**known, "row": {"is_active": True}}
    assert people_events.events_of(new) == [
        (Verb.PERSON_ADDED, by_adam(added)),
        (Verb.PASSWORD_SET, by_adam({})),
    ]
    assert new.must_change_password


def test_who_is_added_without_a_password_has_none_to_change(admin: Client) -> None:
    new = add(admin, usable_password="false")
    assert people_events.verbs(new) == [Verb.PERSON_ADDED]
    assert not new.must_change_password


def set_password(client: Client, person: User, **fields: str) -> Any:
    return client.post(f"/admin/cases/user/{person.pk}/password/", fields)


def test_a_password_that_was_set_is_told_without_it_and_must_be_changed(admin: Client) -> None:
    kari = factories.kari()
    set_password(admin, kari, usable_password="true", password1=NEW, password2=NEW)
    kari.refresh_from_db()
    assert kari.check_password(NEW)
    assert kari.must_change_password
    assert people_events.events_of(kari) == [(Verb.PASSWORD_SET, by_adam({}))]
    kept = str([*AuditDetail.objects.values(), *AuditEvent.objects.values()])
    assert NEW not in kept
    assert kari.password not in kept


def test_a_password_that_was_taken_away_is_told(admin: Client) -> None:
    kari = factories.kari()
    set_password(admin, kari, usable_password="false", **{"unset-password": "1"})
    kari.refresh_from_db()
    assert not kari.has_usable_password()
    assert not kari.must_change_password
    assert people_events.verbs(kari) == [Verb.PASSWORD_REMOVED]


def test_a_password_that_is_refused_changes_and_tells_nothing(admin: Client) -> None:
    kari = factories.kari()
    assert (
        set_password(admin, kari, usable_password="true", password1="short", password2="short").status_code
        == 200
    )
    assert people_events.events_of(kari) == []


def test_no_password_is_hashed_while_others_wait_for_the_database(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode, within = MD5PasswordHasher.encode, []

    def encoded(self: MD5PasswordHasher, password: str, salt: str) -> str:
        within.append((password, len(connection.savepoint_ids)))
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encoded)
    kari, outside = factories.kari(), len(connection.savepoint_ids)
    within.clear()
    assert add(admin, usable_password="true", password1=NEW, password2=NEW).check_password(NEW)
    set_password(admin, kari, usable_password="true", password1=f"{NEW} 2", password2=f"{NEW} 2")
    own = {"old_password": factories.PASSWORD, "new_password1": f"{NEW} 3", "new_password2": f"{NEW} 3"}
    assert admin.post("/password/", own).url == "/password/done/"
    assert {password for password, _depth in within} >= {NEW, f"{NEW} 2", f"{NEW} 3"}
    assert [password for password, depth in within if depth > outside] == []


def test_the_own_password_is_changed_where_the_old_one_is_asked_for(admin: Client) -> None:
    adam = factories.admin()
    answer = set_password(admin, adam, usable_password="true", password1=NEW, password2=NEW)
    assert answer.url == "/password/"
    assert admin.get("/admin/password_change/").url == "/password/"
    assert User.objects.get(pk=adam.pk).check_password(factories.PASSWORD)


def test_there_is_one_page_to_sign_in() -> None:
    assert Client().get("/admin/login/?next=/admin/").url == "/login/?next=/admin/"
    assert Client().post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


@pytest.mark.parametrize(
    "attempt",
    [
        lambda client, kari: change(client, kari, groups=groups("lead"), last_name="Berg"),
        lambda client, kari: set_password(client, kari, usable_password="true", password1=NEW, password2=NEW),
        lambda client, _kari: client.post(
            "/admin/cases/user/add/",
            {"username": "new", "usable_password": "true", "password1": NEW, "password2": NEW},
        ),
    ],
)
def test_what_cannot_be_told_is_not_done(
    admin: Client, attempt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object, **_words: object) -> None:
        raise OSError

    kari = factories.kari()
    monkeypatch.setattr(trail, "record", fails)
    admin.raise_request_exception = False
    assert attempt(admin, kari).status_code == 500
    kari.refresh_from_db()
    assert (kari.last_name, kari.must_change_password) == ("Nordmann", False)
    assert kari.check_password(factories.PASSWORD)
    assert list(kari.groups.values_list("name", flat=True)) == ["analyst"]
    assert not User.objects.filter(username="new").exists()


def test_the_first_sign_in_after_a_change_is_told_and_the_next_is_not(admin: Client) -> None:
    kari = factories.kari()
    change(admin, kari, groups=groups("analyst", "lead"))
    for _ in range(2):
        browser = Client()
        browser.post("/login/", {"username": "kari", "password": factories.PASSWORD})
        assert get_user(browser) == kari
    assert people_events.verbs(kari) == [Verb.ROLES_CHANGED, Verb.FIRST_SIGN_IN]
    event = AuditEvent.objects.of_portal().with_verbs(Verb.FIRST_SIGN_IN).get()
    assert event.actor == kari


def test_a_sign_in_of_whom_nobody_changed_is_not_told() -> None:
    factories.kari()
    Client().post("/login/", {"username": "kari", "password": factories.PASSWORD})
    assert people_events.events_of(factories.kari()) == []

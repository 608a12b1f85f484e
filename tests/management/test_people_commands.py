"""Commands that let somebody sign in tell so in the portal's chain, and ask for another password afterwards."""

import getpass
import os
import pwd
from collections.abc import Iterator

import pytest

from cases.models import AuditDetail, User, Verb
from tests import chains, factories
from tests.management.commands import run
from tests.web import people_events

pytestmark = pytest.mark.django_db

NEW = "an entirely new one 7"
ACCOUNT = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed, in turn, where a password is asked for."""
    typed: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: typed.pop(0))
    yield typed
    assert typed == []


def test_a_password_set_by_a_command_is_told_and_must_be_changed(types: list[str]) -> None:
    kari = factories.kari()
    types += ["short", "short", NEW, "else", NEW, NEW]
    outcome = run("changepassword", "kari")
    assert outcome.status == 0
    assert "at least 12 characters" in outcome.err
    assert "The two were not alike." in outcome.err
    kari.refresh_from_db()
    assert kari.check_password(NEW)
    assert kari.must_change_password
    assert people_events.events_of(kari) == [
        (Verb.PASSWORD_SET, {"actor": f"{ACCOUNT} (command changepassword)"})
    ]
    assert NEW not in f"{outcome}{list(AuditDetail.objects.values())}"


@pytest.mark.parametrize(
    ("typed", "message"), [([""], "Nothing was typed"), (["short", "short"] * 3, "No password after 3 tries")]
)
def test_a_command_that_got_no_password_changes_nothing(
    types: list[str], typed: list[str], message: str
) -> None:
    factories.kari()
    types += typed
    outcome = run("changepassword", "kari")
    assert outcome.status == 1
    assert message in outcome.err
    assert factories.kari().check_password(factories.PASSWORD)
    assert people_events.events_of(factories.kari()) == []


def test_nobody_by_that_name_is_an_error() -> None:
    assert "Nobody signs in as 'nobody'" in run("changepassword", "nobody").err


def test_the_first_superuser_is_told_and_must_change_the_password(types: list[str]) -> None:
    types += [NEW, NEW]
    assert run("createsuperuser", "--username", "root", "--email", "root@example.org").status == 0
    root = User.objects.get(username="root")
    assert root.is_superuser
    assert root.must_change_password
    assert people_events.verbs(root) == [Verb.PERSON_ADDED, Verb.PASSWORD_SET]
    _verb, detail = people_events.events_of(root)[0]
    assert detail["roles"] == "staff, superuser"
    assert detail["actor"] == f"{ACCOUNT} (command createsuperuser)"
    assert all(found_break is None for found_break in chains.breaks())


def test_what_is_missing_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "root")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW)
    assert run("createsuperuser", "--noinput").status == 0
    root = User.objects.get(username="root")
    assert root.check_password(NEW)
    assert root.must_change_password


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Say who signs in"),
        (("--username", "kari"), "already"),
        (("--username", "a b"), "valid username"),
        (("--username", "root", "--email", "x"), "valid email"),
    ],
)
def test_a_superuser_that_cannot_be_is_refused(words: tuple[str, ...], message: str) -> None:
    factories.kari()
    outcome = run("createsuperuser", "--noinput", *words)
    assert outcome.status == 1
    assert message in outcome.err
    assert not User.objects.filter(is_superuser=True).exists()


def test_sample_people_are_told_and_need_no_other_password() -> None:
    assert run("seed", "--people", "--password", NEW).status == 0
    kari = User.objects.get(username="analyst")
    assert people_events.verbs(kari) == [Verb.PERSON_ADDED, Verb.PASSWORD_SET]
    assert not kari.must_change_password
    assert run("seed", "--people", "--password", NEW).status == 0
    assert len(people_events.events_of(kari)) == 2

"""On PostgreSQL the portal runs as a role that owns nothing: its work is done, and the guards are out of its reach."""

import secrets
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user
from django.db import DatabaseError, connection, transaction
from django.test import Client
from psycopg import errors
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AuditEvent, SessionState, Verb
from cases.provider.numbers.identifiers import Identifier
from cases.queue import Job, waiting, wake
from cases.workflows import diagnostics
from cases.workflows.casework import changing
from cases.workflows.casework.changing import Details
from cases.workflows.diagnostics import database_roles
from cases.workflows.ordering import correcting
from cases.workflows.ordering.session_requests import ResultRequest
from tests import chains, databases, factories, portal
from tests.databases import only_on_postgresql
from tests.management.commands import run
from tests.workflows import engine_steps
from tests.workflows.forgery import execute

pytestmark = only_on_postgresql

GUARD = "cases_auditevent_no_update"
FORBIDDEN = [
    "ALTER TABLE cases_auditevent DISABLE TRIGGER ALL",
    f"ALTER TABLE cases_auditevent DISABLE TRIGGER {GUARD}",
    f"DROP TRIGGER {GUARD} ON cases_auditevent",
    f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    f"ALTER FUNCTION {GUARD}() SET search_path = pg_temp",
    f"CREATE OR REPLACE TRIGGER {GUARD} BEFORE UPDATE ON cases_auditevent FOR EACH ROW WHEN (false)"
    f" EXECUTE FUNCTION {GUARD}()",
    f"CREATE TRIGGER aside BEFORE UPDATE ON cases_case FOR EACH ROW EXECUTE FUNCTION {GUARD}()",
    "CREATE RULE aside AS ON DELETE TO cases_auditevent DO INSTEAD NOTHING",
    "DROP TABLE cases_auditevent",
    "DROP FUNCTION cases_auditevent_no_update() CASCADE",
    "TRUNCATE cases_auditevent CASCADE",
    "TRUNCATE cases_heartbeat",
    "SET session_replication_role = replica",
    "CREATE TABLE aside (id int)",
    "CREATE TEMPORARY TABLE cases_auditevent (id int)",
    "CREATE FUNCTION aside() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA aside",
    "ALTER TABLE cases_case OWNER TO CURRENT_USER",
    "UPDATE cases_auditevent SET subject = 'else'",
    "UPDATE cases_auditdetail SET body = '', salt = '', erased_at = now()",
    "UPDATE cases_signaturecheck SET verdict = 'VERIFIED'",
    "UPDATE cases_note SET event_id = 1",
    "UPDATE auth_group_permissions SET group_id = 1",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', 'else', now())",
    "DELETE FROM cases_auditevent",
    "DELETE FROM cases_artefact",
    "DELETE FROM cases_hit",
    "DELETE FROM cases_case",
    "DELETE FROM cases_amlsession",
    "DELETE FROM cases_report",
    "SET ROLE pg_read_all_data",
    "SET SESSION AUTHORIZATION pg_read_all_data",
    "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
    "SELECT setval('cases_auditevent_id_seq', 1)",
    "ALTER TABLE cases_auditevent ALTER COLUMN verb DROP NOT NULL",
    "COPY cases_auditevent FROM PROGRAM 'true'",
    "MERGE INTO cases_auditchain a USING cases_auditchain b ON a.id = b.id WHEN MATCHED THEN DELETE",
    "INSERT INTO cases_auditevent SELECT * FROM cases_auditevent ON CONFLICT (id) DO UPDATE SET subject = 'else'",
]
# Allowed to try, and refused by the guards.
REFUSED = [
    "UPDATE cases_artefact SET sha256 = 'else' WHERE state = 'CAPTURED'",
    "UPDATE cases_auditchain SET head = 'else'",
    "UPDATE cases_case SET purpose = 'else'",
    "UPDATE cases_amlsession SET requested_by_id = NULL",
    "UPDATE cases_createattempt SET token = 'else'",
    "INSERT INTO cases_auditchain SELECT * FROM cases_auditchain ON CONFLICT (id) DO UPDATE SET head = 'else'",
    "MERGE INTO cases_case a USING cases_case b ON a.id = b.id WHEN MATCHED THEN UPDATE SET purpose = 'else'",
    "WITH changed AS (UPDATE cases_case SET opened_at = now() RETURNING id) SELECT * FROM changed",
]


@pytest.fixture
def role(own_database: str) -> Iterator[tuple[str, str]]:
    """A role of the server with a password, and no right of its own anywhere."""
    name, password = f"runs_{secrets.token_hex(8)}", secrets.token_hex(16)
    execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
    yield name, password
    execute(f"DROP OWNED BY {name}")
    execute(f"DROP ROLE {name}")


@pytest.fixture
def as_role(role: tuple[str, str]) -> Iterator[str]:
    """The portal as it runs: as that role, with the rights that the command gives it."""
    name, password = role
    factories.kari(), factories.lead()
    for _time in range(2):  # done again it is the same
        assert run("database_roles", "--run-as", name).out.endswith("needs, and no others.\n")
    database = connection.settings_dict["NAME"]
    with databases.talking_to(database, USER=name, PASSWORD=password):
        yield name


def test_as_that_role_the_portal_works_and_the_guards_are_out_of_reach(
    as_role: str,
    sandbox: RunningSandbox,
    settings: Settings,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagnostics.database, "NEVER_OFF", ())  # the tests' own server may forget
    settings.AXES_ENABLED = True
    assert run("migrate", "--verbosity", "0").status == 0  # as `serve` does; there is nothing to migrate
    credentials = {"username": "kari", "password": factories.PASSWORD}
    client.post("/login/", {**credentials, "password": "wrong"})
    client.post("/login/", credentials)
    assert get_user(client) == factories.kari()

    portal.switch(sandbox, {"name": "http_404", "on": ["create"], "count": 1})
    case = portal.order(engine_steps.ANOTHER)
    assert engine_steps.follow(case).state == SessionState.FAILED
    number = Identifier("no", "ORG", engine_steps.NUMBER)
    correcting.correct_number(case, case.organisation.identifier, number, ResultRequest(), factories.kari())
    assert engine_steps.follow(case).state == SessionState.COMPLETE
    case.refresh_from_db()
    now = Details.of(case)
    changing.change(case, now, Details(now.due, "Review", "ref", factories.kari().pk), factories.kari())
    assert client.get(f"/cases/{case.reference}/").status_code == 200
    wake(case.sessions.first().pk)
    assert waiting(Job.ADVANCE, 1) == 1
    client.post("/logout/")
    assert list(chains.breaks()) == [None]
    assert said_of_the_role().startswith("ok PostgreSQL")
    assert said_of_the_role().endswith("which the portal's own role cannot switch off.")

    for statement in FORBIDDEN:
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            execute(statement)
        assert isinstance(caught.value.__cause__, errors.InsufficientPrivilege), statement
    for statement in REFUSED:
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            execute(statement)
        assert isinstance(caught.value.__cause__, errors.RestrictViolation), statement
    erased = run("erase_detail", case.reference, "1", "--by", "lena", "--reason", "x")
    assert "DATABASE_OWNER_URL" in erased.err
    assert not AuditEvent.objects.with_verbs(Verb.DETAIL_ERASED).exists()


def said_of_the_role() -> str:
    return " ".join(f"{finding.verdict} {finding.message}" for finding in diagnostics.database.check())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("ALTER ROLE {} SUPERUSER", "is a superuser"),
        ("ALTER ROLE {} CREATEROLE", "may make roles"),
        ("ALTER TABLE cases_note OWNER TO {}", "owns tables"),
        (f"ALTER FUNCTION {GUARD}() OWNER TO {{}}", "owns functions"),
        ("GRANT pg_write_all_data TO {}", "is a member of other roles"),
        ("GRANT CREATE ON SCHEMA public TO {}", "may create in the schema"),
        ("CREATE SCHEMA aside AUTHORIZATION {}", "may create in another schema"),
        ("CREATE SCHEMA aside; GRANT CREATE ON SCHEMA aside TO {}", "may create in another schema"),
        ("GRANT TEMPORARY ON DATABASE {{database}} TO {}", "may create temporary tables"),
        ("GRANT UPDATE (verb) ON cases_auditevent TO {}", "such as cases_auditevent"),
        ("GRANT SET ON PARAMETER session_replication_role TO {}", "may keep triggers from firing"),
        ("GRANT DELETE ON cases_auditevent TO {}", "may not do just what the portal needs of 1 tables"),
        ("REVOKE INSERT ON cases_heartbeat FROM {}", "may not do just what the portal needs of 1 tables"),
        ("GRANT TRIGGER ON cases_case TO {}", "such as cases_case"),
        ("ALTER ROLE {} SET session_replication_role = replica", "no trigger fires"),
    ],
)
def test_the_doctor_says_what_a_role_can_do_that_it_should_not(
    given: str, sentence: str, role: tuple[str, str]
) -> None:
    name, password = role
    run("database_roles", "--run-as", name)
    with transaction.atomic():
        execute(
            given.format(name).format(database=connection.ops.quote_name(connection.settings_dict["NAME"]))
        )
    with databases.talking_to(connection.settings_dict["NAME"], USER=name, PASSWORD=password):
        assert sentence in said_of_the_role()
    if "PARAMETER" in given:
        execute(f"REVOKE ALL ON PARAMETER session_replication_role FROM {name}")
    execute(f"REASSIGN OWNED BY {name} TO CURRENT_USER")


def test_the_doctor_says_of_an_owner_that_only_mistakes_are_kept_away(own_database: str) -> None:
    sentence = said_of_the_role()
    assert (
        "warning Evidence is protected against mistakes, not against whoever holds the portal's password"
        in sentence
    )
    assert "owns tables" in sentence


def test_the_doctor_says_of_a_role_without_rights_how_it_gets_them(role: tuple[str, str]) -> None:
    name, password = role
    with databases.talking_to(connection.settings_dict["NAME"], USER=name, PASSWORD=password):
        (found,) = diagnostics.database.check()
    assert found.message == f"{name} has no rights in the database."
    assert f"manage.py database_roles --run-as {name}` as the owner" in found.advice


def test_it_prints_what_it_would_do_and_does_nothing(role: tuple[str, str]) -> None:
    printed = run("database_roles", "--run-as", role[0], "--print").out
    assert f'GRANT SELECT, INSERT ON "public"."cases_auditevent" TO "{role[0]}";' in printed
    assert "ALTER DEFAULT PRIVILEGES" in printed
    assert database_roles.wrong_rights(role[0]) == database_roles.tables()


def test_roles_that_are_not_fit_are_refused(role: tuple[str, str]) -> None:
    name, _password = role
    assert (
        "There is no role nobody_of_that_name" in run("database_roles", "--run-as", "nobody_of_that_name").err
    )
    mine = database_roles.here().user
    assert "owns tables" in run("database_roles", "--run-as", mine).err
    execute(f"ALTER ROLE {name} CREATEROLE")
    assert "may make roles" in run("database_roles", "--run-as", name).err

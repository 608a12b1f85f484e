"""`doctor` finds what is wrong and says what to do; what is well it says too."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from amlportal.storage import WriteOnceFiles
from cases.migrations import _triggers
from cases.models import AmlSession
from cases.workflows import diagnostics, provider
from cases.workflows.diagnostics import database, libraries, storage
from tests.databases import only_on_postgresql, only_on_sqlite
from tests.management.commands import run
from tests.management.conftest import found
from tests.portal import switch
from tests.signatures.pdfs import signed_pdfs
from tests.workflows.forgery import execute


def test_a_healthy_installation_is_told_so(healthy: None) -> None:
    outcome = run("doctor")
    assert outcome.status == 0, outcome.out
    assert "All is well." in outcome.out
    for subject in (
        "settings",
        "database",
        "web",
        "queue",
        "sign-in",
        "token",
        "API",
        "clock",
        "storage",
        "signatures",
        "libraries",
    ):
        assert f"ok       {subject}" in outcome.out


def test_what_is_wrong_ends_with_1_and_what_to_do(healthy: None, settings: Settings) -> None:
    settings.PORTAL_URL = "http://portal.example"
    outcome = run("doctor")
    assert outcome.status == 1
    assert "wrong    settings   PORTAL_URL is not https" in outcome.out
    assert "To do: Put a proxy" in outcome.out
    assert outcome.out.endswith("2 wrong, 0 warnings.\n")


def test_a_warning_alone_does_not_end_with_1(healthy: None, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    outcome = run("doctor")
    assert outcome.status == 0
    assert "1 warnings" in outcome.out


def test_json_says_the_same(healthy: None, settings: Settings) -> None:
    settings.SECRET_KEY = "short"
    outcome = run("doctor", "--json")
    answer = json.loads(outcome.out)
    assert (outcome.status, answer["ok"]) == (1, False)
    wrong = [finding for finding in answer["findings"] if finding["verdict"] == "wrong"]
    assert [(one["subject"], set(one)) for one in wrong] == [
        ("settings", {"subject", "verdict", "says", "advice"})
    ]
    assert wrong[0]["advice"]


def test_it_prints_no_secret(healthy: None, settings: Settings, sandbox: RunningSandbox) -> None:
    switch(sandbox, {"name": "http_401", "on": ["token"], "count": None})
    for words in (["doctor"], ["doctor", "--json"]):
        outcome = run(*words)
        for secret in (
            settings.SECRET_KEY,
            "sandbox-secret",
            str(settings.DATABASES["default"].get("PASSWORD") or ""),
        ):
            assert not secret or secret not in outcome.out + outcome.err


def test_it_changes_and_orders_nothing(
    healthy: None, sandbox: RunningSandbox, files_of_its_own: Path
) -> None:
    run("doctor")
    assert sandbox.stats()["sessions"] == 0
    assert not [path for path in files_of_its_own.rglob("*") if path.is_file()]
    assert AmlSession.objects.count() == 0


def test_a_doctor_who_falls_over_one_thing_looks_at_the_others(
    healthy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(diagnostics.CHECKS, "storage", lambda: (_ for _ in ()).throw(KeyError("secret")))
    outcome = run("doctor")
    assert outcome.status == 1
    assert "KeyError at test_doctor.py" in outcome.out
    assert "secret" not in outcome.out.replace("client secret", "")
    assert "ok       libraries" in outcome.out


# --- Settings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "verdict", "message"),
    [
        ({"DEBUG": True}, "wrong", "DEBUG is on"),
        ({"SECRET_KEY": "x"}, "wrong", "SECRET_KEY can be guessed"),
        ({"SECRET_KEY": "ab" * 40}, "wrong", "SECRET_KEY can be guessed"),
        ({"PORTAL_URL": "http://portal.example"}, "wrong", "not https"),
        ({"PORTAL_URL": "https://portal.example"}, "wrong", "ALLOWED_HOSTS lacks the name"),
        ({"ALLOWED_HOSTS": []}, "wrong", "ALLOWED_HOSTS lacks the name"),
        ({"ALLOWED_HOSTS": ["*"]}, "warning", "accepts any name"),
        ({"PORTAL_URL": "https://localhost"}, "warning", "BEHIND_PROXY is off"),
        ({"WEB_HOST": "0.0.0.0"}, "warning", "listens at 0.0.0.0 without a proxy"),  # noqa: S104 - asked about, not listened at
        ({"WEB_HOST": "[::]"}, "warning", "without a proxy"),
        ({"WEB_HOST": "portal.example"}, "warning", "without a proxy"),
        (
            {"AML_WEBHOOKS": True, "AML_ISSUER": "https://provider.example"},
            "warning",
            "address that only this machine has",
        ),
    ],
)
def test_settings_that_are_not_as_they_should_be(
    changes: dict[str, Any], verdict: str, message: str, healthy: None, settings: Settings
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert message in found("settings", verdict)


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1:1", "https://portal.example"])
def test_settings_that_are_well(url: str, healthy: None, settings: Settings) -> None:
    settings.PORTAL_URL = url
    settings.ALLOWED_HOSTS = [".example", "localhost", "127.0.0.1"]
    settings.BEHIND_PROXY = True
    settings.AML_WEBHOOKS = True
    assert found("settings", "ok")


def test_a_contract_file_that_cannot_be_read(healthy: None, settings: Settings, tmp_path: Path) -> None:
    settings.AML_CONTRACT_FILE = str(tmp_path / "nowhere.json")
    provider.contract.cache_clear()
    try:
        assert "AML_CONTRACT_FILE" in found("settings")
        assert "AML_CONTRACT_FILE" in found("token")
    finally:
        provider.contract.cache_clear()


# --- Database ------------------------------------------------------------------------------------------------


NAME, TABLE = "cases_auditevent_no_update", "cases_auditevent"
EMPTY = "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
TAMPERINGS: dict[str, list[tuple[list[str], str]]] = {
    "sqlite": [
        ([f"DROP TRIGGER {NAME}"], f"{NAME} is missing"),
        (
            [f"DROP TRIGGER {NAME}", f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END"],
            f"{NAME} does something else",
        ),
        (
            [
                f"DROP TRIGGER {NAME}",
                f"CREATE TRIGGER {NAME} BEFORE UPDATE ON cases_heartbeat BEGIN SELECT 1; END",
            ],
            f"{NAME} does something else",
        ),
        (
            [f"CREATE TRIGGER aside BEFORE INSERT ON {TABLE} BEGIN SELECT RAISE(IGNORE); END"],
            "aside is not the portal's",
        ),
    ],
    "postgresql": [
        ([f"DROP TRIGGER {NAME} ON {TABLE}"], f"{NAME} is missing"),
        ([f"ALTER TABLE {TABLE} DISABLE TRIGGER {NAME}"], f"{NAME} is disabled"),
        ([f"ALTER TABLE {TABLE} ENABLE REPLICA TRIGGER {NAME}"], f"{NAME} is disabled"),
        ([EMPTY.replace("CREATE FUNCTION nothing", f"CREATE OR REPLACE FUNCTION {NAME}")], f"{NAME} does"),
        ([f"ALTER FUNCTION {NAME}() SET search_path = pg_temp, public"], f"{NAME} does something else"),
        (
            [
                EMPTY,
                f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW"
                " EXECUTE FUNCTION nothing()",
            ],
            f"{NAME} does something else",
        ),
        (
            [
                f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (false)"
                f" EXECUTE FUNCTION {NAME}()"
            ],
            f"{NAME} does something else",
        ),
        (
            [
                f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE OF verb ON {TABLE} FOR EACH ROW"
                f" EXECUTE FUNCTION {NAME}()"
            ],
            f"{NAME} does something else",
        ),
        (
            [
                f"CREATE OR REPLACE TRIGGER {NAME} AFTER UPDATE ON {TABLE} FOR EACH ROW"
                f" EXECUTE FUNCTION {NAME}()"
            ],
            f"{NAME} does something else",
        ),
        (
            [EMPTY, f"CREATE TRIGGER aside BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION nothing()"],
            "aside is not the portal's",
        ),
        ([f"CREATE RULE aside AS ON DELETE TO {TABLE} DO INSTEAD NOTHING"], "aside is not the portal's"),
    ],
}


@pytest.mark.parametrize(("statements", "message"), TAMPERINGS[connection.vendor])
def test_a_trigger_that_is_not_as_the_migrations_install_it(
    statements: list[str], message: str, healthy: None
) -> None:
    for statement in statements:
        execute(statement)
    assert f"1 triggers are not as they were installed, such as {message}" in found("database")
    assert "is not the portal's" in message or NAME not in _triggers.installed(connection)


@only_on_sqlite
def test_on_sqlite_it_says_what_cannot_be_had(healthy: None) -> None:
    assert "against mistakes, not against whoever can write the file" in found("database", "ok")
    refused = run("database_roles", "--run-as", "portal")
    assert "SQLite knows no roles" in refused.err


@only_on_sqlite
@pytest.mark.parametrize(("pragma", "value"), [("foreign_keys", "OFF"), ("synchronous", "OFF")])
def test_a_sqlite_that_is_careless(pragma: str, value: str, own_database: str) -> None:
    execute(f"PRAGMA {pragma} = {value}")
    assert f"SQLite works with {pragma}=0" in found("database")


@only_on_postgresql
def test_a_postgresql_that_is_careless(db: None) -> None:
    execute("SET LOCAL synchronous_commit = off")
    assert "A power cut may lose what was captured" in found("database", "warning")
    assert "synchronous_commit" in found("database", "warning")
    for flushed in ("local", "remote_write", "remote_apply", "on"):
        execute(f"SET LOCAL synchronous_commit = {flushed}")
        assert "synchronous_commit" not in found("database", "warning"), flushed


def test_without_a_database_the_rest_is_looked_at(healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise database.NotUsable("The database cannot be reached: gone.", "Check DATABASE_URL.")

    monkeypatch.setattr(database, "require", away)
    outcome = run("doctor")
    assert outcome.status == 1
    assert "wrong    database   The database cannot be reached" in outcome.out
    assert "wrong    queue      Not looked at without a database." in outcome.out
    assert "ok       storage" in outcome.out


# --- Storage and libraries -----------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written(healthy: None, settings: Settings, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file-where-the-folder-should-be"
    blocked.write_text("")
    default = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**default, "OPTIONS": {**default["OPTIONS"], "location": blocked}},
    }
    settings.FILES_DIR = blocked
    assert "could not be stored" in found("storage")


def test_a_storage_that_overwrites(healthy: None, settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "careless", "allow_overwrite": True},
        },
    }
    assert "can be overwritten" in found("storage")


def test_a_full_disk(healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "LITTLE", 2**60)
    assert "MB are free where" in found("storage", "warning")


def test_a_probe_that_cannot_be_removed(healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: WriteOnceFiles, name: str) -> None:
        raise PermissionError

    monkeypatch.setattr(WriteOnceFiles, "delete", refuse)
    assert "could not be removed" in found("storage", "warning")
    assert [name for name in default_storage.listdir("")[1] if name.startswith("doctor-")]


def test_folders_of_another_user(healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.os, "geteuid", lambda: 4711)
    assert "belongs to another user" in found("storage", "warning")


def test_folders_that_others_may_enter(healthy: None, settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "open"
    settings.VAR_DIR.mkdir()
    settings.VAR_DIR.chmod(0o755)
    message = found("storage", "warning")
    assert f"Others on this machine may enter VAR_DIR ({settings.VAR_DIR})." in message
    assert f"chmod -R go= {settings.VAR_DIR}" in message
    assert run("doctor").status == 0


def test_no_roots_to_hold_signatures_against(healthy: None, settings: Settings) -> None:
    settings.AML_TRUST_ROOTS = []
    assert "No trust roots are configured" in found("signatures", "warning")
    assert run("doctor").status == 0


@pytest.mark.parametrize(
    ("root", "verdict", "message"),
    [
        (signed_pdfs.root(until=signed_pdfs.NOW - signed_pdfs.DAY / 2), "wrong", "ran out on"),
        (signed_pdfs.root(until=signed_pdfs.NOW + signed_pdfs.DAY), "warning", "runs out on"),
        (signed_pdfs.root(since=signed_pdfs.NOW + signed_pdfs.DAY), "wrong", "is not valid yet"),
        (signed_pdfs.signer(signed_pdfs.root()), "wrong", "is not a certificate authority"),
    ],
)
def test_a_root_that_can_vouch_for_nobody(
    root: signed_pdfs.Holder, verdict: str, message: str, healthy: None, settings: Settings
) -> None:
    settings.AML_TRUST_ROOTS = [root.pem]
    assert message in found("signatures", verdict)


def test_a_library_that_is_missing(healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "find_library", lambda name: None if name == "pango-1.0" else name)
    assert "apt-get install libpango-1.0-0" in found("libraries", "warning")

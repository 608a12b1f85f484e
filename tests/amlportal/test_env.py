"""Wrong settings stop the start, and the message names the variable."""

import secrets
import socket
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from amlportal import demo, env
from amlportal.sandbox.reports import signing

HERE = str(Path(__file__))
WRONG = [
    ("ROOTS", "/no/such/root.pem", lambda: env.certificates("ROOTS")),
    ("ROOTS", HERE, lambda: env.certificates("ROOTS")),
    ("ROOTS", "/", lambda: env.certificates("ROOTS")),
    ("WORDS", ",", lambda: env.words("WORDS", ["one"])),
    ("HOSTS", "http://portal.example/", lambda: env.hosts("HOSTS", ["localhost"])),
    ("HOSTS", "portal.example:8000", lambda: env.hosts("HOSTS", ["localhost"])),
    ("ZONE", "Mars/Phobos", lambda: env.time_zone("ZONE", "Europe/Oslo")),
    ("ADDRESS", "http://localhost:99999", lambda: env.web_address("ADDRESS")),
    ("ADDRESS", "http://provider.example:abc", lambda: env.web_address("ADDRESS")),
    ("ADDRESS", "http://[::1", lambda: env.web_address("ADDRESS")),
    ("ADDRESS", "ftp://provider.example", lambda: env.web_address("ADDRESS")),
    ("ADDRESS", "https://portal.example/a b", lambda: env.web_address("ADDRESS")),
    ("ADDRESS", "https://user:word@provider.example", lambda: env.web_address("ADDRESS")),
    ("FOLDER", "/proc/nowhere", lambda: env.folder("FOLDER", Path("/tmp"))),  # noqa: S108 - never made
    ("FLAG", "perhaps", lambda: env.flag("FLAG", True)),
    ("WHOLE", "1.5", lambda: env.whole("WHOLE", 1)),
    ("WHOLE", "9", lambda: env.whole("WHOLE", 1, most=5)),
    ("SECONDS", "soon", lambda: env.seconds("SECONDS", 1)),
    ("CHOICE", "c", lambda: env.choice("CHOICE", "a", ["a", "b"])),
    ("DB", "mysql://h/db", lambda: env.database("DB", "")),
    ("DB", "sqlite:///no/such/folder/portal.sqlite3", lambda: env.database("DB", "")),
    ("DB", "postgresql://u:p@h:99999/db", lambda: env.database("DB", "")),
    ("DB", "postgresql://u:p@h", lambda: env.database("DB", "")),
    ("DB", "postgresql://u:p[ss@db/x", lambda: env.database("DB", "")),
]


@pytest.mark.parametrize(("name", "value", "read"), WRONG)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(
    name: str, value: str, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=rf"^{name}: "):
        read()  # type: ignore[operator]


# What a person types, and what is meant; spaces around it mean nothing.
TYPED: list[tuple[str, object, Callable[[], object]]] = [
    ("HTTPS://portal.example", "https://portal.example", lambda: env.web_address("NAME")),
    ("Https://Portal.Example:443/", "https://portal.example", lambda: env.web_address("NAME")),
    ("HTTP://LOCALHOST:80", "http://localhost", lambda: env.web_address("NAME")),
    ("https://portal.example:80/", "https://portal.example:80", lambda: env.web_address("NAME")),
    ("https://[2001:DB8::1]:443", "https://[2001:db8::1]", lambda: env.web_address("NAME")),
    ("https://portal.example:", "https://portal.example", lambda: env.web_address("NAME")),
    ("HTTPS://Auth.Example/auth/Realms/A/", "https://auth.example/auth/Realms/A", lambda: env.web_address("NAME")),
    ("Portal.EXAMPLE, .Other.example. [::1]", ["portal.example", ".other.example", "[::1]"],
     lambda: env.hosts("NAME", [])),
    ("ON", True, lambda: env.flag("NAME", False)),
    ("False", False, lambda: env.flag("NAME", True)),
    ("info", "INFO", lambda: env.choice("NAME", "ERROR", ["INFO", "ERROR"])),
    ("Client_Secret_Post", "client_secret_post", lambda: env.choice("NAME", "a", ["a", "client_secret_post"])),
    ("europe/OSLO", "Europe/Oslo", lambda: env.time_zone("NAME", "UTC")),
    ("7", 7, lambda: env.whole("NAME", 1)),
    ("2.5", 2.5, lambda: env.seconds("NAME", 1)),
    ("POSTGRESQL://u@h/Db", "Db", lambda: env.database("NAME", "")["NAME"]),
    ("", "https://x.example", lambda: env.web_address("NAME", "https://x.example")),
    ("", True, lambda: env.flag("NAME", True)),
]  # fmt: skip


@pytest.mark.parametrize(
    "read",
    [
        env.certificates,
        env.web_address,
        lambda name: env.hosts(name, ["localhost"]),
        lambda name: env.networks(name, ["127.0.0.1"]),
        lambda name: env.time_zone(name, "Europe/Oslo"),
        lambda name: env.flag(name, True),
        lambda name: env.whole(name, 1),
        lambda name: env.seconds(name, 1),
        lambda name: env.choice(name, "a", ["a", "b"]),
        lambda name: env.database(name, ""),
    ],
)
@pytest.mark.parametrize("value", ["https://anna:Geheim[8@h", "https://anna:Geheim@h:port", "h:p@ Geheim"])
def test_no_message_repeats_a_value(
    value: str, read: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: ") as refused:
        read("NAME")
    assert "Geheim" not in "".join(traceback.format_exception(refused.value))


def test_a_value_is_what_was_meant_however_it_was_typed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = []
    for typed, meant, read in TYPED:
        for value in (typed, f"  {typed}\t"):
            monkeypatch.setenv("NAME", value)
            wrong += [(value, found, meant)] if (found := read()) != meant else []
        if typed:
            (tmp_path / "held").write_text(f"\n {typed} \n")
            monkeypatch.setenv("NAME", " ")
            monkeypatch.setenv("NAME_FILE", f" {tmp_path / 'held'} ")
            wrong += [("from a file", found, meant)] if (found := read()) != meant else []
            monkeypatch.delenv("NAME_FILE")
    assert wrong == []


def test_spaces_alone_are_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "  ")
    with pytest.raises(env.MissingSetting, match=r"^KEY is not set"):
        env.secret("KEY", least=1)


def test_a_form_is_sent_from_the_origin_of_an_address_without_its_path() -> None:
    assert env.origin("https://portal.example:8443/aml") == "https://portal.example:8443"


def test_certificates_come_from_every_file_that_is_named_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (signing.make_authority(name) for name in ("One", "Other"))
    first, second = tmp_path / "first of two.pem", tmp_path / "second.pem"
    first.write_bytes(b"One and the other\n" + one.root_pem + other.root_pem)
    second.write_bytes(other.root_pem)
    monkeypatch.setenv("ROOTS", f" {first}, {second},")
    assert env.certificates("ROOTS") == [one.root_pem.decode(), other.root_pem.decode()]
    monkeypatch.setenv("ROOTS", "")
    assert env.certificates("ROOTS") == []


def test_a_key_among_certificates_is_refused_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing.kept_authority(tmp_path)
    monkeypatch.setenv("ROOTS", str(tmp_path / "authority.pem"))
    with pytest.raises(ImproperlyConfigured, match=r"^ROOTS: file 1 holds a private key"):
        env.certificates("ROOTS")


def test_the_demo_trusts_its_own_sandbox_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "SANDBOX_STATE", tmp_path / "sandbox")
    monkeypatch.setattr(demo, "ROOT_FILE", tmp_path / "sandbox" / "root.pem")
    demo.trust_the_sandbox()
    monkeypatch.setenv("ROOTS", demo.settings(8000, 8090, {})["AML_TRUST_ROOTS"])
    assert env.certificates("ROOTS") == [signing.kept_authority(tmp_path / "sandbox").root_pem.decode()]


@pytest.mark.parametrize(
    "value",
    [
        "hunter2",
        "x" * 50,
        "abababcd" * 6,
        "correct-horse-battery-staple-" * 2,
        "1234567" * 7,
        "django-insecure-4$k2l@v!x9q8w7e6r5t4y3u2i1o0p",
        "change-me-before-you-put-this-into-production",
        "Your secret key goes here, and it must be long",
    ],
)
def test_a_secret_that_can_be_guessed_is_refused_and_not_repeated(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", value)
    with pytest.raises(ImproperlyConfigured, match=r"^KEY: ") as refused:
        env.secret("KEY", least=32)
    assert value not in str(refused.value)


def test_a_password_of_a_database_address_that_cannot_be_read_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for password in ("Geheim[8", "Geheim\u2100"):  # a sign that is read as a/c
        monkeypatch.setenv("DB", f"postgresql://u:{password}@db/x")
        with pytest.raises(ImproperlyConfigured, match=r"^DB: not an address") as refused:
            env.database("DB", "")
        assert "Geheim" not in "".join(traceback.format_exception(refused.value))


def test_random_secrets_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for made in (secrets.token_urlsafe(48), secrets.token_hex(32), secrets.token_hex(16)):
        monkeypatch.setenv("KEY", made)
        assert env.secret("KEY", least=32) == made


def test_a_secret_may_come_from_a_file_but_not_from_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    monkeypatch.setenv("KEY_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match=r"^KEY_FILE: cannot read"):
        env.text("KEY")
    file.write_text("\n")
    with pytest.raises(ImproperlyConfigured, match=r"^KEY_FILE: the file is empty"):
        env.text("KEY")
    file.write_text("from the file\n")
    assert env.text("KEY") == "from the file"
    monkeypatch.setenv("KEY", "both")
    with pytest.raises(ImproperlyConfigured, match=r"^KEY: "):
        env.text("KEY")


def test_of_a_value_in_a_file_only_a_pair_of_quotes_around_it_is_taken_away(tmp_path: Path) -> None:
    written = {
        "abc'": "abc'",
        '"abc': '"abc',
        "'abc\"": "'abc\"",
        "'": "'",
        '"abc"': "abc",
        "'a b '": "a b ",
        "\"'abc'\"": "'abc'",
        "''": "",
        "": "",
    }
    file = tmp_path / "env"
    file.write_text("".join(f"N{number} = {value} \n" for number, value in enumerate(written)))
    assert [*env.read_file(file).values()] == [*written.values()]


def test_a_named_settings_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PORTAL_ENV_FILE: "):
        env.load_file(tmp_path / "none")


@pytest.mark.parametrize(
    ("words", "status"), [(["--help"], 0), (["-h"], 0), (["fast"], 2), (["--port", "1"], 2)]
)
def test_the_demo_says_how_it_is_used_and_starts_nothing(
    words: list[str], status: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "prepare", None)
    assert demo.main(words) == status
    printed = capsys.readouterr()
    assert "Usage: ./portal demo" in (printed.err if status else printed.out)


def test_the_demo_takes_the_port_it_is_given_or_says_that_it_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(demo.PortTaken, match=rf"^PORT: port {taken}"):
            demo.port_for("PORT", str(taken), 8000)
        assert demo.port_for("PORT", None, taken) > taken
    with pytest.raises(demo.PortTaken, match=r"^PORT: 'abc'"):
        demo.port_for("PORT", "abc", 8000)


def test_families_of_variables_are_forgotten_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ONE_KEY", "ONE_KEY_FILE", "TWO", "THREE_ONE_KEY"):
        monkeypatch.setenv(name, "x")
    env.forget(("ONE_", "TWO"))
    assert [env.raw(name) for name in ("ONE_KEY", "ONE_KEY_FILE", "TWO", "THREE_ONE_KEY")] == [
        None,
        None,
        None,
        "x",
    ]

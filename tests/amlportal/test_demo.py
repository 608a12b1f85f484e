"""What `./portal demo` takes from the environment, and what it leaves of it."""

import os
import re
from pathlib import Path

import pytest

from amlportal import demo

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"
# What the person at the keyboard likes, whichever portal it is.
STAYS = {"TIME_ZONE", "SESSION_HOURS", "SESSION_IDLE_MINUTES", "RECENT_CAPTURE_DAYS", "SANDBOX_PORT"}


def test_what_is_set_for_another_portal_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    names = re.findall(r"(?m)^#?([A-Z][A-Z0-9_]*)=", EXAMPLE.read_text(encoding="utf-8"))
    environment = {variable: "theirs" for name in names for variable in (name, f"{name}_FILE")}
    monkeypatch.setattr(os, "environ", environment)
    for step in ("trust_the_sandbox", "write_env_file", "manage"):
        monkeypatch.setattr(demo, step, lambda *words: None)
    values = demo.settings(8000, 8090, {})
    demo.prepare(values)
    kept = {variable: "theirs" for name in STAYS for variable in (name, f"{name}_FILE")}
    assert environment == {**kept, **values, "PORTAL_ENV_FILE": ""}


def test_web_and_sandbox_never_get_the_same_port(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[tuple[int, int]] = []

    def programs(_values: dict[str, str], web_port: int, sandbox_port: int) -> list[object]:
        started.append((web_port, sandbox_port))
        return []

    def interrupted(_values: dict[str, str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "is_free", lambda port: port != 8001)
    monkeypatch.setattr(demo, "make_private", lambda: None)
    monkeypatch.setattr(demo, "programs", programs)
    monkeypatch.setattr(demo, "prepare", interrupted)
    for named in ({}, {"PORT": "8090"}, {"SANDBOX_PORT": "8000"}, {"PORT": "8090", "SANDBOX_PORT": "8000"}):
        monkeypatch.setattr(os, "environ", named)
        assert demo.main([]) == 0
    assert started == [(8000, 8090), (8090, 8091), (8002, 8000), (8090, 8000)]
    monkeypatch.setattr(os, "environ", {"PORT": "8090", "SANDBOX_PORT": "8090"})
    assert demo.main([]) == 1
    assert capsys.readouterr().err.startswith("SANDBOX_PORT: 8090 is the port of the web")

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

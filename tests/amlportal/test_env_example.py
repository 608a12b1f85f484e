""".env.example can be copied as it is: what it shows as a default is the default."""

import os
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# LANGUAGES holds words that are translated when shown, which needs more than the settings.
SHOW = """
import amlportal.settings as s
print(*(f"{name}={getattr(s, name)!r}" for name in dir(s) if name.isupper() and name != "LANGUAGES"), sep="\\n")
"""


def _shown(env_file: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "PORTAL_ENV_FILE": str(env_file),
            "SECRET_KEY": "a-key-for-tests-only-that-is-long-enough",
            "VAR_DIR": str(env_file.parent),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _settings(env_file: Path) -> list[str]:
    shown = _shown(env_file)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout.splitlines()


def test_the_defaults_shown_are_the_defaults(tmp_path: Path) -> None:
    nothing, shown = tmp_path / "nothing", tmp_path / "shown"
    nothing.write_text("", encoding="utf-8")
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    given = re.sub(r"(?m)^#(?=[A-Z][A-Z0-9_]*=.)", "", example)
    assert given != example
    shown.write_text(given, encoding="utf-8")
    assert _settings(shown) == _settings(nothing)


def test_the_example_itself_is_a_settings_file(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    copied.write_bytes((PROJECT / ".env.example").read_bytes())
    assert "AML_WEBHOOKS=True" in _settings(copied)


def test_one_worker_alone_is_refused_because_it_may_be_busy_with_a_report(tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.write_text("QUEUE_WORKERS=1", encoding="utf-8")
    refused = _shown(alone)
    assert refused.returncode != 0
    assert "QUEUE_WORKERS: not between 2 and 64" in refused.stderr


def test_https_in_capitals_is_https(tmp_path: Path) -> None:
    typed = tmp_path / "typed"
    typed.write_text(
        "PORTAL_URL= HTTPS://Portal.example:443/ \nALLOWED_HOSTS=Portal.example\n", encoding="utf-8"
    )
    shown = _settings(typed)
    right = [
        "PORTAL_URL='https://portal.example'",
        "SECURE=True",
        "SESSION_COOKIE_SECURE=True",
        "CSRF_COOKIE_SECURE=True",
        "SECURE_SSL_REDIRECT=True",
        "SECURE_HSTS_SECONDS=31536000",
        "CSRF_TRUSTED_ORIGINS=['https://portal.example']",
        "ALLOWED_HOSTS=['portal.example']",
    ]
    assert [line for line in right if line not in shown] == []

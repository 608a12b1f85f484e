"""What is loaded before a process forks is safe to share, and what is heavy is loaded only where it is used."""

import json
import subprocess
import sys
from pathlib import Path

from tests.processes import environment

PROJECT = Path(__file__).resolve().parents[2]
# Each is loaded by a program of its own, or by whoever has set what needs it.
HEAVY = ["boto3", "cryptography", "joserfc", "lxml", "pyhanko", "reportlab", "weasyprint"]
AFTER = """
import gc, json, os, sys, threading
from amlportal import before_fork, gunicorn_conf
import {module}
gunicorn_conf.when_ready(None)
from django.db import connections
from django.template import engines
from django.urls import get_resolver
print(json.dumps({{
    "heavy": [name for name in {heavy} if name in sys.modules],
    "threads": threading.active_count(),
    "connected": [one.alias for one in connections.all(initialized_only=True) if one.connection],
    "sockets": sum(os.readlink(f"/proc/self/fd/{{fd}}").startswith("socket:") for fd in os.listdir("/proc/self/fd")
        if fd not in "012" and os.path.exists(f"/proc/self/fd/{{fd}}")),
    "is_shared": [gunicorn_conf.preload_app, gc.get_freeze_count() > 100_000, gc.isenabled()],
    "addresses": "cases.web.case_page.views" in sys.modules,
    "templates": len(engines["django"].engine.template_loaders[0].get_template_cache),
}}))
"""


def test_the_web_shares_what_is_loaded_and_neither_connection_nor_thread() -> None:
    program = AFTER.format(module="amlportal.wsgi", heavy=HEAVY)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(ran.stdout)
    assert found.pop("templates") >= len([*(PROJECT / "templates").rglob("*.html")])
    assert found == {
        "heavy": [],
        "threads": 1,
        "connected": [],
        "sockets": 0,
        "is_shared": [True, True, True],
        "addresses": True,
    }

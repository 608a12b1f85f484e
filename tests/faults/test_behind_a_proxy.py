"""What a proxy keeps out stays out, whatever a request says of itself."""

import json
import subprocess
from pathlib import Path

import pytest
import requests

from amlportal.chaos import stack
from amlportal.chaos.stack import MANAGE
from tests.faults import proxy

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]
LIES = [
    {"SCRIPT_NAME": "/hooks"},
    {"PATH_INFO": "/login/"},
    {"SCRIPT_NAME": "/hooks", "PATH_INFO": "/login/"},
    {"X-Script-Name": "/hooks", "X-Forwarded-Prefix": "/hooks"},
]


def test_the_way_for_webhooks_leads_to_webhooks_alone(own_database: str, tmp_path: Path) -> None:
    with (
        stack.running(tmp_path, more={"BEHIND_PROXY": "on"}) as whole,
        proxy.in_front_of(whole.web, tmp_path) as outside,
    ):
        assert requests.get(f"{outside}/login/", timeout=20).status_code == 403
        assert requests.post(f"{outside}/hooks/aml/nobody", data="{}", timeout=20).status_code == 200
        answers = [
            requests.get(
                f"{outside}/hooks/{page}", headers=lie, allow_redirects=False, timeout=20
            ).status_code
            for lie in LIES
            for page in ("login/", "healthz", "", "cases/")
        ]
        assert set(answers) == {404}
        examined = subprocess.run(
            [*MANAGE, "doctor", "--json"], env=whole.environment, capture_output=True, text=True, check=False
        )
        told = [each for each in json.loads(examined.stdout)["findings"] if each["subject"] == "web"]
        assert [each["verdict"] for each in told] == ["ok"], told

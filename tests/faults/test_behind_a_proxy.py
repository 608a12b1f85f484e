"""What a proxy keeps out stays out, whatever a request says of itself; and slow clients hold nobody up."""

import json
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from axes.models import AccessAttempt

from amlportal.chaos import stack
from amlportal.chaos.stack import MANAGE
from tests import factories
from tests.faults import proxy

pytestmark = [pytest.mark.faults, pytest.mark.one_database, pytest.mark.timeout(280)]
SLOW, ANOTHER = "127.0.0.2", "127.0.0.3"  # loopback has many addresses; the proxy's is 127.0.0.1
SLOW_SECONDS = 20.0  # longer than nginx waits for a head, and than the portal waits for a body
LONGEST_ANSWER = 10.0  # seconds; a machine that is busy with other tests too
LIES = [
    {"SCRIPT_NAME": "/hooks"},
    {"PATH_INFO": "/login/"},
    {"SCRIPT_NAME": "/hooks", "PATH_INFO": "/login/"},
    {"X-Script-Name": "/hooks", "X-Forwarded-Prefix": "/hooks"},
]


def test_the_way_for_webhooks_leads_to_webhooks_alone(own_database: str, tmp_path: Path) -> None:
    with (
        stack.running(tmp_path, more={"BEHIND_PROXY": "on"}) as whole,
        proxy.in_front_of(whole.web, tmp_path, for_people=False) as outside,
        outside.visitor() as stranger,
    ):
        assert stranger.get(f"{outside.address}/login/").status_code == 403
        assert stranger.post(f"{outside.address}/hooks/aml/nobody", data="{}").status_code == 200
        answers = [
            stranger.get(f"{outside.address}/hooks/{page}", headers=lie, allow_redirects=False).status_code
            for lie in LIES
            for page in ("login/", "healthz", "", "cases/")
        ]
        assert set(answers) == {404}
        examined = subprocess.run(
            [*MANAGE, "doctor", "--json"], env=whole.environment, capture_output=True, text=True, check=False
        )
        findings = [load for load in json.loads(examined.stdout)["findings"] if load["subject"] == "web"]
        assert [item["verdict"] for item in findings] == ["ok"], findings


def test_forty_clients_at_a_byte_a_second_hold_up_nobody(own_database: str, tmp_path: Path) -> None:
    with (
        stack.running(tmp_path, more={"BEHIND_PROXY": "on"}) as whole,
        proxy.in_front_of(whole.web, tmp_path) as outside,
        outside.visitor(SLOW) as slow,
        outside.visitor() as quick,
        ExitStack() as lines,
    ):
        forms = [slow.drip(lines, path) for path in ("/login/", "/hooks/aml/nobody") for _ in range(20)]
        ends = time.monotonic() + SLOW_SECONDS
        took = []
        while time.monotonic() < ends:
            for line in forms:
                line.sendall(b"x")
            began = time.monotonic()
            assert quick.get(f"{outside.address}/login/").status_code == 200
            took.append(time.monotonic() - began)
            time.sleep(1)
        assert max(took) < LONGEST_ANSWER, took
        assert "nobody" not in (tmp_path / "hooks.log").read_text()


def test_wrong_passwords_are_counted_by_the_address_that_the_proxy_saw(
    own_database: str, tmp_path: Path
) -> None:
    factories.kari()
    with (
        stack.running(tmp_path, more={"BEHIND_PROXY": "on"}) as whole,
        proxy.in_front_of(whole.web, tmp_path) as outside,
        outside.visitor(SLOW) as guesser,
        outside.visitor(ANOTHER) as kari,
    ):
        guesses = [guesser.sign_in("kari", f"guess {number}", f"192.0.2.{number}") for number in range(11)]
        assert guesses == [200] * 9 + [429] * 2
        assert kari.sign_in("kari", "typed wrongly") == 200
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {SLOW, ANOTHER}

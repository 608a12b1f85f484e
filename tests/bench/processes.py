"""What the portal's processes take, idle: .venv/bin/python -m tests.bench.processes

`manage.py serve` on a database of its own. CPU seconds are told when all is up, and memory after some pages: PSS shares
out what processes have in common, private is what ends with the process. Bare: a Python, and one with Django set up.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from amlportal.chaos.stack import free_port
from tests import databases
from tests.bench import place

BARE = {
    "bare Python": "pass",
    "bare Django": "import django; from django.conf import settings; settings.configure(); django.setup()",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the portal's processes.")
    parser.add_argument(
        "--seconds", type=float, default=20, help="for how long they idle before they are measured"
    )
    asked = parser.parse_args()
    print(f"{'':34}{'CPU, s':>8}{'RSS, MB':>9}{'PSS, MB':>9}{'private':>9}")
    for title, words in BARE.items():
        bare(title, words)
    with place.of_its_own(), tempfile.TemporaryDirectory() as folder:
        served(Path(folder), asked.seconds)


def bare(title: str, words: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", f"{words}; import time; time.sleep(60)"])
    time.sleep(2)
    show(title, process.pid)
    process.kill()
    process.wait()


def served(folder: Path, seconds: float) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": databases.address(),
        "VAR_DIR": str(folder),
        "PORT": str(port),
    }
    environment |= {"PORTAL_URL": f"http://127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "amlportal.settings"}
    serve = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        began = time.monotonic()
        while not answers(f"http://127.0.0.1:{port}/login/"):
            time.sleep(0.05)
        print(f"the first page came after {time.monotonic() - began:.1f} s")
        for _ in range(20):
            answers(f"http://127.0.0.1:{port}/login/")
        time.sleep(seconds)
        total = 0.0
        for pid, title in [*below(serve.pid)]:
            total += show(title, pid)
        print(f"{'all together':51}{total:9.0f}")
    finally:
        serve.send_signal(signal.SIGTERM)
        serve.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - an address of ours
            return bool(answer.status == 200)
    except OSError:
        return False


def below(pid: int, depth: int = 0) -> "list[tuple[int, str]]":
    """A process and all below it, each as it is called, set in by how far it is below."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    words = [word for word in command[1:] if not word.startswith("-") and "/" not in word]
    found = [(pid, "  " * depth + " ".join(words)[:24])]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += below(int(child), depth + 1)
    return found


def show(title: str, pid: int) -> float:
    """Print what a process takes, and give its PSS in MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = {name: int(value) for name, value in re.findall(r"^(\w+): +(\d+) kB", text, re.MULTILINE)}
    private = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    rss, pss, own = (value / 1024 for value in (kilobytes["Rss"], kilobytes["Pss"], private))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    print(f"{title:34}{cpu:8.2f}{rss:9.0f}{pss:9.0f}{own:9.0f}")
    return pss


if __name__ == "__main__":
    main()

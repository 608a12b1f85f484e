"""./portal sets up what is missing, once, and mends what a broken-off run left. Python, pip and apt are stand-ins."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]

PYTHON = """#!/bin/sh
echo "python $*" >>"$CALLS"
env | grep ^PYTHON >>"$CALLS.environment"
case "$1 $2" in
--version*) echo "Python 3.11.2" ;;
"-c import sys; sys.exit(sys.version_info < (3, 11))") exit "${OLD:-0}" ;;
"-c import ensurepip, venv") exit "${NO_VENV:-0}" ;;
"-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
"-m pip") sleep "${PIP_SECONDS:-0}"; echo "pip says why" >&2; exit "${PIP_FAILS:-0}" ;;
esac
"""
DPKG_QUERY = '#!/bin/sh\n[ -e "$INSTALLED" ] && echo installed\n'
APT_GET = '#!/bin/sh\necho "apt-get $*" >>"$CALLS"\ncase "$*" in *install*) : >"$INSTALLED" ;; esac\n'
ID = '#!/bin/sh\necho "${WHO:-0}"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with the script, and programs of ours in front of the system's; Debian's packages are installed."""
    project = tmp_path / "a folder"
    programs = tmp_path / "bin"
    for place in (project, programs):
        place.mkdir()
    shutil.copy(PROJECT / "portal", project)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (project / name).write_text("x==1\n", encoding="utf-8")
    for name, text in {
        "python3": PYTHON,
        "dpkg-query": DPKG_QUERY,
        "apt-get": APT_GET,
        "id": ID,
    }.items():
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    (tmp_path / "installed").touch()
    return project


def _environment(folder: Path, changes: dict[str, str]) -> dict[str, str]:
    beside = folder.parent
    return {
        "PATH": f"{beside / 'bin'}:{os.environ['PATH']}",
        "CALLS": str(beside / "calls"),
        "INSTALLED": str(beside / "installed"),
        "TMPDIR": str(beside),
        **changes,
    }


@pytest.fixture
def portal(folder: Path) -> Run:
    def run(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [folder / "portal", *words],
            cwd="/",
            env=_environment(folder, changes),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def _calls(folder: Path, program: str) -> list[str]:
    log = folder.parent / "calls"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [line for line in lines if program in line]


def test_alone_it_lists_what_it_can_do_and_makes_nothing(portal: Run, folder: Path) -> None:
    listed = portal()
    assert listed.returncode == 0
    assert all(command in listed.stdout for command in ("demo", "serve", "test", "check", "manage", "setup"))
    assert not (folder / ".venv").exists()


def test_a_command_it_does_not_know_is_refused(portal: Run, folder: Path) -> None:
    refused = portal("frobnicate")
    assert refused.returncode == 1
    assert "frobnicate" in refused.stderr
    assert not (folder / ".venv").exists()


def test_a_python_too_old_is_named(portal: Run, folder: Path) -> None:
    refused = portal("setup", OLD="1")
    assert refused.returncode == 1
    assert "Python 3.11 or newer is needed" in refused.stderr
    assert not (folder / ".venv").exists()


def test_the_second_start_installs_nothing(portal: Run, folder: Path) -> None:
    assert portal("setup").returncode == 0
    assert portal("manage", "doctor", "--fix").returncode == 0
    assert len(_calls(folder, "-m pip install")) == 1
    assert _calls(folder, "manage.py") == ["python manage.py doctor --fix"]


def test_changed_requirements_are_installed(portal: Run, folder: Path) -> None:
    portal("setup")
    (folder / "requirements.txt").write_text("x==2\n", encoding="utf-8")
    portal("setup")
    assert len(_calls(folder, "-m pip install")) == 2
    assert len(_calls(folder, "-m venv")) == 1


def test_hashes_are_demanded(portal: Run, folder: Path) -> None:
    portal("setup")
    assert "--require-hashes" in _calls(folder, "-m pip install")[0]


def test_a_failing_pip_says_why_and_the_next_run_begins_anew(portal: Run, folder: Path) -> None:
    failed = portal("setup", PIP_FAILS="1")
    assert failed.returncode == 1
    assert "pip says why" in failed.stderr
    (folder / ".venv" / "half a package").touch()
    assert portal("setup").returncode == 0
    assert not (folder / ".venv" / "half a package").exists()


def test_a_venv_whose_python_is_gone_is_made_anew(portal: Run, folder: Path) -> None:
    portal("setup")
    (folder / ".venv/bin/python").unlink()
    (folder / ".venv/bin/python").symlink_to("/nowhere/python3")
    assert portal("setup").returncode == 0
    assert len(_calls(folder, "-m venv")) == 2


def test_two_at_once_install_once(folder: Path) -> None:
    both = [
        subprocess.Popen(
            [folder / "portal", "setup"],
            env=_environment(folder, {"PIP_SECONDS": "1"}),
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    assert len(_calls(folder, "-m pip install")) == 1


def test_whoever_is_not_root_is_shown_the_line_to_run(portal: Run, folder: Path) -> None:
    (folder.parent / "installed").unlink()
    shown = portal("demo", WHO="1000", NO_VENV="1")
    assert shown.returncode == 1
    assert "apt-get install -y --no-install-recommends python3-venv libpango-1.0-0" in shown.stderr
    assert not _calls(folder, "apt-get")
    assert not (folder / ".venv").exists()


def test_root_gets_the_packages_installed(portal: Run, folder: Path) -> None:
    (folder.parent / "installed").unlink()
    assert portal("setup").returncode == 0
    (installing,) = _calls(folder, "apt-get")
    assert "libpango-1.0-0" in installing
    assert "chromium" not in installing


def test_further_words_go_to_pytest(portal: Run, folder: Path) -> None:
    portal("test", "-k", "a webhook", "-x")
    (tested,) = _calls(folder, "-m pytest")
    assert tested.endswith("-k a webhook -x")
    assert "-n auto" in tested


@pytest.mark.parametrize("words", [("-n", "0"), ("-n3",), ("-p", "no:xdist"), ("--pdb",)])
def test_who_says_how_to_run_is_obeyed(words: tuple[str, ...], portal: Run, folder: Path) -> None:
    portal("test", *words)
    assert _calls(folder, "-m pytest") == [f"python -m pytest {' '.join(words)}"]


def test_what_the_environment_says_to_python_is_not_said_to_ours(portal: Run, folder: Path) -> None:
    variables = {"PYTHONPATH": "/elsewhere", "PYTHONHOME": "/elsewhere", "PYTHONDONTWRITEBYTECODE": "1"}
    portal("setup", **variables)
    calls = folder.parent / "calls.environment"
    calls.unlink()
    portal("manage", "doctor", **variables)
    assert _calls(folder, "manage.py doctor")
    assert [
        line for line in calls.read_text(encoding="utf-8").splitlines() if line.split("=")[0] in variables
    ] == []


def test_a_failing_command_fails(portal: Run, folder: Path) -> None:
    portal("setup")
    python = folder / ".venv/bin/python"
    python.write_text(
        python.read_text(encoding="utf-8") + '[ "$1" != manage.py ] || exit 7\n', encoding="utf-8"
    )
    assert portal("manage", "doctor").returncode == 7


def test_it_works_through_a_link_and_from_anywhere(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder / "portal")
    subprocess.run([link, "setup"], cwd="/", env=_environment(folder, {}), check=True, timeout=60)
    assert (folder / ".venv/installed").exists()

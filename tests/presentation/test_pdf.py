"""What is made into a PDF fetches nothing, embeds nothing and runs within limits, in a process of its own."""

import errno
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cases.presentation.paper import pdf_process
from cases.presentation.paper.pdf_process import NotPrinted, TooLarge
from tests.presentation.printed import of_html, one_spaced

SECRET = "what-stands-in-a-file-of-this-machine"
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60.25)"]


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body><p>Seen</p>{body}</body></html>'


@pytest.fixture
def listener() -> Iterator["Listener"]:
    found = Listener()
    yield found
    found.server.shutdown()


class Listener:
    """A web server that remembers what it was asked for, and gives all of it."""

    def __init__(self) -> None:
        asked = self.asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRET.encode())

            def log_message(self, *_words: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_no_construct_makes_it_fetch_or_embed_anything(tmp_path: Path, listener: Listener) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    drawing = tmp_path / "drawing.svg"
    drawing.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text y="20">{SECRET}</text></svg>')
    constructs, heads = [], []
    for number, url in enumerate((listener.url, secret.as_uri(), drawing.as_uri(), "secret.txt")):
        at = f"{url}/{number}" if url == listener.url else url
        heads += [
            f'<link rel="attachment" href="{at}" title="a">',
            f'<link rel="stylesheet" href="{at}">',
            f'<style>@import url("{at}"); @import "{at}" print; body {{ background: url("{at}") }}'
            f'p::before {{ content: url("{at}") }} li {{ list-style-image: url("{at}") }}'
            f'@font-face {{ font-family: F{number}; src: url("{at}"), local("DejaVu Sans") }}'
            f'p {{ border-image-source: url("{at}"); font-family: F{number}, sans-serif; mask-image: url("{at}") }}'
            f'@page {{ background: url("{at}"); @top-left {{ content: url("{at}") }} }}</style>',
        ]
        constructs += [
            f'<img src="{at}" alt="x"><img srcset="{at} 2x" alt="x"><object data="{at}" type="image/svg+xml"></object>',
            f'<embed src="{at}"><iframe src="{at}"></iframe><video src="{at}" poster="{at}"></video>',
            f'<a rel="attachment" href="{at}">x</a><input type="image" src="{at}"><ul><li>x</li></ul>',
            f'<svg width="9" height="9"><image href="{at}" width="9" height="9"/><use href="{at}#x"/>'
            f'<style>@import "{at}"; text {{ fill: url("{at}#x") }}</style><text>x</text></svg>',
        ]
    heads.append(f'<base href="{tmp_path.as_uri()}/">')
    pdf = of_html(page("".join(constructs), "".join(heads)), tmp_path)
    assert listener.asked == []
    assert "Seen" in pdf.text
    data = pdf.data
    assert SECRET.encode() not in data
    assert SECRET not in pdf.text
    assert b"/EmbeddedFile" not in data
    assert b"/JavaScript" not in data


def test_the_fetcher_gives_our_fonts_and_nothing_else(tmp_path: Path) -> None:
    ask = (
        "import sys; from cases.presentation.paper import pdf\n"
        "ours = pdf.OurFilesOnly()\n"
        "font = sorted(pdf.FONTS.glob('*.woff2'))[0]\n"
        "assert ours(font.as_uri()).read() == font.read_bytes()\n"
        "for url in [pdf.STYLES.as_uri(), 'file:///etc/passwd', font.as_uri() + '/../../../report.css',\n"
        "            font.as_uri() + '?x', 'data:text/plain,x', 'http://127.0.0.1/', 'ftp://127.0.0.1/']:\n"
        "    for call in (ours, ours.fetch, ours.open):\n"
        "        try: call(url)\n"
        "        except PermissionError: continue\n"
        "        sys.exit(url)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=pdf_process.PROJECT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_same_html_gives_the_same_bytes_tagged_for_people_who_have_it_read_to_them(
    tmp_path: Path,
) -> None:
    html = page("<h1>Ærlig talt</h1>", '<meta name="dcterms.created" content="2026-11-25T12:00:00+01:00">')
    one = of_html(html, tmp_path)
    first = one.path.read_bytes()
    assert of_html(html, tmp_path).path.read_bytes() == first
    about = one_spaced(one.about())
    assert one.is_sound
    assert "Title: T " in about
    assert "Tagged: yes" in about
    data = one.data
    assert b"pdfuaid:part" in data
    assert b"/Lang (en)" in data
    assert b"/Outlines" in data


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_program_that_takes_too_long_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TooLarge), pdf_process.printed(page(""), tmp_path, lambda: None, SLEEPER, 0.2):
        pass
    assert left(tmp_path) == []


def test_whoever_has_lost_the_right_to_make_it_ends_the_program(tmp_path: Path) -> None:
    def beat() -> None:
        if sleepers():
            raise KeyError

    with pytest.raises(KeyError), pdf_process.printed(page(""), tmp_path, beat, SLEEPER):
        pass
    assert left(tmp_path) == []
    assert sleepers() == []


def sleepers() -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if SLEEPER[2].encode() in (folder / "cmdline").read_bytes():
                found.append(folder.name)
    return found


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("import os; os.kill(os.getpid(), 9)", TooLarge),
        ("import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass", TooLarge),
        ('print(\'{"problem": "MemoryError"}\')', TooLarge),
        ('print(\'{"problem": "KeyError"}\'); raise SystemExit(1)', NotPrinted),
        ("", NotPrinted),
        ("print('Kari Nordmann')", NotPrinted),
    ],
)
def test_what_goes_wrong_in_the_program_is_told_by_its_kind(
    code: str, problem: type[Exception], tmp_path: Path
) -> None:
    with (
        pytest.raises(NotPrinted) as raised,
        pdf_process.printed(page(""), tmp_path, lambda: None, [sys.executable, "-c", code]),
    ):
        pass
    assert type(raised.value) is problem
    assert "Kari" not in str(raised.value)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, OSError), (errno.EAGAIN, BlockingIOError), (errno.EFBIG, TooLarge)]
)
def test_what_the_machine_lacked_in_the_program_is_told_from_what_is_too_large(
    number: int, kind: type[Exception], tmp_path: Path
) -> None:
    code = f'print(\'{{"problem": "OSError", "errno": {number}}}\'); raise SystemExit(1)'
    with (
        pytest.raises(kind) as raised,
        pdf_process.printed(page(""), tmp_path, lambda: None, [sys.executable, "-c", code]),
    ):
        pass
    assert type(raised.value) is kind
    assert getattr(raised.value, "errno", errno.EFBIG) == number
    assert left(tmp_path) == []


def test_the_program_says_what_its_machine_lacked(tmp_path: Path) -> None:
    source, nowhere = tmp_path / "in.html", tmp_path / "away" / "out.pdf"
    source.write_text(page(""), encoding="utf-8")
    with subprocess.Popen(
        [*pdf_process.PROGRAM, source, nowhere], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        output = child.stdout.read()
    assert json.loads(output) == {"problem": "FileNotFoundError", "errno": errno.ENOENT}


def test_the_program_knows_no_settings_and_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    code = "import os, json; print(json.dumps({'problem': ','.join(sorted(os.environ))[:40]})); raise SystemExit(1)"
    with (
        pytest.raises(NotPrinted) as raised,
        pdf_process.printed(page(""), tmp_path, lambda: None, [sys.executable, "-c", code]),
    ):
        pass
    assert "SECRET" not in raised.value.problem


def test_the_program_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """The parent starts it as the portal does, and is killed while it waits for a document that never comes."""
    fifo, target = tmp_path / "never.html", tmp_path / "out.pdf"
    os.mkfifo(fifo)
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from cases.presentation.paper import pdf_process as printing\n"
            f"printing._run([*printing.PROGRAM, {str(fifo)!r}, {str(target)!r}], lambda: None, 60)",
        ],
        cwd=pdf_process.PROJECT,
    )
    try:
        writer = os.open(fifo, os.O_WRONLY)  # comes back when the program has opened its end
        parent.kill()
        parent.wait()
        ends = time.monotonic() + 20
        while _is_read(writer) and time.monotonic() < ends:
            time.sleep(0.05)
        assert not _is_read(writer)
        os.close(writer)
    finally:
        parent.kill()
        parent.wait()


def _is_read(writer: int) -> bool:
    try:
        os.write(writer, b" ")
    except BrokenPipeError:
        return False
    return True


def test_the_web_does_not_import_weasyprint() -> None:
    ask = "import django, sys; django.setup(); import cases.urls; sys.exit('weasyprint' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    assert (
        subprocess.run(
            [sys.executable, "-c", ask], cwd=pdf_process.PROJECT, env=environment, check=False
        ).returncode
        == 0
    )

"""The frame and its parts in a real browser: accessible, never wider than the page, and niceties that help."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

STATIC = Path(settings.BASE_DIR) / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'"
)
SERVED_AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
SAMPLER = Path(__file__).with_name("sampler.html")


class Order(forms.Form):
    identifier = forms.CharField(
        help_text="Nine digits", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.ChoiceField(choices=[("org", "Organisation"), ("duns", "DUNS")], widget=forms.RadioSelect)
    purpose = forms.CharField(widget=forms.Textarea, required=False)
    sure = forms.BooleanField()


class Somebody:
    is_authenticated = is_staff = True

    def get_full_name(self) -> str:
        return "Kari Nordmann"

    def get_username(self) -> str:
        return "kari"


def sampler() -> str:
    request = RequestFactory().get("/", {"page": 2})
    return (
        engines["django"]
        .from_string(SAMPLER.read_text())
        .render(
            {
                "user": Somebody(),
                "may": {"view_case": True},
                "queue_warning": "Nothing is being worked on.",
                "colours": ["neutral", "info", "success", "warning", "danger"],
                "chips": [{"label": "Country: Finland", "url": "?"}],
                "page_obj": Paginator(range(130), 50).page(2),
                "expires": SERVED_AT + dt.timedelta(minutes=5),
                "form": Order({"identifier": ""}),
            },
            request,
        )
    )


@pytest.fixture
def open_sampler(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open the sampler in a context of the given traits; everything it asks for comes from static/ or is refused."""
    contexts = []
    html = re.sub(r'data-now="[^"]*"', f'data-now="{SERVED_AT.isoformat()}"', sampler(), count=1)

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = STATIC / path.removeprefix("/static/")
        if path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=204)

    def opened(**traits: Any) -> Page:
        context = chromium.new_context(**traits)
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto("http://portal.example/")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1024, 1440])
def test_no_rule_of_accessibility_is_broken_and_the_page_is_never_wider_than_the_window(
    open_sampler: Callable[..., Page], width: int, scheme: str
) -> None:
    page = open_sampler(viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert page.complaints == []


def test_the_narrow_menu_opens_without_javascript(open_sampler: Callable[..., Page]) -> None:
    page = open_sampler(viewport={"width": 360, "height": 700}, java_script_enabled=False)
    name = page.get_by_text("Kari Nordmann").last
    assert not name.is_visible()
    page.get_by_text("Menu", exact=True).click()
    assert name.is_visible()


def test_a_form_is_sent_once_with_the_value_of_its_button(open_sampler: Callable[..., Page]) -> None:
    page = open_sampler()
    sent: list[str | None] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    page.evaluate(
        "() => { const button = document.querySelector('.push button'); button.click(); button.click(); }"
    )
    page.wait_for_selector(".push button[aria-busy=true]:disabled")
    page.evaluate("document.querySelector('.push form').requestSubmit()")
    page.wait_for_timeout(100)
    assert sent == ["do=propose"]


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_sampler: Callable[..., Page]) -> None:
    page = open_sampler()
    page.click(".more > summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('.more').open")
    assert page.evaluate("document.activeElement.matches('.more > summary')")
    page.click(".more > summary")
    page.click("h1")
    assert not page.evaluate("document.querySelector('.more').open")


def test_a_deadline_counts_down_by_the_servers_clock(open_sampler: Callable[..., Page]) -> None:
    page = open_sampler()
    page.clock.install(time="2020-01-01T08:00:00Z")  # this machine's clock is years behind
    page.reload()
    left = page.locator("#left")
    # The clock goes on while this machine is busy: up to twenty seconds late is no fault of the page.
    expect(left).to_have_text(re.compile(r"^(5 min 0 s|4 min [45]\d s)$"))
    page.clock.fast_forward("04:10")
    expect(left).to_have_text(re.compile(r"^(50|[2-4]\d)( s)?$"))
    page.clock.fast_forward("01:00")
    expect(left).to_have_text("over")


def test_focus_in_the_sticky_strip_does_not_throw_the_page_about(open_sampler: Callable[..., Page]) -> None:
    page = open_sampler(viewport={"width": 1440, "height": 700})
    page.evaluate("window.scrollTo(0, 400)")
    before = page.evaluate("window.scrollY")
    assert before > 100
    page.evaluate("document.querySelector('.tabs a').focus()")
    assert page.evaluate("window.scrollY") == before
    assert page.locator(".strip").bounding_box()["height"] < 120

"""The frame around every page, and the small parts pages are made of."""

import datetime as dt

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import include, path
from django.utils.html import format_html

from tests.findings.reading import one_spaced

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]
NAVIGATION = ["my_work", "cases", "new_case", "provider", "admin"]


def nowhere(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    *[
        path(f"at/{name}/", nowhere, name=name)
        for name in [*NAVIGATION[:4], "login", "taken_along", "logout"]
    ],
    path("at/admin/", include(([path("", nowhere, name="index")], "admin"))),
]
here = override_settings(ROOT_URLCONF=__name__)


class Somebody:
    is_authenticated = True

    def __init__(self, *, is_staff: bool = False) -> None:
        self.is_staff = is_staff

    def get_full_name(self) -> str:
        return "Kari <Nordmann>"

    def get_username(self) -> str:
        return "kari"


class Order(forms.Form):
    identifier = forms.CharField(help_text="Nine digits")
    kind = forms.ChoiceField(choices=[("org", "Organisation"), ("duns", "DUNS")], widget=forms.RadioSelect)
    purpose = forms.CharField(required=False)
    sure = forms.BooleanField(help_text="Only if you are")


def shown(source: str, request: HttpRequest | None = None, **context: object) -> str:
    return engines["django"].from_string(source).render(context, request)


def frame(nav: str = "", rights: tuple[str, ...] = (), **context: object) -> str:
    return render_to_string("base.html", {"nav": nav, "may": dict.fromkeys(rights, True), **context})


@pytest.mark.parametrize("template", ERRORS)
def test_an_error_page_needs_nothing_at_all(template: str) -> None:
    html = render_to_string(template)
    assert "<h1>" in html
    assert 'href="/"' in html


def test_the_frame_stands_for_somebody_who_is_not_signed_in() -> None:
    html = frame(user=AnonymousUser())
    assert 'class="skip" href="#main"' in html
    assert "Sign out" not in html


@here
@pytest.mark.parametrize(
    ("rights", "staff", "seen"),
    [
        ((), False, set()),
        (("view_case",), False, {"my_work", "cases"}),
        (("view_case", "open_case"), False, {"my_work", "cases", "new_case"}),
        (("view_provider",), False, {"provider"}),
        ((), True, {"admin"}),
    ],
)
def test_the_navigation_shows_only_what_the_person_may_open(
    rights: tuple[str, ...], staff: bool, seen: set[str]
) -> None:
    html = frame(rights=rights, user=Somebody(is_staff=staff))
    assert {name for name in NAVIGATION if f'href="/at/{name}/"' in html} == seen


@here
def test_the_navigation_marks_the_page_one_is_on() -> None:
    html = one_spaced(frame("cases", rights=("view_case",), user=Somebody()))
    assert html.count('href="/at/cases/" aria-current="page"') == 2  # at the side, and in the narrow menu
    assert html.count("aria-current") == 2


@here
def test_signing_out_is_a_form_that_posts_and_the_name_is_text() -> None:
    html = frame(user=Somebody())
    assert 'method="post" action="/at/logout/"' in html
    assert "Kari &lt;Nordmann&gt;" in html
    assert "<Nordmann>" not in html


def test_a_silent_queue_is_said_on_every_page_and_an_active_one_is_not() -> None:
    assert "Nothing is being &lt;fetched&gt;" in frame(queue_warning="Nothing is being <fetched>")
    assert "banner" not in frame(queue_warning="")


def test_htmx_may_not_evaluate_style_or_leave_the_site() -> None:
    html = frame()
    for setting in ('"includeIndicatorStyles":false', '"allowEval":false', '"selfRequestsOnly":true'):
        assert setting in html


def test_a_field_ties_its_label_help_and_error_to_the_control() -> None:
    form = Order({"identifier": ""})
    html = shown('{% include "components/forms/_field.html" %}', field=form["identifier"])
    assert '<label for="id_identifier">' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_identifier_helptext id_identifier_error"' in html
    assert 'id="id_identifier_helptext"' in html
    assert 'id="id_identifier_error"' in html
    assert "This field is required." in html


def test_radio_buttons_stand_in_a_fieldset_with_their_question() -> None:
    html = one_spaced(shown('{% include "components/forms/_field.html" %}', field=Order()["kind"]))
    assert "<legend> Kind </legend>" in html


def test_a_tick_has_its_label_after_it_and_says_optional_only_when_it_is() -> None:
    html = shown('{% include "components/forms/_field.html" %}', field=Order()["sure"])
    assert html.index("<input") < html.index("<label")
    assert "(optional)" not in html
    assert "(optional)" in shown('{% include "components/forms/_field.html" %}', field=Order()["purpose"])


def test_a_warning_at_a_field_is_text_and_does_not_make_it_wrong() -> None:
    source = '{% include "components/forms/_field.html" with warning=warning %}'
    html = shown(source, field=Order()["identifier"], warning="Odd <digit>")
    assert "Odd &lt;digit&gt;" in html
    assert "aria-invalid" not in html


def test_a_help_text_is_escaped_unless_django_itself_made_it() -> None:
    field = Order()["identifier"]
    field.help_text = "<b>bold</b>"
    assert "&lt;b&gt;" in shown('{% include "components/forms/_field.html" %}', field=field)
    field.help_text = format_html("<ul><li>{}</li></ul>", "long")
    assert "<li>long</li>" in shown('{% include "components/forms/_field.html" %}', field=field)


def test_the_summary_of_errors_counts_them_and_links_to_each_field() -> None:
    form = Order({"kind": "org"})
    html = shown('{% include "components/forms/_error_summary.html" %}', form=form)
    assert "2 things must be put right" in html
    assert 'href="#id_identifier"' in html
    assert 'href="#id_sure"' in html
    assert not shown('{% include "components/forms/_error_summary.html" %}', form=Order()).strip()


def test_paging_keeps_the_rest_of_the_query_and_always_says_the_count() -> None:
    request = RequestFactory().get("/cases/?state=new&q=berg&page=2")
    request.user = AnonymousUser()
    source = '{% include "components/_pagination.html" %}'
    html = shown(source, request=request, page_obj=Paginator(range(130), 50).page(2))
    assert "51–100 of 130" in html
    assert "Page 2 of 3" in html
    assert 'href="?state=new&amp;q=berg&amp;page=3"' in html
    assert 'href="?state=new&amp;q=berg&amp;page=1"' in html
    assert "0 of 0" in shown(source, request=request, page_obj=Paginator([], 50).page(1))


def test_a_chip_takes_its_own_filter_away_and_its_label_is_text() -> None:
    chips = [{"label": "Status: <new>", "url": "?q=berg"}]
    html = shown('{% include "components/_chips.html" %}', chips=chips, clear_url="?")
    assert 'href="?q=berg"' in html
    assert "Status: &lt;new&gt;" in html
    assert not shown('{% include "components/_chips.html" %}', chips=[]).strip()


def test_of_the_hour_that_comes_twice_a_page_says_which() -> None:
    for hour, zone in ((0, "CEST"), (1, "CET")):
        at = dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)
        html = shown('{% include "components/_time.html" with show="both" %}', at=at)
        assert f">25 Oct 2026, 02:30 {zone}</time>" in html
        assert f'title="25 Oct 2026, 02:30:00 {zone}"' in html
        assert f">02:30 {zone}</time>" in shown(
            '{% include "components/_time.html" with show="time" %}', at=at
        )
        assert f">02:30:00 {zone}</time>" in shown(
            '{% include "components/_time.html" with show="seconds" %}', at=at
        )
        ago = shown("{% load case %}{{ at|ago:now }}", at=at, now=at + dt.timedelta(minutes=5))
        assert f'title="25 Oct 2026, 02:30:00 {zone}"' in ago


def test_a_time_shows_the_day_and_keeps_the_exact_moment() -> None:
    at = dt.datetime(2026, 11, 22, 11, 4, 8, tzinfo=dt.UTC)
    html = shown('{% include "components/_time.html" %}', at=at)
    assert 'datetime="2026-11-22T12:04:08+01:00"' in html
    assert 'title="22 Nov 2026, 12:04:08 CET"' in html
    assert ">22 Nov 2026</time>" in html
    assert ">12:04:08</time>" in shown('{% include "components/_time.html" with show="seconds" %}', at=at)
    assert ">9 Mar 2026</time>" in shown(
        '{% include "components/_time.html" with show="day" %}', at=dt.date(2026, 3, 9)
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("searched", "Searched, nothing found"),
        ("unasked", "Not ordered"),
        ("failed", "Failed: the register is silent"),
        ("expired", "Expired before capture"),
    ],
)
def test_each_kind_of_nothing_has_its_own_words(kind: str, words: str) -> None:
    source = '{% include "components/_nothing.html" %}'
    assert words in one_spaced(shown(source, kind=kind, reason="the register is silent"))


def test_a_country_without_a_flag_still_has_its_code() -> None:
    source = '{% include "components/_country.html" %}'
    assert "#no" in shown(source, code="NO")
    assert "NO" in shown(source, code="NO")
    assert "<svg" not in shown(source, code="CY")
    assert "<svg" not in shown(source, code="")
    assert "<svg" not in shown(source, code="o s")

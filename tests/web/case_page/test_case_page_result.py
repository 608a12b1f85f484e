"""What the tabs show of a result: all of it, whatever it holds, and which kind of nothing where there is none."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from cases.models import AmlSession, ArtefactState, SessionState
from cases.models.reasons import sentence
from cases.presentation.capture_status import status_of
from cases.provider.result.parsing import parse_json
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.findings.coverage.test_completeness import missing
from tests.findings.documents import every_element
from tests.findings.reading import NAMES, Page
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

RESULT_TABS = [
    tab for tab in Tab if tab not in {Tab.REQUIREMENTS, Tab.RISK, Tab.DECISION, Tab.DOCUMENTS, Tab.TIMELINE}
]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def read(client: Client, session: AmlSession, /, tab: str = Tab.OVERVIEW, **query: object) -> Page:
    answer = client.get(reverse("case_tab", args=[session.case.reference, tab]), query)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def captured(data: bytes, **fields: Any) -> AmlSession:
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=data, **fields)
    return session


def all_tabs(client: Client, session: AmlSession) -> Page:
    """Every tab that shows the result; that of the screening once for each hit, for it shows one in full."""
    hits = [{"hit": hit.fingerprint} for hit in session.case.hits.all()] or [{}]
    shown = [(tab, query) for tab in RESULT_TABS for query in (hits if tab is Tab.SCREENING else [{}])]
    return Page(
        "".join(
            client.get(reverse("case_tab", args=[session.case.reference, tab]), query).content.decode()
            for tab, query in shown
        )
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_result_is_on_one_of_the_tabs(name: str, kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload=name)
    document = parse_json((factories.PAYLOADS / f"{name}.json").read_bytes())
    assert missing(document, all_tabs(kari, session)) == []


def test_every_element_the_provider_declares_is_on_one_of_the_tabs(kari: Client) -> None:
    document = every_element()
    assert missing(document, all_tabs(kari, captured(json.dumps(document).encode()))) == []


@pytest.mark.parametrize("name", ["no_hostile", "no_odd"])
def test_nothing_of_a_hostile_result_becomes_markup(name: str, kari: Client) -> None:
    page = all_tabs(kari, factories.session(state=SessionState.COMPLETE, payload=name))
    assert {attrs.get("src") for tag, attrs in page.tags if tag == "script"} <= {
        "/static/vendor/htmx/htmx.min.js",
        "/static/portal.js",
        "/static/case.js",
        "/static/judging.js",
        "/static/ownership.js",
    }
    assert not [tag for tag, attrs in page.tags for attribute in attrs if attribute.startswith("on")]
    assert not [tag for tag, _attrs in page.tags if tag in {"img", "b:field"}]
    addresses = [attrs["href"] or "" for _tag, attrs in page.tags if "href" in attrs]
    assert not [
        address for address in addresses if not address.startswith(("/", "#", "?", "http://", "https://"))
    ]


# --- The kinds of nothing ---


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ArtefactState.ORDERED, "Awaited from the provider"),
        (ArtefactState.READY, "Awaited from the provider"),
        (ArtefactState.FAILED, "Failed: The provider reported that making it failed."),
        (ArtefactState.EXPIRED, "Expired before capture"),
    ],
)
def test_every_tab_says_why_there_is_no_result(state: str, words: str, kari: Client) -> None:
    session_state = SessionState.OPEN if state in {"ASKED", "READY"} else SessionState.FAILED
    session = factories.session(state=session_state, results={"json": state})
    for tab in RESULT_TABS:
        assert words in read(kari, session, tab).text


@pytest.mark.parametrize(
    ("state", "reason"), [(SessionState.OPEN, "not_found"), (SessionState.REQUESTED, "http_500")]
)
def test_a_result_that_is_held_up_is_not_said_to_be_on_its_way(state: str, reason: str, kari: Client) -> None:
    session = factories.session(state=state, reason=reason)
    text = read(kari, session).text
    until = date_format(timezone.localtime(session.give_up_at), "j M Y, H:i")
    assert "The result is held up" in text
    assert f"{sentence(reason)} The portal goes on trying, at least until {until}" in text
    assert "on its way" not in text
    AmlSession.objects.update(reason="")
    assert "The result is held up" not in read(kari, session).text


@pytest.mark.parametrize(
    ("fields", "says", "verdict"),
    [
        ({"state": SessionState.REQUESTED}, "The order is about to be sent.", "Order not sent yet"),
        ({"state": SessionState.CREATING}, "The order is being sent.", "Order not sent yet"),
        ({"state": SessionState.DOUBTFUL}, "The answer to the order was lost", "Order not confirmed"),
        ({"state": SessionState.UNKNOWN}, "The order waits for you", "Order not confirmed"),
        ({"state": SessionState.QUARANTINED}, "The order waits for you", "Order stopped"),
        ({"state": SessionState.OPEN}, "the provider has not made it ready yet", "The result is awaited"),
        ({"results": {"json": "READY"}}, "It is being fetched from the provider.", "The result is awaited"),
        (
            {"failure_announced_at": timezone.now()},
            "It does not say so itself when it is asked",
            "The result is awaited",
        ),
    ],
)
def test_what_is_known_of_an_order_is_said_and_no_more(
    fields: dict[str, Any], says: str, verdict: str, kari: Client
) -> None:
    session = factories.session(**fields)
    shown = page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW])))
    text = words(shown)
    assert says in text
    assert "on its way" not in text
    chips = [words(chip) for chip in shown.xpath("//a[@data-topic and not(@data-topic='documents')]")]
    assert [verdict in chip for chip in chips] == [True] * 5
    if verdict != "The result is awaited":
        assert "awaited" not in " ".join(words(chip) for chip in shown.xpath("//a[@data-topic]")).lower()
        for tab in Tab:
            assert "Awaited from the provider" not in read(kari, session, tab).text, tab


def test_no_end_that_has_passed_is_promised(kari: Client) -> None:
    session = factories.session(reason="http_503", give_up_at=timezone.now())
    assert "The portal still tries." in read(kari, session).text


def test_what_was_not_asked_for_is_said_not_to_be(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload="dk", expands=["address"], reports=[])
    assert "Not ordered" in read(kari, session, Tab.FINANCIALS).text


def test_what_was_searched_in_vain_is_said_to_be(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload="dk")
    assert "Searched, nothing found" in read(kari, session, Tab.OWNERSHIP).text


def test_without_the_scope_the_silence_about_ofac_is_not_taken_for_no_hit(kari: Client) -> None:
    session = factories.session(
        state=SessionState.COMPLETE, payload="no_clean", granted_scopes=["aml_organization/basic"]
    )
    text = read(kari, session, Tab.SCREENING).text
    assert "OFAC was not searched: the access that was used does not include it." in text


# --- What stands in the way ---


def test_a_result_that_is_no_json_is_kept_said_to_be_unreadable_and_offered_as_it_came(kari: Client) -> None:
    session = captured(b"{not json")
    for tab in Tab:
        page = read(kari, session, tab)
        assert "Captured, not readable" in page.text
        download = reverse("save_document", args=[session.case.reference, 1, "json"])
        assert ("a", {"href": download}) in page.tags


def test_a_result_about_another_organisation_is_an_alarm_on_every_tab(kari: Client) -> None:
    session = captured((factories.PAYLOADS / "no_full.json").read_bytes(), about_us=False)
    for tab in Tab:
        page = read(kari, session, tab)
        assert "This result is about another organisation" in page.text
        assert f"The case is about {session.case.organisation.number}; the result says" in page.text
        assert "FJELLHEIM ENERGI AS, 317835337" in page.text
        assert any(
            attrs.get("data-color") == "danger" and attrs.get("role") == "alert" for _t, attrs in page.tags
        )


@pytest.mark.parametrize(("about_us", "says"), [(False, "Another organisation"), (True, "Customer")])
@pytest.mark.parametrize("tab", [Tab.OVERVIEW, Tab.OWNERSHIP])
def test_the_drawing_calls_nobody_the_customer_who_is_not(
    kari: Client, tab: Tab, about_us: bool, says: str
) -> None:
    session = captured((factories.PAYLOADS / "no_full.json").read_bytes(), about_us=about_us)
    shown = kari.get(reverse("case_tab", args=[session.case.reference, tab]), {"anyway": 1})
    under = page(shown).xpath("//*[local-name()='svg']//*[local-name()='text'][@class='under']")
    titles = {line.text.split(" · ")[0] for line in under} & {"Customer", "Another organisation"}
    assert titles == {says}


def test_a_result_that_does_not_say_about_whom_it_is_is_remarked_on(kari: Client) -> None:
    page = read(kari, captured(b"{}", about_us=None))
    assert "The result does not say which organisation it is about." in page.text


def test_a_result_about_us_raises_no_alarm(kari: Client) -> None:
    text = read(kari, factories.session(state=SessionState.COMPLETE)).text
    assert "another organisation" not in text
    assert "does not say which organisation" not in text


def _overwrite(file: Path) -> None:
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"317835337", b"999999999"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(Path.unlink, "The stored file is gone."), (_overwrite, "is not what was captured")],
)
def test_a_stored_result_that_was_spoiled_is_never_shown(spoil: Any, words: str, kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    spoil(Path(default_storage.path(session.artefacts.get(kind="json").file)))
    for tab in RESULT_TABS:
        text = read(kari, session, tab).text
        assert words in text
        assert "Ingrid Solvang" not in text


def test_the_result_is_read_from_the_store_once_for_a_page(
    kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    opened: list[str] = []
    storage = type(default_storage._wrapped)  # type: ignore[attr-defined]
    really = storage.open

    def counted(self: Any, name: str, mode: str = "rb") -> Any:
        opened.append(name)
        return really(self, name, mode)

    monkeypatch.setattr(storage, "open", counted)
    read(kari, session, Tab.OVERVIEW)
    assert opened == [session.artefacts.get(kind="json").file]


# --- Several captures ---


def test_the_newest_capture_is_read_and_an_earlier_one_when_it_is_chosen(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload="no_full")
    factories.session(session.case, SessionState.COMPLETE, payload="no_bankrupt")
    newest = read(kari, session, Tab.COMPANY).text
    assert "Showing capture 2" in newest
    assert "317 835 337" not in newest
    earlier = read(kari, session, Tab.COMPANY, session=1).text
    assert (
        f"Showing capture 1 ({date_format(timezone.localtime(), 'j M')}) · Capture 2 is newer: complete."
        in earlier
    )
    assert earlier.count("Earlier capture 1") == 1
    assert "317 835 337" in earlier


def test_a_chosen_capture_stays_chosen_from_tab_to_tab(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    factories.session(session.case, SessionState.COMPLETE)
    page = read(kari, session, Tab.COMPANY, session=1)
    tabs = [attrs["href"] for _tag, attrs in page.tags if (attrs.get("id") or "").startswith("tab-")]
    assert len(tabs) == len(Tab)
    assert all(tab.endswith("?session=1") for tab in tabs)


@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.FAILED, SessionState.UNKNOWN])
def test_while_a_newer_capture_has_brought_nothing_the_earlier_one_is_read_and_dated(
    state: str, kari: Client
) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    newer = factories.session(session.case, state)
    text = read(kari, session, Tab.COMPANY).text
    assert "317 835 337" in text
    assert f"Capture 2 is newer: {status_of(newer).words.lower()}." in text


@pytest.mark.parametrize("number", [2, 0, "99999"])
def test_a_capture_that_is_not_there_is_not_found(number: object, kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    path = reverse("case_tab", args=[session.case.reference, Tab.COMPANY])
    assert kari.get(path, {"session": number}).status_code == 404


@pytest.mark.parametrize("words", ["", "x", "1e3", "²", "-1", "1" * 400])
def test_a_senseless_choice_of_capture_is_no_choice(words: str, kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    assert "317 835 337" in read(kari, session, Tab.COMPANY, session=words).text


# --- The overview ---


def test_warnings_lead_to_the_tab_of_what_they_rest_on(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload="no_odd")
    page = read(kari, session)
    places = [attrs["href"] for _tag, attrs in page.tags if attrs.get("class") == "place"]
    base = f"/cases/{session.case.reference}"
    tabs = ("company", "ownership", "people", "screening", "financials")
    assert {f"{base}/{tab}/" for tab in tabs} == set(places)
    assert "The organisation is under liquidation." in page.text


def test_the_screening_tab_counts_its_hits(kari: Client) -> None:
    assert (
        "Screening2 open hits (sanctions)" in read(kari, factories.session(state=SessionState.COMPLETE)).text
    )


def test_very_many_years_are_read_a_portion_at_a_time_and_all_of_them(kari: Client) -> None:
    years = [{"year": year, "balanceSheet": {"equity": year * 1000}} for year in range(1900, 2026)]
    session = captured(json.dumps({"financials": {"accounting": {"years": years}}}).encode())
    first = read(kari, session, Tab.FINANCIALS)
    assert "1–10 of 42" in first.text
    assert any("?balance=2#balance" in (attrs.get("href") or "") for _tag, attrs in first.tags)
    pages = [read(kari, session, Tab.FINANCIALS, balance=number).text for number in range(1, 6)]
    assert [year for year in range(1900, 2026) if not any(f" {year} " in text for text in pages)] == []
    assert " 1905 " not in pages[0]

"""What a page that stays open gets: only what changed, in its own place, and never what is being read."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from cases.models import AmlSession, ArtefactState, Case, SessionState
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework import cases as workflow
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ORDERED = ArtefactState.ORDERED
CAPTURED = ArtefactState.CAPTURED


class OpenPage:
    """A page as a browser keeps it: where it asks for changes next."""

    def __init__(self, client: Client, case: Case, tab: str = Tab.OVERVIEW, **query: object) -> None:
        self.client = client
        self.address = self._next(client.get(reverse("case_tab", args=[case.reference, tab]), query))

    def changes(self) -> str:
        """What is sent now; '' if nothing changed."""
        assert self.address is not None
        answer = self.client.get(self.address)
        if answer.status_code == 204:
            assert answer.content == b""
            return ""
        assert answer.status_code == 200
        self.address = self._next(answer)
        return answer.content.decode()

    @staticmethod
    def _next(answer: object) -> str | None:
        found = re.search(r'id="live"[^>]*hx-get="([^"]+)"', answer.content.decode())
        return found[1].replace("&amp;", "&") if found else None


def parts(html: str) -> set[str]:
    """The ids that are replaced."""
    return set(re.findall(r'id="([\w-]+)"[^>]*hx-swap-oob', html)) - {"live"}


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.fixture
def running() -> AmlSession:
    """Both reports are asked for; the JSON too, unless a test captures it."""
    case = factories.case(assignee=factories.kari())
    return factories.session(case, SessionState.OPEN, {"json": ORDERED, "aml": ORDERED})


def capture(session: AmlSession, kind: str, payload: str = "no_full") -> None:
    made = factories.artefact(
        factories.session(state=SessionState.OPEN, results={}), kind, CAPTURED, payload=payload
    )
    artefact = session.artefacts.get(kind=kind)
    artefact.mark_captured(
        timezone.now(), file=made.file, sha256=made.sha256, size=made.size or 0, media_type=made.media_type
    )
    artefact.save()


def test_nothing_is_sent_while_nothing_changes(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case)
    assert page.changes() == ""
    assert page.changes() == ""


def test_only_the_result_whose_state_changed_is_sent(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case)
    running.artefacts.filter(kind="aml").update(provider_word="IN_PROGRESS")
    assert parts(page.changes()) == {"capture-aml"}
    assert page.changes() == ""


def test_what_holds_the_result_up_is_said_in_its_place_and_taken_back_when_it_is_over(
    kari: Client, running: AmlSession
) -> None:
    page = OpenPage(kari, running.case)
    AmlSession.objects.filter(pk=running.pk).update(reason="http_500")
    html = page.changes()
    assert parts(html) == {"waiting", "capture-head"}
    assert "The result is held up" in html
    assert page.changes() == ""
    AmlSession.objects.filter(pk=running.pk).update(reason="")
    assert "The result is awaited" in page.changes()


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab not in {Tab.DOCUMENTS, Tab.TIMELINE}])
def test_a_tab_with_nothing_to_read_gets_its_content_when_it_comes(
    tab: str, kari: Client, running: AmlSession
) -> None:
    page = OpenPage(kari, running.case, tab)
    capture(running, "json")
    html = page.changes()
    assert {"content", "who", "hit-count", "read-at", "capture-json", "capture-summary"} <= parts(html)
    assert "Awaited from the provider" not in html
    assert "New results" not in html
    assert page.changes() == ""


@pytest.mark.parametrize("tab", Tab)
def test_the_name_and_the_title_of_the_window_change_when_the_name_is_known(
    tab: str, kari: Client, running: AmlSession
) -> None:
    page, name = OpenPage(kari, running.case, tab), "FJELLHEIM <ENERGI> AS"
    running.case.organisation.name = name
    running.case.organisation.save()
    html = page.changes()
    title = f"<title>{escape(name)} · {Tab(tab).label} · {running.case.reference} · AML portal</title>"
    assert html.lstrip().startswith(title)
    assert "name" in parts(html)
    assert f"<h1>{escape(name)}</h1>" in html
    assert page.changes() == ""
    capture(running, "json")
    running.case.organisation.name = "FJELLHEIM HOLDING AS"
    running.case.organisation.save()
    assert page.changes().lstrip().startswith("<title>FJELLHEIM HOLDING AS · ")


def test_the_list_of_captures_never_says_of_one_what_the_clock_no_longer_does(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    factories.session(case, SessionState.COMPLETE)
    second = factories.session(case, SessionState.REQUESTED, {"json": ORDERED})
    page = OpenPage(kari, case)
    now = timezone.now()
    opened = {"state": SessionState.OPEN, "provider_id": "s2"}
    ended = {"state": SessionState.COMPLETE, "ended_at": now, "next_step_at": None}
    for change, words in ((opened, "Awaited, 0 of 1 captured"), (ended, "Complete")):
        AmlSession.objects.filter(pk=second.pk).update(**change)
        html = page.changes()
        assert f'<span id="listed" hx-swap-oob="true">{words}</span>' in html
        assert {"listed", "capture-head"} <= parts(html)


def test_a_capture_that_somebody_else_orders_comes_with_its_own_panel(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    factories.session(case, SessionState.COMPLETE)
    page = OpenPage(kari, case, Tab.TIMELINE)
    factories.session(case, SessionState.OPEN, {"json": ORDERED})
    html = page.changes()
    assert "capture" in parts(html)
    assert not {"listed", "capture-head", "capture-json"} & parts(html)
    assert re.search(r"<h2>\s*Capture 2\s*</h2>", html)
    assert page.changes() == ""


def test_what_is_being_read_is_not_replaced_by_what_comes_later(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case)
    capture(running, "json")
    page.changes()
    capture(running, "aml")
    assert parts(page.changes()) == {
        "capture-aml",
        "capture-head",
        "capture-summary",
        "verdicts",
        "points-to-check",
        "requirement-list",
    }


def test_a_newer_result_is_announced_and_not_put_in_the_place_of_what_is_read(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    factories.session(case, SessionState.COMPLETE)
    running = factories.session(case, SessionState.OPEN, {"json": ORDERED})
    page = OpenPage(kari, case, Tab.COMPANY)
    capture(running, "json", "no_bankrupt")
    html = page.changes()
    assert "content" not in parts(html)
    assert "New results" in html
    assert f'href="/cases/{case.reference}/company/"' in html
    assert page.changes() == ""


def test_documents_that_come_while_others_are_listed_are_announced(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case, Tab.DOCUMENTS)
    capture(running, "json")
    assert "content" in parts(page.changes())
    capture(running, "aml")
    html = page.changes()
    assert "content" not in parts(html)
    assert "New results" in html


def test_new_events_are_announced_on_the_timeline(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case, Tab.TIMELINE)
    assert page.changes() == ""
    workflow.opened(running.case, factories.ola())
    html = page.changes()
    assert "New events" in html
    assert "content" not in parts(html)


def test_an_earlier_capture_that_was_chosen_stays_and_is_not_watched(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    factories.session(case, SessionState.COMPLETE)
    factories.session(case, SessionState.OPEN)
    assert OpenPage(kari, case, session=1).address is None
    assert "session=2" in (OpenPage(kari, case, session=2).address or "")


def test_when_the_capture_ends_its_end_is_sent_and_the_looking_stops(
    kari: Client, running: AmlSession
) -> None:
    page = OpenPage(kari, running.case)
    for artefact in running.artefacts.all():
        artefact.mark_failed("provider_failed")
        artefact.save()
    running.mark_failed("provider_failed", "", timezone.now())
    running.save()
    html = page.changes()
    assert {"content", "capture-head", "capture-json", "capture-aml"} <= parts(html)
    assert "Order new capture" in html
    assert page.address is None


def test_what_was_sent_into_an_open_page_counts_as_read(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case)
    capture(running, "json")
    Case.objects.filter(pk=running.case.pk).update(result_at=timezone.now())
    page.changes()
    assert not Case.objects.unread().filter(pk=running.case.pk).exists()


def test_what_was_only_announced_does_not_count_as_read(kari: Client, running: AmlSession) -> None:
    page = OpenPage(kari, running.case, Tab.TIMELINE)
    capture(running, "json")
    Case.objects.filter(pk=running.case.pk).update(result_at=timezone.now())
    page.changes()
    assert Case.objects.unread().filter(pk=running.case.pk).exists()


@pytest.mark.parametrize(
    "query",
    [{}, {"tab": "x"}, {"seen": "json-" + "a" * 5000}, {"seen": "<script>"}, {"shown": '"><script>'}],
)
def test_senseless_marks_bring_everything_and_no_harm(
    query: dict[str, str], kari: Client, running: AmlSession
) -> None:
    answer = kari.get(reverse("case_live", args=[running.case.reference]), query)
    assert answer.status_code == 200
    assert "<script" not in answer.content.decode()
    assert "capture" in parts(answer.content.decode())
    for word in ("capture-json", "capture-aml", "capture-head"):
        assert answer.content.decode().count(f'id="{word}"') == 1


def test_a_queue_that_falls_silent_while_a_page_is_open_is_told_of(
    kari: Client, running: AmlSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.workflows.heartbeat.silence", list)
    page = OpenPage(kari, running.case)
    assert page.changes() == ""
    monkeypatch.setattr("cases.workflows.heartbeat.silence", lambda: ["queue"])
    html = page.changes()
    assert parts(html) == {"capture-head"}
    assert "the queue is silent" in html

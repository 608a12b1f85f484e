"""A foundation: all of board and chief executive are confirmed at once, but for whoever needs a row of their own."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement

from cases.models import AuditEvent, Case, OwnerConclusion, Verb
from cases.presentation.owners_by_form import owners_by_form
from cases.workflows.casework.owners import case_owners, confirming
from cases.workflows.casework.owners.concluding import NotConcluded
from cases.workflows.casework.owners.confirming import AtOnce, seen_of_all
from cases.workflows.locks.open_case import CaseIsClosed
from tests import chains, factories, judging
from tests.web.case_page.tabs.test_conclusions import (
    FORBIDDEN,
    FOUND,
    NOT_ONE,
    REFUSED,
    an_owner,
    document,
    key_of,
    of_command,
    panel,
    requirement,
    send,
    served,
    signed_in,
    tab,
)
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
WHY = "Certificate of registration, 26 November 2026."
CHAIR, LIV, PER, HEAD, TONE = "Mona Lie", "Liv Nesset", "Per Fyr", "Halvor Nesse", "Tone Ås"
EVERYBODY = {CHAIR, LIV, PER, HEAD}


def holder(name: str, born: str = "1970-01-12", **more: Any) -> dict[str, Any]:
    return {**judging.person(name, born), **more}


def board(**more: Any) -> dict[str, Any]:
    return {
        "chairman": [holder(CHAIR)],
        "boardMembers": [holder(LIV, "1975-02-02"), holder(PER, "1980-05-06")],
        "ceo": [holder(HEAD, "1966-04-04")],
        **more,
    }


def foundation(roles: dict[str, Any] | None = None, *entries: dict[str, Any]) -> Case:
    made = factories.case(assignee=factories.kari())
    capture(made, roles, *entries)
    return made


def capture(case: Case, roles: dict[str, Any] | None = None, *entries: dict[str, Any]) -> None:
    found = document(case, shareholders=[], beneficials=[])
    found["keyInformation"]["organizationType"] = "FOUNDATION"
    found["roles"] = board() if roles is None else roles
    found["sanction"] = judging.document(*entries)["sanction"]
    judging.result_of(case, found)


def listed(name: str, **fields: Any) -> dict[str, Any]:
    return judging.entry(name=name, aliasList=[], **fields)


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


def confirm(client: Client, case: Case, shown: HtmlElement | None = None, **fields: Any) -> HttpResponse:
    """Press the button for all in the form as it is served, with words for all of them and what else is filled in."""
    form = served(tab(client, case) if shown is None else shown)
    address = reverse("conclude_owners", args=[case.reference])
    return client.post(address, {**form, "all-words": WHY, "all": "1", **fields})


def concluded(case: Case) -> dict[str, str]:
    return {row.name: row.conclusion for row in OwnerConclusion.objects.filter(case=case)}


def seen(case: Case) -> str:
    present = case_owners.of_case(case, timezone.localdate())
    return seen_of_all(present, owners_by_form(present))


def told(client: Client, answer: HttpResponse) -> tuple[str, HtmlElement]:
    """What the page tells after the form, and the panel of conclusions there."""
    assert answer.status_code == FOUND
    shown = client.get(answer.headers["Location"])
    return words(page(shown)), panel(shown)


def test_all_are_confirmed_with_the_ground_and_the_same_words(kari: Client) -> None:
    case = foundation()
    shown = tab(kari, case)
    assert not shown.xpath(".//input[@checked]")
    (button,) = shown.xpath(".//button[@name='all']")
    assert words(button) == "Confirm all 4 with this ground"
    file = SimpleUploadedFile("register.pdf", factories.PDF)
    text, after = told(kari, confirm(kari, case, attachment=file))
    assert "4 conclusions are kept." in text
    assert "Left out" not in text
    assert "0 of 4 open" in words(after)
    assert not after.xpath(".//button[@name='all']")
    rows = OwnerConclusion.objects.filter(case=case)
    assert {(row.conclusion, row.ground, row.words) for row in rows} == {
        ("BENEFICIAL_OWNER", "FOUNDATION_BOARD_OR_CHIEF", WHY)
    }
    assert {row.name for row in rows} == EVERYBODY
    assert [row.attachments.count() for row in rows] == [1] * 4
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.OWNER_CONCLUDED).count() == 4
    assert list(chains.breaks(case.reference)) == [None]
    assert requirement(case, "R08")["state"] == "met_by_person"


def test_enter_in_a_field_saves_conclusions_and_confirms_nobody(kari: Client) -> None:
    buttons = tab(kari, foundation()).xpath(".//button[@type='submit']/@name | .//button[not(@name)]/text()")
    assert [str(button).strip() for button in buttons] == ["Save conclusions", "all"]


def test_without_words_nobody_is_confirmed(kari: Client) -> None:
    case = foundation()
    for blank in ("", "  ", "\u200b"):
        answer = confirm(kari, case, **{"all-words": blank})
        assert (answer.status_code, "Write why, for all of them." in words(panel(answer))) == (REFUSED, True)
    assert not concluded(case)


@pytest.mark.parametrize(
    ("roles", "entry", "left_out", "why"),
    [
        (board(), listed(PER), PER, "a hit on them is open"),
        (
            board(others=[holder(TONE, "1990-09-09", role="EMPLOYEES_REPRESENTATIVE")]),
            None,
            TONE,
            "whether they are a member of the board is not known",
        ),
    ],
)
def test_who_needs_a_row_of_their_own_is_left_out_and_named(
    kari: Client, roles: dict[str, Any], entry: dict[str, Any] | None, left_out: str, why: str
) -> None:
    case = foundation(roles, *([entry] if entry else []))
    everybody = EVERYBODY | {left_out}
    shown = tab(kari, case)
    count = len(everybody) - 1
    assert f"Confirm all {count} with this ground" in words(shown)
    (link,) = shown.xpath(f".//p[contains(@class, 'side-note')]/a[text()='{left_out}']/@href")
    assert link == f"#person-{key_of(shown, left_out)}"
    text, after = told(kari, confirm(kari, case))
    assert f"Left out, and still open: {left_out} ({why})." in text
    assert {*concluded(case)} == everybody - {left_out}
    assert f"To be concluded on in their own row: {left_out} ({why})" in words(after)


def test_a_confirmed_hit_needs_a_row_of_its_own_and_one_that_is_cleared_does_not(kari: Client) -> None:
    case = foundation(board(), listed(PER), listed(LIV, externalId="GB-2", birthDate="1975-02-02"))
    them, not_them = case.hits.get(name=LIV), case.hits.get(name=PER)
    judging.judged_by_two(case, not_them)
    judging.judged_by_two(case, them, judging.draft("TRUE_MATCH", rationale="The passport is the same."))
    text, _after = told(kari, confirm(kari, case))
    assert f"{LIV} (a listed person: their own row must say why)" in text
    assert {*concluded(case)} == EVERYBODY - {LIV}


def test_who_was_concluded_on_otherwise_before_is_left_out(kari: Client) -> None:
    of_employees = holder(PER, "1980-05-06", role="EMPLOYEES_REPRESENTATIVE")
    case = foundation(board(boardMembers=[holder(LIV, "1975-02-02")], others=[of_employees]))
    send(kari, case, {PER: NOT_ONE})
    capture(case)
    shown = tab(kari, case)
    assert "somebody concluded otherwise before" in words(shown)
    told(kari, confirm(kari, case))
    assert concluded(case) == {**dict.fromkeys(EVERYBODY, "BENEFICIAL_OWNER"), PER: "NOT_ONE"}


@pytest.mark.parametrize(
    "filled_in", [{"conclusion": "NOT_ONE"}, {"words": "Left in May"}, {"ground": "AGREEMENT_OR_OTHER"}]
)
def test_a_row_in_which_something_is_filled_in_is_left_out_and_stays_so(
    kari: Client, filled_in: dict[str, str]
) -> None:
    case = foundation()
    shown = tab(kari, case)
    key = key_of(shown, PER)
    text, after = told(kari, confirm(kari, case, shown, **{f"{key}-{k}": v for k, v in filled_in.items()}))
    assert f"Left out, and still open: {PER} (something is filled in in their row)." in text
    assert {*concluded(case)} == EVERYBODY - {PER}
    assert "Nothing was kept yet" not in words(after)
    kept = served(after)
    assert {kept.get(f"{key}-{name}") for name in filled_in} == {*filled_in.values()}
    finished = {f"{key}-conclusion": "NOT_ONE", f"{key}-words": WHY}
    address = reverse("conclude_owners", args=[case.reference])
    assert kari.post(address, {**kept, **finished}).status_code == FOUND
    assert concluded(case)[PER] == "NOT_ONE"


def test_where_everybody_is_left_out_nothing_is_kept(kari: Client) -> None:
    case = foundation()
    shown = tab(kari, case)
    filled_in = {f"{key_of(shown, name)}-words": "Mine" for name in EVERYBODY}
    answer = confirm(kari, case, shown, **filled_in)
    assert answer.status_code == REFUSED
    assert "Nobody is left to be confirmed together" in words(panel(answer))
    assert [box.get("value") for box in panel(answer).xpath(".//input[@value]")].count("Mine") == 4
    assert not concluded(case)


def test_who_saw_something_else_is_refused_and_keeps_the_words(kari: Client) -> None:
    case = foundation()
    shown = tab(kari, case)
    send(kari, case, {PER: an_owner()})
    answer = confirm(kari, case, shown)
    assert answer.status_code == REFUSED
    assert "Somebody concluded on one of them meanwhile" in words(panel(answer))
    assert served(panel(answer))["all-words"] == WHY
    assert {*concluded(case)} == {PER}
    again = kari.post(
        reverse("conclude_owners", args=[case.reference]), {**served(panel(answer)), "all": "1"}
    )
    assert again.status_code == FOUND
    assert {*concluded(case)} == EVERYBODY


def test_a_new_capture_and_a_hit_that_opens_are_something_else_too(kari: Client) -> None:
    for roles, entries in ((board(boardMembers=[holder(TONE, "1990-09-09")]), ()), (board(), (listed(PER),))):
        case = foundation()
        shown = tab(kari, case)
        capture(case, roles, *entries)
        assert confirm(kari, case, shown).status_code == REFUSED
        assert not concluded(case)


def test_the_same_form_sent_twice_confirms_once(kari: Client) -> None:
    case = foundation()
    shown = tab(kari, case)
    for _ in range(2):
        assert confirm(kari, case, shown).status_code == FOUND
    assert OwnerConclusion.objects.filter(case=case).count() == 4
    other = confirm(kari, case, shown, **{"all-words": "Other words, after the first."})
    assert other.status_code == REFUSED
    assert OwnerConclusion.objects.filter(case=case).count() == 4


def test_words_for_all_survive_a_refusal_of_a_row(kari: Client) -> None:
    case = foundation()
    answer = send(kari, case, {PER: an_owner(ground="AGREEMENT_OR_OTHER", words="")}, **{"all-words": WHY})
    assert answer.status_code == REFUSED
    assert served(panel(answer))["all-words"] == WHY


def test_a_bad_file_keeps_nobody(kari: Client) -> None:
    case = foundation()
    answer = confirm(kari, case, attachment=SimpleUploadedFile("a.exe", b"MZ\x00"))
    assert (answer.status_code, "Attach a PDF" in words(panel(answer))) == (REFUSED, True)
    assert not concluded(case)


def test_the_words_at_the_top_are_true_of_whom_the_register_names(kari: Client) -> None:
    def banner(case: Case) -> str:
        shown = page(kari.get(reverse("case_tab", args=[case.reference, "ownership"])))
        (found,) = [words(alert) for alert in shown.xpath("//div[@class='ds-alert'][@data-color='info']")]
        return found

    assert "A foundation has no owners." in banner(foundation())
    assert "The 4 below are from the register" in banner(foundation())
    assert "The register names nobody of the board and no chief executive" in banner(foundation({}))
    without = factories.case(assignee=factories.kari())
    found = document(without, shareholders=[], beneficials=[])
    found["keyInformation"]["organizationType"] = "FOUNDATION"
    del found["roles"]
    judging.result_of(without, found)
    assert "for the roles did not come" in banner(without)


def test_of_another_form_nobody_is_confirmed_at_once(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, document(made))
    shown = tab(kari, made)
    assert not shown.xpath(".//button[@name='all']")
    answer = confirm(kari, made)
    assert answer.status_code == REFUSED
    assert not concluded(made)


def test_who_may_not_conclude_confirms_nobody() -> None:
    case = foundation()
    auditor = signed_in(factories.auditor())
    assert not tab(auditor, case).xpath(".//button | .//input[@name='all-words']")
    assert (
        auditor.post(reverse("conclude_owners", args=[case.reference]), {"all": "1"}).status_code == FORBIDDEN
    )
    with pytest.raises(NotConcluded):
        confirming.confirm_all(case, AtOnce(WHY, seen(case)), factories.auditor(), uuid.uuid4())
    case.withdraw("Opened in error", case.opened_at)
    case.save()
    with pytest.raises(CaseIsClosed):
        confirming.confirm_all(case, AtOnce(WHY, seen(case)), factories.kari(), uuid.uuid4())
    assert of_command(case)[PER]["conclusion"] is None

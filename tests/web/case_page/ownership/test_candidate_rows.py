"""The row of a candidate: the hits on them, and a note where a conclusion must say why whichever it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml.html import HtmlElement

from cases.models import Case, OwnerConclusion
from tests import factories, judging
from tests.web.case_page.tabs.test_conclusions import (
    FOUND,
    NOT_ONE,
    REFUSED,
    an_owner,
    document,
    key_of,
    panel,
    send,
    served,
    signed_in,
    tab,
)
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ARVID, LIV = judging.NAME, "Liv Strand"
A_SENTENCE = "The bank knows him: he is the one who is listed."


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


def case_of(*entries: dict[str, Any], share: Any = 25.0, **changes: Any) -> Case:
    """A case with a shareholder of a quarter whom entries may list, and one whom nothing is said of."""
    made = factories.case(assignee=factories.kari())
    holders = [
        {**judging.person(), "percentage": share, "type": "PERSON"},
        {**judging.person(LIV, "1980-01-02"), "percentage": 75.0, "type": "PERSON"},
    ]
    found = document(made, shareholders=holders, beneficials=[])
    found["roles"] = {}
    found["sanction"] = judging.document(*entries)["sanction"]
    judging.result_of(made, {**found, **changes})
    return made


def likely(number: int = 1, **fields: Any) -> dict[str, Any]:
    return judging.entry(number, source="EU_GLOBAL", birthDate=judging.BORN, matchIndicator=400, **fields)


def row_of(shown: HtmlElement, name: str) -> HtmlElement:
    return shown.get_element_by_id(f"person-{key_of(shown, name)}")


def tags(row: HtmlElement) -> list[str]:
    return [words(tag) for tag in row.xpath(".//a[@class='ds-tag']")]


def notes(row: HtmlElement) -> list[tuple[str, str]]:
    return [
        (note.get("class").removeprefix("side-note "), words(note))
        for note in row.xpath(".//p[starts-with(@class, 'side-note')]")
    ]


def test_the_hits_on_somebody_stand_in_their_row_and_lead_to_the_hit(kari: Client) -> None:
    case = case_of(likely(1), likely(2), judging.entry(3))
    shown = tab(kari, case)
    assert tags(row_of(shown, ARVID)) == ["2 likely hits", "1 open hit"]
    assert tags(row_of(shown, LIV)) == []
    (leads, *_others) = row_of(shown, ARVID).xpath(".//a[@class='ds-tag']/@href")
    opened = page(kari.get(leads))
    assert words(opened.get_element_by_id("name-of-hit")).startswith(ARVID)


def test_hits_that_were_judged_are_told_as_such(kari: Client) -> None:
    case = case_of(judging.entry(1), likely(2))
    not_them, them = case.hits.order_by("match")
    judging.judged_by_two(case, not_them)
    judging.judged_by_two(case, them, judging.draft("TRUE_MATCH", rationale="The passport is the same."))
    assert tags(row_of(tab(kari, case), ARVID)) == ["1 confirmed hit", "1 hit judged, and cleared"]


@pytest.mark.parametrize("chapter", [{"status": "UNKNOWN"}, {}])
def test_where_nobody_was_screened_hits_are_not_known(kari: Client, chapter: dict[str, Any]) -> None:
    shown = tab(kari, case_of(sanction=chapter))
    assert tags(row_of(shown, ARVID)) == tags(row_of(shown, LIV)) == ["Hits: not known"]


def test_rule_sets_that_differ_ask_for_words_and_a_listed_person_for_more(kari: Client) -> None:
    (amber,) = notes(row_of(tab(kari, case_of(judging.entry())), ARVID))
    assert amber == (
        "warning",
        "The rule sets differ: one says yes, the other no. Say why, whichever you choose.",
    )
    (red,) = notes(row_of(tab(kari, case_of(likely())), ARVID))
    assert red[0] == "danger"
    assert "A listed person at the threshold: say why, whichever you choose" in red[1]
    assert not notes(row_of(tab(kari, case_of(likely())), LIV))


@pytest.mark.parametrize("conclusion", [an_owner(), NOT_ONE])
def test_a_listed_person_at_the_threshold_needs_a_sentence_of_their_own_both_ways(
    kari: Client, conclusion: dict[str, str]
) -> None:
    case = case_of(likely())
    for sentence, refusal in (
        ("", "Write why."),
        ("ok", "say why in a sentence"),
        (None, "the same words stand"),
    ):
        everybody = {ARVID: conclusion | ({} if sentence is None else {"words": sentence}), LIV: an_owner()}
        answer = send(kari, case, everybody)
        assert (answer.status_code, refusal in words(panel(answer))) == (REFUSED, True), refusal
    assert not OwnerConclusion.objects.exists()
    everybody = {ARVID: conclusion | {"words": A_SENTENCE}, LIV: an_owner()}
    assert send(kari, case, everybody).status_code == FOUND


def test_who_did_not_see_that_somebody_is_listed_is_refused_and_sees_it(kari: Client) -> None:
    case = case_of(likely())
    shown = tab(kari, case)
    key = key_of(shown, ARVID)
    sent = {**served(shown), **{f"{key}-{k}": v for k, v in an_owner(words=A_SENTENCE).items()}}
    judging.judged_by_two(case, case.hits.get(), judging.draft("NOT_APPLICABLE"))
    judged = tab(kari, case)
    assert tags(row_of(judged, ARVID)) == ["1 hit judged, and cleared"]
    answer = kari.post(reverse("conclude_owners", args=[case.reference]), sent)
    assert answer.status_code == REFUSED
    assert "a capture or a judgement came" in words(panel(answer))
    assert A_SENTENCE in [box.get("value") for box in panel(answer).xpath(".//input[@value]")]
    assert not OwnerConclusion.objects.exists()


def test_names_that_are_code_stay_words(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    evil = "<script>alert(1)</script> Berg"
    holders = [{"name": evil, "percentage": 100.0, "type": "PERSON", "dateOfBirth": "1961-04-17"}]
    found = document(made, shareholders=holders, beneficials=[])
    found["sanction"] = judging.document(likely(name=evil, aliasList=[]))["sanction"]
    judging.result_of(made, found)
    shown = tab(kari, made)
    assert not shown.xpath(".//script")
    assert tags(row_of(shown, evil)) == ["1 likely hit"]

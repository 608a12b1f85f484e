"""Searches of parties elsewhere: recorded one by one or of all the rest, held against what is captured."""

import datetime
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement, fromstring

from cases.models import Case, Decision, PartySearch, User
from cases.presentation.paper.case_report import html
from cases.workflows.background.reports import gather
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.verification import reconciling
from tests import chains, deciding, factories, judging
from tests.findings.reading import payload
from tests.judging import case_with, person
from tests.management.commands import run
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, FORBIDDEN = 302, 422, 403


def signed_in(person_: User) -> Client:
    client = Client()
    client.force_login(person_)
    return client


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


@pytest.fixture
def case() -> Case:
    """A case whose result names three people."""
    return case_with()


def tab(client: Client, case: Case, requirement: str = "R16", **query: str) -> HtmlElement:
    address = reverse("case_tab", args=[case.reference, "requirements"])
    return page(client.get(address, {"on": requirement, **query}))


def panel(shown: HtmlElement) -> HtmlElement:
    return shown.get_element_by_id("searches")


def keys(client: Client, case: Case, requirement: str = "R16") -> list[str]:
    return panel(tab(client, case, requirement)).xpath(".//input[@name='parties']/@value")


def served(client: Client, case: Case, requirement: str = "R16") -> dict[str, Any]:
    form = panel(tab(client, case, requirement))
    return {name: form.fields[name] for name in ("on", "newest", "capture", "known", "submission")}


def fields(**changes: Any) -> dict[str, Any]:
    """A search of sanctions lists today that found nothing."""
    usual = {
        "topics": ["SANCTIONS"],
        "outcome": "NOTHING_FOUND",
        "means": "SEARCH",
        "source": "Nordlist",
        "lists": "EU, UN, OFAC",
        "day": timezone.localdate().isoformat(),
    }
    return {**usual, **changes}


def send(client: Client, case: Case, requirement: str = "R16", **changes: Any) -> HttpResponse:
    """Send the form as it is served: of all the rest, unless parties are given."""
    chosen = {} if "parties" in changes else {"of_the_rest": "on"}
    address = reverse("record_search", args=[case.reference])
    return client.post(address, {**served(client, case, requirement), **chosen, **fields(**changes)})


def of_command(case: Case) -> dict[str, dict[str, Any]]:
    found = json.loads(run("requirements", "--case", case.reference, "--json").out)["requirements"]
    return {entry["id"]: entry for entry in found}


def test_nobody_is_known_and_nothing_but_the_topic_is_chosen_as_it_is_served(
    kari: Client, case: Case
) -> None:
    shown = panel(tab(kari, case, "R19"))
    assert shown.xpath(".//input[@checked]/@value") == ["PEP"]
    assert "0 of 3 known" in words(shown)
    assert "Not known" in words(shown)
    key, *_others = keys(kari, case)
    assert panel(tab(kari, case, "R19", party=key)).xpath(".//input[@name='parties'][@checked]/@value") == [
        key
    ]


def test_a_search_is_shown_told_and_held_against_its_event(kari: Client, case: Case) -> None:
    file = SimpleUploadedFile("search.pdf", factories.PDF)
    assert send(kari, case, attachment=file).status_code == FOUND
    entry = of_command(case)["R16"]
    assert (entry["state"], entry["by"]) == ("met_by_person", "Kari Nordmann")
    assert {ref["kind"] for ref in entry["evidence"]} == {"search", "attachment"}
    shown = words(panel(tab(kari, case)))
    for part in (
        "4 of 4 known",
        "Nothing was found",
        "Nordlist (EU, UN, OFAC)",
        "search.pdf",
        "Kari Nordmann",
    ):
        assert part in shown
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    for part in ("recorded a search of parties", judging.NAME, "Nordlist", "EU, UN, OFAC"):
        assert part in timeline
    assert list(chains.breaks(case.reference)) == [None]
    (found,) = reconciling.reconcile(case.reference)
    assert not [problem for problem in found.problems if "search" in problem or "attachment" in problem]


def test_one_form_records_both_topics(kari: Client, case: Case) -> None:
    assert send(kari, case, topics=["SANCTIONS", "PEP"]).status_code == FOUND
    assert {row.topic: row.lists for row in PartySearch.objects.all()} == {
        "SANCTIONS": "EU, UN, OFAC",
        "PEP": "",
    }
    found = of_command(case)
    assert (found["R16"]["state"], found["R19"]["state"]) == ("met_by_person", "met_by_person")


def test_an_organisation_is_searched_in_lists_and_is_not_politically_exposed(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    document = {**payload("no_full")}
    document["keyInformation"]["organizationNumber"] = case.organisation.value
    session = factories.session(case, "COMPLETE", {})
    factories.artefact(session, data=json.dumps(document).encode(), state="CAPTURED", about_us=True)
    firms = [*{*keys(kari, case)} - {*keys(kari, case, "R19")}]
    assert len(firms) == 5  # with the former names of the customer
    answer = send(kari, case, topics=["SANCTIONS", "PEP"], parties=firms)
    assert "Only persons are politically exposed" in words(panel(page(answer)))
    assert not PartySearch.objects.exists()
    assert send(kari, case, topics=["SANCTIONS", "PEP"]).status_code == FOUND
    assert {row.topic: len(row.parties) for row in PartySearch.objects.all()} == {"SANCTIONS": 12, "PEP": 7}
    assert "Nobody is left for it" in words(panel(page(send(kari, case))))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"parties": []}, "Choose whom it is about."),
        ({"topics": []}, "Choose what it was about."),
        ({"outcome": ""}, "Say what came of it."),
        ({"outcome": "FOUND"}, "Say what was found."),
        ({"outcome": "FOUND", "words": "A match."}, "Choose each whom that is about"),
        ({"outcome": "TAKEN_BACK"}, "Say why it is taken back."),
        ({"means": ""}, "Say how it is known."),
        ({"means": "DECLARATION"}, "search the lists"),
        ({"source": " "}, "Say where"),
        ({"lists": ""}, "Name the lists that were searched."),
        ({"day": ""}, "Give the day of it"),
        ({"day": "2999-01-01"}, "Give the day of it"),
        ({"day": "2020-01-01"}, "at most 3 months"),
        ({"submission": "none"}, "The form was incomplete."),
        ({"parties": ["0" * 24]}, "does not name one of them any more"),
    ],
)
def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(
    kari: Client, case: Case, changes: dict[str, Any], why: str
) -> None:
    answer = send(kari, case, **changes)
    shown = panel(page(answer))
    assert answer.status_code == REFUSED
    assert why in words(shown)
    assert shown.fields["source"].strip() == changes.get("source", "Nordlist").strip()
    assert not PartySearch.objects.exists()


def test_something_found_is_recorded_of_each_topic_on_its_own(kari: Client, case: Case) -> None:
    chosen = keys(kari, case)
    found = {"parties": chosen, "outcome": "FOUND", "words": "A minister since 2024."}
    both = send(kari, case, topics=["SANCTIONS", "PEP"], **found)
    assert "record each on its own" in words(panel(page(both)))
    assert panel(page(both)).xpath(".//input[@name='parties'][@checked]/@value") == chosen
    assert send(kari, case, "R19", topics=["PEP"], **found).status_code == FOUND
    entries = of_command(case)
    assert entries["R19"]["state"] == "met_by_person"
    assert "Something was found of" in entries["R19"]["words"]
    assert entries["R20"]["state"] == "open"
    assert "A minister since 2024." in words(panel(tab(kari, case, "R19")))


def test_what_is_taken_back_is_not_known_any_more_and_stays_in_the_history(kari: Client, case: Case) -> None:
    send(kari, case)
    taken_back = {
        "parties": keys(kari, case),
        "outcome": "TAKEN_BACK",
        "words": "Another person was searched.",
    }
    assert send(kari, case, **taken_back).status_code == FOUND
    assert of_command(case)["R16"]["state"] == "cannot_be_known"
    shown = words(panel(tab(kari, case)))
    assert "Taken back by Kari Nordmann." in shown
    assert "What was recorded (2)" in shown


def test_the_same_form_sent_twice_is_one_search(kari: Client, case: Case) -> None:
    sent = {**served(kari, case), **fields(), "of_the_rest": "on"}
    address = reverse("record_search", args=[case.reference])
    assert [kari.post(address, sent).status_code for _ in range(2)] == [FOUND, FOUND]
    assert PartySearch.objects.count() == 1


def test_who_did_not_see_the_newest_search_is_refused_and_keeps_what_was_typed(
    kari: Client, case: Case
) -> None:
    before, chosen = served(kari, case), keys(kari, case)
    found = {"parties": chosen, "outcome": "FOUND", "words": "On the EU list."}
    assert send(kari, case, **found).status_code == FOUND
    address = reverse("record_search", args=[case.reference])
    sent = {**before, **fields(source="My tool"), "parties": chosen}
    answer = kari.post(address, sent)
    assert answer.status_code == REFUSED
    assert "Kari Nordmann recorded a search of one of them meanwhile" in words(panel(page(answer)))
    assert panel(page(answer)).fields["source"] == "My tool"
    assert PartySearch.objects.get().outcome == "FOUND"
    # Having seen it, they may.
    again = panel(page(answer))
    anew = {name: again.fields[name] for name in ("on", "newest", "capture", "known", "submission")}
    assert kari.post(address, {**sent, **anew, "words": "Another person."}).status_code == FOUND


def test_a_new_director_is_not_known_and_the_others_are(kari: Client, case: Case) -> None:
    send(kari, case)
    judging.capture(case, judging.entry(), boardMembers=[person("Marte Lysgard", "1975-05-21")])
    entry = of_command(case)["R16"]
    assert entry["state"] == "cannot_be_known"
    assert "not Marte Lysgard" in entry["words"]
    assert "4 of 5 known" in words(panel(tab(kari, case)))


def test_a_search_grows_too_old(kari: Client, case: Case) -> None:
    send(kari, case)
    later = timezone.localdate() + datetime.timedelta(days=93)
    assert requirement_status.of_case(case, later).by_id["R16"].state == "cannot_be_known"


def test_a_search_after_the_proposal_voids_it() -> None:
    case = deciding.ready()
    row = deciding.proposed(case)
    kari = signed_in(factories.kari())
    assert send(kari, case).status_code == FOUND
    row = Decision.objects.get(pk=row.pk)
    assert row.ending == "VOID"
    assert any("R16" in line and "search 1" in line for line in row.ended_because)


def test_who_may_not_meet_requirements_reads_and_records_nothing(kari: Client, case: Case) -> None:
    send(kari, case)
    auditor = signed_in(factories.auditor())
    shown = panel(tab(auditor, case))
    assert "Nothing was found" in words(shown)
    assert not shown.xpath(".//input[@name='parties'] | .//button")
    assert auditor.post(reverse("record_search", args=[case.reference])).status_code == FORBIDDEN


def test_a_closed_case_is_only_read(kari: Client, case: Case) -> None:
    sent = {**served(kari, case), **fields(), "of_the_rest": "on"}
    Case.objects.filter(pk=case.pk).update(
        state="WITHDRAWN", withdrawn_reason="TYPO", withdrawn_at=timezone.now()
    )
    assert not panel(tab(kari, case)).xpath(".//button")
    kari.post(reverse("record_search", args=[case.reference]), sent)
    assert not PartySearch.objects.exists()


def test_names_and_words_are_shown_as_text(kari: Client) -> None:
    hostile = '<script>alert("x")</script> Berg'
    case = case_with()
    judging.capture(case, judging.entry(), boardMembers=[person(hostile, "1975-05-21")])
    send(kari, case, source="<b>tool</b>", words="<i>none</i>")
    shown = tab(kari, case)
    assert hostile in words(panel(shown))
    assert not panel(shown).xpath(".//script | .//i | .//b[text()='tool']")


def test_a_search_without_its_event_is_named_by_the_check(case: Case) -> None:
    judging.search_row(case)
    (found,) = reconciling.reconcile(case.reference)
    assert any("no event tells of the search" in problem for problem in found.problems)


def test_the_row_of_an_owner_says_whether_they_were_searched_and_leads_to_where_it_is_recorded(
    kari: Client, case: Case
) -> None:
    def row() -> HtmlElement:
        shown = page(kari.get(reverse("case_tab", args=[case.reference, "ownership"])))
        return shown.xpath("//*[contains(@class, 'person-searches')]")[0]

    before = row()
    assert words(before).count("not known") == 2
    to_lists, to_exposed = before.xpath(".//a/@href")
    (ticked,) = panel(page(kari.get(to_exposed))).xpath(".//input[@name='parties'][@checked]/@value")
    assert send(kari, case, parties=[ticked]).status_code == FOUND
    after = words(row())
    assert "Sanctions lists: Nothing was found (Nordlist, EU, UN, OFAC," in after
    assert "Politically exposed: not known" in after
    owners = json.loads(run("owners", "--case", case.reference, "--json").out)["owners"]
    (searches,) = [owner["searches"] for owner in owners if owner["searches"]["sanctions"]]
    assert searches["pep"] is None
    assert (searches["sanctions"]["outcome"], searches["sanctions"]["by"]) == (
        "NOTHING_FOUND",
        "Kari Nordmann",
    )
    assert kari.get(to_lists).status_code == 200


def test_the_report_has_everybody_with_what_is_known_and_every_search(kari: Client, case: Case) -> None:
    *_others, key = keys(kari, case, "R19")
    found = {"outcome": "FOUND", "words": "A minister since 2024."}
    send(kari, case, "R19", topics=["PEP"], parties=[key], **found)
    report = fromstring(html(gather(factories.report(case, session=case.sessions.get()))))
    chapter = report.get_element_by_id("chapter-searches")
    lines = [words(line) for line in chapter.xpath(".//table[contains(@class, 'searched')]/tbody/tr")]
    assert len(lines) == 4
    assert sum("Something was found Search 1" in line for line in lines) == 1
    assert sum(line.count("Not known") for line in lines) == 6
    (search,) = chapter.xpath(".//table[contains(@class, 'searches')]/tbody/tr")
    for part in (judging.NAME, "Nordlist", "A minister since 2024.", "Kari Nordmann"):
        assert part in words(search)


def test_all_the_rest_are_those_who_stood_there_and_nobody_of_whom_something_was_found(
    kari: Client, case: Case
) -> None:
    address = reverse("record_search", args=[case.reference])
    *_others, key = keys(kari, case, "R19")
    send(kari, case, parties=[key], outcome="FOUND", words="On the EU list.")
    sent = {**served(kari, case), **fields(), "of_the_rest": "on"}
    judging.capture(case, judging.entry(), boardMembers=[person("Marte Lysgard", "1975-05-21")])
    answer = kari.post(address, sent)
    assert "Others are to be searched than when you began" in words(panel(page(answer)))
    assert PartySearch.objects.count() == 1
    later = timezone.localdate() + datetime.timedelta(days=93)
    (old,) = [one for one in requirement_status.of_case(case, later).covered["R16"] if one.party.key == key]
    assert (old.is_searched, old.is_found, old.is_of_the_rest) == (False, True, False)


def test_what_was_found_is_not_passed_over_by_an_older_search_or_in_silence(kari: Client, case: Case) -> None:
    *_others, key = keys(kari, case, "R19")
    found = {"parties": [key], "outcome": "FOUND", "words": "On the EU list."}
    assert send(kari, case, **found).status_code == FOUND
    earlier = (timezone.localdate() - datetime.timedelta(days=60)).isoformat()
    for changes, why in (
        ({}, "say why nothing is now"),
        ({"words": "Another person.", "day": earlier}, "an older search does not undo that"),
    ):
        assert why in words(panel(page(send(kari, case, parties=[key], **changes))))
    assert PartySearch.objects.count() == 1
    assert send(kari, case, parties=[key], words="Another person, by passport.").status_code == FOUND
    assert "Something was found" not in of_command(case)["R16"]["words"]


def test_nothing_is_taken_back_that_nobody_recorded(kari: Client, case: Case) -> None:
    *_others, key = keys(kari, case, "R19")
    answer = send(kari, case, parties=[key], outcome="TAKEN_BACK", words="Mistyped.")
    assert "Nothing is recorded that could be taken back" in words(panel(page(answer)))
    assert not PartySearch.objects.exists()


def test_where_nothing_is_read_nobody_is_said_to_be_named_or_not(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    assert "whom it would name is not known" in words(panel(tab(kari, case)))


def test_a_form_of_no_requirement_is_shown_with_what_is_wrong(kari: Client, case: Case) -> None:
    answer = send(kari, case, on="R99", source="")
    assert answer.status_code == REFUSED
    assert "Say where" in words(panel(page(answer)))

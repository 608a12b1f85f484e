"""The hits of a report: a line each in the body, what is open first, and each in full in Annex A under its number."""

import datetime
import uuid
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import html as lxml_html
from pytest_django import DjangoAssertNumQueries

from cases.models import Case
from cases.presentation.paper.case_report import html
from cases.workflows.background.report_content import gather
from cases.workflows.casework.attachments import Upload
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.judge import Seen, judge
from tests import factories, judging
from tests.judging import case_with, draft, entry, judged, judged_by_two
from tests.presentation.printed import of_html
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Node = lxml_html.HtmlElement


def printed(case: Case, **fields: int) -> Node:
    report = factories.report(case, session=case.sessions.order_by("-number")[0])
    return lxml_html.fromstring(html(gather(report), **fields))


def lines(report: Node) -> list[list[str]]:
    """The cells of each line of the table."""
    rows = report.xpath("//table[contains(@class, 'printed-hits')]/tbody/tr[not(@class)]")
    return [[words(cell) for cell in row] for row in rows]


def in_full(report: Node, label: str) -> str:
    """What the annex has under that number, reached as the table leads to it."""
    (address,) = report.xpath(f"//table//a[text()='{label}']/@href")
    (card,) = report.xpath(f"//section[@id='chapter-annex-a']//article[@id='{address.removeprefix('#')}']")
    return words(card)


def case_in_every_state() -> Case:
    """Five hits: cleared, the same that waits for a second person, cannot tell yet, sent back, not judged."""
    case = case_with(*(entry(number, matchIndicator=100 + number) for number in range(1, 6)))
    hit = {number: case.hits.get(external_id=f"GB-{number}") for number in range(1, 6)}
    judged_by_two(case, hit[5])
    judged(case, hit[4], draft("TRUE_MATCH", "TM01", rationale="Passport seen."))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    judged(case, hit[3], draft("CANNOT_TELL", wake_up=tomorrow, contacted="The chair"))
    again = judged(case, hit[2], draft("TRUE_MATCH", "TM01", rationale="It looks like him."))
    second.send_back(judging.reading_of(case), again, factories.ola(), "Look at the passport.")
    return case


def test_every_hit_is_a_line_and_what_is_open_is_first_by_sign_and_word() -> None:
    report = printed(case_in_every_state())
    today = f"{timezone.localdate():%-d %b %Y}"
    kari, ola = f"Kari Nordmann{today}", f"Ola Hansen Confirmed, {today}"
    found = [(row[0], row[1][:8], row[5], row[6]) for row in lines(report)]
    assert found == [
        ("A 1", "○ Open", "101", "nobody"),
        ("A 2", "↩ Sent b", "102", kari),
        ("A 3", "◐ Second", "104", kari),
        ("A 4", "? Cannot", "103", kari),
        ("A 5", "✓ Not th", "105", kari),
    ]
    assert [row[7] for row in lines(report)] in (
        ["–", f"Ola Hansen Sent back, {today}", "awaited", "not needed", "not needed"],
        ["–", f"Ola Hansen Sent back, {today}", "awaited", "not needed", ola],  # drawn for the sample
    )
    assert lines(report)[2][1] == "◐ Second person (The same) Financial sanctions: freeze, no funds"
    assert lines(report)[4][2:5] == ["Arvid Storholm", "Arvid Storholm", "HM Treasury (UK)"]
    groups = [
        words(row) for row in report.xpath("//table[contains(@class, 'printed-hits')]//tr[@class='group']")
    ]
    assert groups[0] == "Open: to be judged, or to be confirmed by a second person: 4"
    assert groups[1] == "Judged: 1"


def test_each_hit_is_in_full_under_its_number() -> None:
    report = printed(case_in_every_state())
    assert "Nobody has judged it." in in_full(report, "A 1")
    sent_back = in_full(report, "A 2")
    assert "Sent back · judged: The same" in sent_back
    assert "Sent back: Ola Hansen" in sent_back
    assert "Look at the passport." in sent_back
    assert "Waiting for a second person: every judgement of this kind is confirmed" in in_full(report, "A 3")
    assert "Asked: The chair" in in_full(report, "A 4")
    cleared = in_full(report, "A 5")
    assert "Another date of birth" in cleared
    assert "The passport shows it." in cleared
    assert "Hit reasons 1" in cleared
    assert "different" in cleared
    order = report.xpath("//section[@id='chapter-annex-a']//span[@class='annex-number']/text()")
    assert order == ["A 1", "A 2", "A 3", "A 4", "A 5"]


def test_a_judgement_has_its_history_and_its_files_with_their_whole_hash() -> None:
    case, tomorrow = case_with(), timezone.localdate() + datetime.timedelta(days=1)
    judged(case, how=draft("CANNOT_TELL", wake_up=tomorrow, contacted="The chair", rationale="Asked."))
    with_file = draft("TRUE_MATCH", "TM01", rationale="Passport seen.", attachments=1)
    seen = Seen(case.hits.get().fingerprint, 1)
    upload = Upload("passport.pdf", len(factories.PDF), factories.PDF)
    judge(judging.reading_of(case), seen, with_file, factories.kari(), uuid.uuid4(), upload=upload)
    found = in_full(printed(case), "A 1")
    assert case.attachments.get().sha256 in found
    assert "1 judgement before" in found
    assert found.index("Passport seen.") < found.index("Cannot tell yet") < found.index("Asked.")


def test_what_was_carried_forward_says_from_where_and_what_is_open_again_says_why() -> None:
    case = case_with(entry(1), entry(2))
    for hit in case.hits.all():
        judged_by_two(case, hit)
    judging.capture(case, entry(1), entry(2, aliasList=["Another"]))
    report = printed(case)
    again, carried = in_full(report, "A 1"), in_full(report, "A 2")
    assert "Carried forward from capture 1: unchanged on both sides since." in carried
    assert "Open again: The entry changed: also known as. (A. Storholm → Another)" in again
    assert "Carried forward" not in again


def test_words_of_people_are_never_cut(tmp_path: Path) -> None:
    case = case_with()
    judged(case, how=draft("TRUE_MATCH", "TM01", rationale=f"{'He is the same. ' * 300}The end."))
    report = factories.report(case, session=case.sessions.get())
    assert "The end." in of_html(html(gather(report)), tmp_path).text


def test_of_too_many_hits_table_and_annex_leave_out_the_same() -> None:
    report = printed(case_with(*(entry(number) for number in range(1, 8))), most_rows=5)
    assert len(lines(report)) == 5
    assert "2 more are not on paper, neither here nor in Annex A" in words(report)
    assert all(in_full(report, f"A {number}") for number in range(1, 6))


def test_without_hits_there_is_neither_table_nor_annex() -> None:
    report = printed(judging.case_with(judging.entry()))
    assert report.xpath("//section[@id='chapter-annex-a']")
    case = factories.case()
    judging.result_of(case, judging.document())
    clean = printed(case)
    assert not clean.xpath("//section[@id='chapter-annex-a']")
    assert not lines(clean)


def test_as_few_statements_however_many_hits(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = case_with(*(entry(number) for number in range(1, 9)))
    for hit in case.hits.all():
        judged(case, hit, draft("TRUE_MATCH", "TM01", rationale="One."))
        judged(case, hit, draft("TRUE_MATCH", "TM01", rationale="Two."))
    report = factories.report(case, session=case.sessions.get())
    with django_assert_max_num_queries(40):
        assert html(gather(report)).count("1 judgement before") == 8

"""What people judged hits to be stands in the report, with who, when and why; what is open is counted as open."""

import pytest
from lxml import html as lxml_html

from cases.presentation.paper.case_report import html
from cases.workflows.background.reports import gather
from tests import factories, judging
from tests.judging import case_with, draft, entry, judged, judged_by_two
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_each_hit_is_printed_with_its_judgement() -> None:
    case = case_with(entry(1), entry(2), entry(3))
    judged_by_two(case, case.hits.get(external_id="GB-1"))
    judged(case, case.hits.get(external_id="GB-2"), draft("TRUE_MATCH", "TM01", rationale="Passport seen."))
    report = factories.report(case, session=case.sessions.get())
    printed = lxml_html.fromstring(html(gather(report)))
    cards = {card.get("id").removeprefix("hit-"): words(card) for card in printed.xpath("//article")}
    by_number = {hit.external_id: cards[hit.fingerprint] for hit in case.hits.all()}
    assert "Not the same · Hit reasons 1 · Judged by Kari Nordmann" in by_number["GB-1"]
    assert "Another date of birth" in by_number["GB-1"]
    assert "Second person · judged: The same · Hit reasons 1 · Judged by Kari Nordmann" in by_number["GB-2"]
    assert "Passport seen." in by_number["GB-2"]
    assert "Kari Nordmann" not in by_number["GB-3"]
    assert "2 open hits" in words(printed)


def test_a_report_of_hits_that_are_open_again_says_why() -> None:
    case = case_with()
    judged_by_two(case)
    judging.capture(case, entry(aliasList=["Another"]))
    report = factories.report(case, session=case.sessions.order_by("-number")[0])
    printed = words(lxml_html.fromstring(html(gather(report))))
    assert "Open again" in printed
    assert "The entry changed: also known as." in printed


def test_the_risk_class_stands_on_the_first_page() -> None:
    case = case_with()
    report = factories.report(case, session=case.sessions.get())
    printed = words(lxml_html.fromstring(html(gather(report))))
    assert "Risk class High provisional ·" in printed
    assert "Risk model 1" in printed

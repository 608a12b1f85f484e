"""Owners under one per cent stand in Annex B, with their number and sum in the body; nothing to notice hides there."""

import json
from decimal import Decimal
from typing import Any

import pytest
from lxml import html as lxml_html

from cases.models import ArtefactKind, ArtefactState, SessionState
from cases.presentation.paper.case_report import html
from cases.workflows.background.report_content import gather
from tests import factories
from tests.findings.reading import payload
from tests.judging import entry
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def owner(name: str, share: Any, kind: str = "ORGANIZATION") -> dict[str, Any]:
    return {"name": name, "percentage": share, "type": kind}


def printed(*owners: dict[str, Any], hits: tuple[dict[str, Any], ...] = (), most_rows: int = 500) -> Any:
    document = payload("no_full")
    document["ownership"]["shareholders"] = list(owners)
    document["ownership"]["beneficials"] = []
    document["sanction"]["sanctionResults"] = list(hits)
    session = factories.session(state=SessionState.COMPLETE, results={})
    data = json.dumps(document).encode()
    factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, data=data)
    return lxml_html.fromstring(html(gather(factories.report(session.case, session=session)), most_rows))


def names(report: Any, table: str) -> list[str]:
    rows = report.xpath(f"//table[contains(@class, '{table}')]//tr[starts-with(@id, 'owners-')]/th")
    return [words(row.xpath(".//bdi")[0]) for row in rows]


def test_only_who_is_known_to_hold_less_stands_in_the_annex() -> None:
    """Persons and organisations alike; one per cent is not under it, and what is not known is not either."""
    report = printed(
        owner("Stor AS", 60),
        owner("Akkurat AS", 1),
        owner("Nesten AS", 0.999),
        owner("Kari Liten", 0.4, "PERSON"),
        owner("Null AS", 0),
        owner("Ukjent AS", None),
        owner("Uleselig AS", "many"),
        owner("Negativ AS", -3),
    )
    assert names(report, "small-owners") == ["Nesten AS", "Kari Liten", "Null AS"]
    assert set(names(report, "holders")) == {
        "Stor AS",
        "Akkurat AS",
        "Ukjent AS",
        "Uleselig AS",
        "Negativ AS",
    }
    (body,) = report.xpath("//section[@id='chapter-ownership']")
    assert "3 owners hold under 1 % each and stand in Annex B; together they hold" in words(body)
    assert body.xpath(".//p[@class='aside']//data/@value") == ["1.399"]


def test_whoever_has_a_hit_stays_in_the_body() -> None:
    report = printed(owner("Stor AS", 60), owner("Lite Skip AS", 0.2), hits=(entry(name="Lite Skip AS"),))
    assert "Lite Skip AS" in names(report, "holders")
    assert not report.xpath("//section[@id='chapter-annex-b']")


def test_without_small_owners_there_is_no_annex() -> None:
    report = printed(owner("Stor AS", 60), owner("Ukjent AS", None))
    assert not report.xpath("//section[@id='chapter-annex-b'] | //p[@class='aside']")
    assert "Without content: Annex A: hits in detail; Annex B: owners under 1 %" in words(report)


def test_where_all_are_small_the_body_still_says_so() -> None:
    report = printed(*(owner(f"Liten {number} AS", 0.5) for number in range(30)), most_rows=20)
    assert names(report, "holders") == []
    assert len(names(report, "small-owners")) == 20
    assert "30 owners hold under 1 % each" in words(report)
    assert "1–20 of 30" in words(report.xpath("//section[@id='chapter-annex-b']")[0])
    assert Decimal(report.xpath("//p[@class='aside']//data/@value")[0]) == 15

"""Who the organisation is."""

import pytest

from cases.findings.vocabulary.caution_codes import CODES, Level
from cases.findings.vocabulary.sections import Topic
from tests.findings.reading import codes, of, page, result


def company(**elements: object) -> dict[str, object]:
    return {"keyInformation": {"name": "A", **elements}}


def test_the_key_information_of_a_norwegian_company_is_read() -> None:
    found = of("no_full").company
    assert (found.name, found.number, found.duns) == ("FJELLHEIM ENERGI AS", "317835337", "301234567")
    assert found.form is not None
    assert str(found.form.text) == "Limited company (AS)"
    assert [str(status.text) for status in found.statuses] == ["Active"]
    assert found.registered is not None
    assert str(found.registered.day) == "2009-06-18"


@pytest.mark.parametrize(
    ("name", "number"),
    [("no_full", "317 835 337"), ("se", "559657-0704"), ("fi", "1107043-4"), ("dk", "42914177")],
)
def test_numbers_are_written_as_their_country_does(name: str, number: str) -> None:
    assert f"Organisation number {number}" in page(of(name)).text


@pytest.mark.parametrize(
    ("status", "code", "level"),
    [
        ("BANKRUPT", "bankrupt", Level.ALARM),
        ("UNDER_LIQUIDATION", "liquidation", Level.ALARM),
        ("under_liquidation", "liquidation", Level.ALARM),
        ("DELETED", "deleted", Level.ALARM),
        ("STATUS_FROM_TOMORROW", "unknown_status", Level.CHECK),
    ],
)
def test_a_status_warns_and_says_what_the_warning_rests_on(status: str, code: str, level: Level) -> None:
    warning = next(item for item in result(company(statusCodes=[status])).warnings if item.code == code)
    assert (warning.code, warning.rests_on, warning.level) == (code, "keyInformation.statusCodes", level)


def test_an_unknown_status_is_named_as_it_came() -> None:
    assert "STATUS_FROM_TOMORROW" in str(of("no_odd").company.cautions[1].text)


def test_an_active_company_warns_of_nothing() -> None:
    assert [code for code in codes(of("no_holding")) if CODES[code].topic is Topic.IDENTITY] == []


def test_what_was_asked_for_and_did_not_come_is_warned_of_and_what_nobody_asked_for_is_not() -> None:
    warned = [warning for warning in of("no_holding").warnings if warning.code == "chapters_not_delivered"]
    missing = " ".join(str(caution.text) for caution in warned)
    assert "Roles" in missing
    assert "Shareholders" not in missing
    assert "chapters_not_delivered" not in codes(
        of("no_holding", expands=("ownership.shareholders", "sanction"))
    )


def test_a_screening_that_did_not_come_is_warned_of_by_itself() -> None:
    assert codes(result({"keyInformation": {"name": "A"}}))[:1] == ["screening_not_delivered"]
    assert codes(result({"keyInformation": {"name": "A"}, "sanction": 7}))[:1] == ["screening_not_delivered"]


def test_where_nothing_was_captured_no_chapter_is_missed_but_the_screening() -> None:
    assert codes(result(None, capture="failed")) == ["screening_not_delivered"]
    assert codes(result(None, capture="expired")) == ["screening_not_delivered"]
    assert codes(result(None, capture="waiting")) == []


def test_the_gravest_warning_comes_first() -> None:
    found = codes(
        result({**company(statusCodes=["TOMORROW", "BANKRUPT"]), "sanction": {"status": "UNKNOWN"}})
    )
    assert found[:2] == ["screening_unknown", "bankrupt"]
    assert "unknown_status" in found[2:]


def test_a_bankrupt_estate_warns_by_its_form() -> None:
    assert "bankrupt_estate" in codes(of("no_bankrupt"))


@pytest.mark.parametrize(
    ("lei", "words"),
    [
        ("549300GKFG0RYRRQ1414", "the check digits are right"),
        ("549300GKFG0RYRRQ1415", "the check digits are wrong"),
        ("5493", "not 20 characters long"),
    ],
)
def test_an_lei_comes_with_its_check(lei: str, words: str) -> None:
    verdict = result(company(leiNumber=lei)).company.lei_verdict
    assert verdict is not None
    assert str(verdict.words) == words


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ({"from": 50, "to": 99}, "50–99"),
        ({"from": 0, "to": 0}, "0"),
        ({"from": None, "to": 4}, "up to 4"),
        ({"from": 1000}, "at least 1 000"),
        ({}, "Searched, nothing found"),
        ("many", "Failed: came in a form that cannot be read; see ‘As it came’"),
        (None, "Not stated"),
    ],
)
def test_employees_are_a_span(came: object, shown: str) -> None:
    assert f"Employees {shown} Contact" in page(result(company(employees=came))).text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//http://x.example",
        "fjellheim-energi.example",
        "www.fjellheim-energi.example:8080",
        "www.a@evil.example",
        "www.fjellheim energi.example",
        "www.fjellheım-energi.example",
        "www.localhost",
        "httpſ://x.example",
        "http://",
        "https:\\\\x.example",
        "//x.example",
        "https://x.example/ javascript:alert(1)",
        "data:text/html,x",
    ],
)
def test_only_http_is_a_link(address: str) -> None:
    seen = page(result(company(webpage=address)))
    assert address.split(maxsplit=1)[0] in seen.text
    assert not [tag for tag, _attributes in seen.tags if tag == "a"]


def test_a_web_page_that_came_without_its_scheme_is_opened_by_https_and_says_so() -> None:
    seen = page(result(company(webpage="www.fjellheim-energi.example/om")))
    (link,) = [attributes for tag, attributes in seen.tags if tag == "a"]
    assert link["href"] == "https://www.fjellheim-energi.example/om"
    assert link["title"] == "https:// is added here"
    assert "Web page www.fjellheim-energi.example/om" in seen.text


def test_no_other_address_is_completed() -> None:
    seen = page(result({"links": {"reports": [{"href": "www.fjellheim-energi.example"}]}}))
    assert not [tag for tag, _attributes in seen.tags if tag == "a"]


def test_a_link_is_opened_without_a_referrer() -> None:
    seen = page(result(company(webpage="https://x.example/?a=1&b=2")))
    (link,) = [attributes for tag, attributes in seen.tags if tag == "a"]
    assert link["href"] == "https://x.example/?a=1&b=2"
    assert link["referrerpolicy"] == "no-referrer"
    assert "noreferrer" in (link["rel"] or "")


def test_the_source_of_a_chapter_is_named_with_its_date() -> None:
    assert "Company Brønnøysund Register Centre, GLEIF · changed 2 Mar 2026" in page(of("no_full")).text


def test_an_unknown_source_is_named_as_it_came() -> None:
    assert "Company NEW_REGISTER" in page(of("no_odd")).text


def test_the_countries_involved_are_named_once_each() -> None:
    assert [country.raw for country in of("no_full").countries] == ["NO", "FI", "CY"]

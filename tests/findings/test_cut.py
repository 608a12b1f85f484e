"""A result with more than is taken up says so, and reassures of nothing that was left out."""

from cases.findings.caution_codes import Level
from cases.findings.plain import plain
from cases.findings.presence import Kind
from cases.findings.result import Result
from cases.provider.bounds import EVERYTHING_AFTER, MOST_IN_ALL, MOST_OF_A_CHAPTER
from cases.provider.reading import parse_json
from tests.findings.reading import page, result

CLEAR = '"sanction": {"status": "NONE", "sanctionResults": []}'
MANY = ",".join(["[]"] * (MOST_OF_A_CHAPTER + 1000))


def of_text(text: str) -> Result:
    return result(parse_json(text.encode()))


def test_a_chapter_that_is_not_whole_is_warned_of_and_the_others_are_read() -> None:
    found = of_text(f'{{"ownership": {{"subsidiaries": [{MANY}], "beneficials": []}}, {CLEAR}}}')
    assert (found.cut, found.screening.is_clear) == (("ownership",), True)
    first = plain(found)["warnings"][0]
    assert (first["code"], first["level"], first["rests_on"]) == (
        "result_too_large",
        Level.ALARM,
        "ownership",
    )
    assert str(MOST_OF_A_CHAPTER) in first["text"]
    nothing = found.nothing["ownership.beneficials"]
    assert (nothing.kind, "more than can be taken up" in str(nothing.words)) == (Kind.FAILED, True)
    assert found.nothing["roles"].reason != nothing.reason


def test_a_screening_that_is_not_whole_is_never_clear() -> None:
    assert not of_text(f'{{"sanction": {{"status": "NONE", "x": [{MANY}]}}}}').screening.is_clear
    assert not of_text(f'{{"x": [{MANY}], "y": [{MANY}], "z": 1, {CLEAR}}}').screening.is_clear


def test_chapters_behind_the_last_one_taken_up_are_not_said_to_be_lacking() -> None:
    found = of_text(f'{{{CLEAR}, "x": [{MANY}], "y": [{MANY}], "z": 1, "roles": {{}}}}')
    assert (found.cut, found.screening.is_clear) == (("x", "y", EVERYTHING_AFTER), False)
    assert "more than can be taken up" in str(found.nothing["roles"].words)
    assert any(str(MOST_IN_ALL) in str(each.text) for each in found.warnings)


def test_the_page_does_not_list_what_nobody_could_read() -> None:
    seen = page(of_text(f'{{"x": [{MANY}]}}'), "_remainder")
    assert len(seen.html) < 1_000_000
    assert "The first 2000 are shown" in seen.text
